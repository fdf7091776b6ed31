package io.natter.chat.domain;

import java.io.Serial;

/// Carries a [ChatError] up to where it is answered. It is an answer, not a fault, so it has no
/// stack trace.
public class ChatException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final transient ChatError error;

    protected ChatException(ChatError error) {
        super(error.code() + ": " + error.message(), null, false, false);
        this.error = error;
    }

    public ChatError error() {
        return error;
    }
}
