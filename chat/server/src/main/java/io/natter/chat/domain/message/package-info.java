/// Messages, and everything that can be done to one.
@NullMarked
package io.natter.chat.domain.message;

import org.jspecify.annotations.NullMarked;
