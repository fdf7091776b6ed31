package io.natter.socketio;

import io.natter.engine.CloseReason;

/// Receives the events of a socket's connection, as `socket.conn` has them in Node.js. Called on
/// the connection's strand: it must not block.
public interface ConnListener {

    /// The client tries a WebSocket.
    default void upgrading() {}

    /// The connection has moved from polling to WebSocket.
    default void upgraded() {}

    /// The client answered a ping.
    default void heartbeat() {}

    /// A message of text or bytes came, before it is read.
    default void message() {}

    /// All sent messages have left the connection's buffer.
    default void drained() {}

    /// The connection has ended. The sockets have left already.
    default void closed(CloseReason reason, String detail) {}
}
