@NullMarked
package io.natter.chat.command;

import org.jspecify.annotations.NullMarked;
