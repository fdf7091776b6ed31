package io.natter.chat.store;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// The data directory cannot be used. The message is one sentence for the administrator of the
/// server, and says what to do.
public final class StoreUnavailableException extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    /// @param message one sentence that says what to do
    public StoreUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
