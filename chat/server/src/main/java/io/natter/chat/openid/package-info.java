/// Sign-in at an OpenID Connect provider: the authorization code flow with PKCE. Nimbus checks the
/// signatures; nothing outside of this package uses it.
@NullMarked
package io.natter.chat.openid;

import org.jspecify.annotations.NullMarked;
