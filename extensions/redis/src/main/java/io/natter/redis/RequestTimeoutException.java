package io.natter.redis;

/// Not all servers answered a request in time.
public final class RequestTimeoutException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RequestTimeoutException(String message) {
        super(message);
    }
}
