@NullMarked
package io.natter.chat.domain.message;

import org.jspecify.annotations.NullMarked;
