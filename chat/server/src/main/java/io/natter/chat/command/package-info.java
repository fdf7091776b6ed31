/// The commands beside the one that runs the chat: backup, restore, export, import and others.
@NullMarked
package io.natter.chat.command;

import org.jspecify.annotations.NullMarked;
