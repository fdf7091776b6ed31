package io.natter.chat.moving;

import java.io.Serial;

/// A file is no export of the chat that was named. The message is one sentence.
public final class ExportFormatException extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    ExportFormatException(String message) {
        super(message);
    }
}
