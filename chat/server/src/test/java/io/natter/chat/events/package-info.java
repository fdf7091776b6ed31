@NullMarked
package io.natter.chat.events;

import org.jspecify.annotations.NullMarked;
