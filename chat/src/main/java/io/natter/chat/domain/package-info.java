/// What the chat is: people, rooms, messages, and the promise that *sent* means on disk. Nothing
/// here knows of Socket.IO, of Netty or of SQL; a store of any kind implements
/// [ChatStore][io.natter.chat.domain.ChatStore].
@NullMarked
package io.natter.chat.domain;

import org.jspecify.annotations.NullMarked;
