/// Rooms, their members, and what a member sees of them.
@NullMarked
package io.natter.chat.domain.room;

import org.jspecify.annotations.NullMarked;
