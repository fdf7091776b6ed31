/// Observations for the operator: the time of operations, refusals, and jumps of the clock.
@NullMarked
package io.natter.chat.watch;

import org.jspecify.annotations.NullMarked;
