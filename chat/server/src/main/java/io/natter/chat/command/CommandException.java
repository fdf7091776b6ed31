package io.natter.chat.command;

import java.io.Serial;

/// A command cannot do its work. The message is one sentence for the operator.
final class CommandException extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    CommandException(String message) {
        super(message);
    }
}
