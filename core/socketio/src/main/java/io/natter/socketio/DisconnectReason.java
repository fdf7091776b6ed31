package io.natter.socketio;

import io.natter.engine.CloseReason;

/// Why a socket left, in the words of Socket.IO's documentation.
public enum DisconnectReason {
    /// The connection failed: a malformed request, a second poll, an error of the transport.
    TRANSPORT_ERROR("transport error"),
    /// The client closed its connection, or it was lost.
    TRANSPORT_CLOSE("transport close"),
    /// The server closed the connection beneath, for instance because a packet of Socket.IO could
    /// not be read.
    FORCED_CLOSE("forced close"),
    /// The client did not answer a heartbeat in time.
    PING_TIMEOUT("ping timeout"),
    /// The client sent something that is no packet of Engine.IO.
    PARSE_ERROR("parse error"),
    /// [SocketIoServer#close] or [SocketIoServer#drain].
    SERVER_SHUTTING_DOWN("server shutting down"),
    /// The server closed the whole connection: the client broke a rule or hit a limit, or joined
    /// nothing in time.
    FORCED_SERVER_CLOSE("forced server close"),
    /// The client called `socket.disconnect()`.
    CLIENT_NAMESPACE_DISCONNECT("client namespace disconnect"),
    /// The server called [Socket#disconnect].
    SERVER_NAMESPACE_DISCONNECT("server namespace disconnect");

    private final String text;

    DisconnectReason(String text) {
        this.text = text;
    }

    static DisconnectReason of(CloseReason reason) {
        return switch (reason) {
            case TRANSPORT_ERROR -> TRANSPORT_ERROR;
            case TRANSPORT_CLOSE -> TRANSPORT_CLOSE;
            case FORCED_CLOSE -> FORCED_CLOSE;
            case PING_TIMEOUT -> PING_TIMEOUT;
            case PARSE_ERROR -> PARSE_ERROR;
            case SERVER_SHUTTING_DOWN -> SERVER_SHUTTING_DOWN;
        };
    }

    /// Whether a session that ended so may be recovered: not where one side left on purpose, nor
    /// where the client spoke no Engine.IO.
    boolean recoverable() {
        return switch (this) {
            case CLIENT_NAMESPACE_DISCONNECT, SERVER_NAMESPACE_DISCONNECT, PARSE_ERROR -> false;
            case TRANSPORT_ERROR,
                    TRANSPORT_CLOSE,
                    FORCED_CLOSE,
                    PING_TIMEOUT,
                    SERVER_SHUTTING_DOWN,
                    FORCED_SERVER_CLOSE ->
                    true;
        };
    }

    /// The words as they stand in Socket.IO's documentation.
    @Override
    public String toString() {
        return text;
    }
}
