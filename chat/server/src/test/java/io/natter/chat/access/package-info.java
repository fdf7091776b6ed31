@NullMarked
package io.natter.chat.access;

import org.jspecify.annotations.NullMarked;
