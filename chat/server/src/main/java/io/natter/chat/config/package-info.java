/// The settings of the chat: on the command line, in the environment, in a file.
@NullMarked
package io.natter.chat.config;

import org.jspecify.annotations.NullMarked;
