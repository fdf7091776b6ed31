/// Passkeys: the checks of WebAuthn. WebAuthn4J does them; nothing outside of this package uses it.
@NullMarked
package io.natter.chat.passkey;

import org.jspecify.annotations.NullMarked;
