@NullMarked
package io.natter.chat;

import org.jspecify.annotations.NullMarked;
