/// Copies of a chat outside its data folder: backups, exports, and what comes from other chats.
@NullMarked
package io.natter.chat.store.archive;

import org.jspecify.annotations.NullMarked;
