package io.natter.cluster;

/// Not all servers answered a request in time.
public final class RequestTimeoutException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// With its message.
    public RequestTimeoutException(String message) {
        super(message);
    }
}
