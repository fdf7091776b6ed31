/// Puts people, rooms and messages of another chat into the store.
@NullMarked
package io.natter.chat.store.moving;

import org.jspecify.annotations.NullMarked;
