/// The requests that sign people up, in and out, and change their accounts.
@NullMarked
package io.natter.chat.web.signin;

import org.jspecify.annotations.NullMarked;
