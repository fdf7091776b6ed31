package io.natter.socketio.payload;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// A client's value does not fit the requested type.
public final class PayloadException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    /// Says what was wrong.
    ///
    /// @param message what did not fit
    /// @param cause what the JSON library said, or null
    public PayloadException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
