@NullMarked
package io.natter.chat.store;

import org.jspecify.annotations.NullMarked;
