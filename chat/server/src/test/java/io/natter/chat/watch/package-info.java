@NullMarked
package io.natter.chat.watch;

import org.jspecify.annotations.NullMarked;
