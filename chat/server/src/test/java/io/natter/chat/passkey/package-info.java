@NullMarked
package io.natter.chat.passkey;

import org.jspecify.annotations.NullMarked;
