package io.natter.testing;

import org.jspecify.annotations.Nullable;

/// A server or one of its middlewares refused a [TestClient]. (Socket.IO clients: `connect_error`.)
public final class ConnectRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient @Nullable Object data;

    ConnectRefusedException(String message, @Nullable Object data) {
        super(message);
        this.data = data;
    }

    /// The data that the middleware gave with its refusal, as JSON's own types, or null.
    public @Nullable Object data() {
        return data;
    }
}
