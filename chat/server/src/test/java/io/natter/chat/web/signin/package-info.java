@NullMarked
package io.natter.chat.web.signin;

import org.jspecify.annotations.NullMarked;
