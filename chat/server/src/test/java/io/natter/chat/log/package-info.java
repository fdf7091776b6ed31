@NullMarked
package io.natter.chat.log;

import org.jspecify.annotations.NullMarked;
