package io.natter.engine;

/// Why a session ended, in the words that Socket.IO's documentation uses.
public enum CloseReason {
    /// A request broke a rule or was cut off, or more waited for the client than is allowed.
    TRANSPORT_ERROR("transport error"),
    /// The client closed its connection, or it was lost.
    TRANSPORT_CLOSE("transport close"),
    /// The server closed the session.
    FORCED_CLOSE("forced close"),
    /// No answer to a heartbeat in time; with protocol 3, no heartbeat.
    PING_TIMEOUT("ping timeout"),
    /// The client sent something that is no packet.
    PARSE_ERROR("parse error"),
    /// The server was closed.
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
