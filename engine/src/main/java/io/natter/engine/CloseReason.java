package io.natter.engine;

/// Why a session ended, in the words that Socket.IO's documentation uses.
public enum CloseReason {
    TRANSPORT_ERROR("transport error"),
    TRANSPORT_CLOSE("transport close"),
    FORCED_CLOSE("forced close"),
    PING_TIMEOUT("ping timeout"),
    PARSE_ERROR("parse error"),
    SERVER_SHUTTING_DOWN("server shutting down");

    private final String text;

    CloseReason(String text) {
        this.text = text;
    }

    /// The words as they stand in Socket.IO's documentation.
    @Override
    public String toString() {
        return text;
    }
}
