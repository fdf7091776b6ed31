package io.natter.socketio;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// Thrown by a [Middleware] to refuse a client. The client's `connect_error` handler gets an error
/// with this message and, where there is one, this data as `err.data`.
public final class ConnectException extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    private final transient @Nullable Object data;

    /// Refuses with a message only.
    public ConnectException(String message) {
        this(message, null);
    }

    /// Refuses with a message and data, which is written as JSON.
    public ConnectException(String message, @Nullable Object data) {
        super(message);
        this.data = data;
    }

    /// The value of the client's `err.data`, or null.
    public @Nullable Object data() {
        return data;
    }
}
