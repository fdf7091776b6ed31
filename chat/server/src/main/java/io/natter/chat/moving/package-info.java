/// Reads the exports of other chats.
@NullMarked
package io.natter.chat.moving;

import org.jspecify.annotations.NullMarked;
