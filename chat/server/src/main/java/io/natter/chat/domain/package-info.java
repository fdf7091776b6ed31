/// The words and rules that people, messages and rooms share. The packages below say what the chat
/// is, and the promise that *sent* means on disk. None of them knows Socket.IO, Netty or SQL.
@NullMarked
package io.natter.chat.domain;

import org.jspecify.annotations.NullMarked;
