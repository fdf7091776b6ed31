/// Things that one person keeps alone: saved messages, reminders, and messages to be sent later.
@NullMarked
package io.natter.chat.domain.personal;

import org.jspecify.annotations.NullMarked;
