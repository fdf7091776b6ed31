package io.natter.engine;

/// Receives the events of one session. Called on the session's strand.
public interface EngineListener {

    /// A message of text: UTF-8 from `from` to `to` of `buffer`, which belongs to the listener.
    void text(byte[] buffer, int from, int to);

    /// A message of bytes.
    void binary(byte[] data);

    /// The client tries a WebSocket: it sent `2probe`.
    default void upgrading() {}

    /// The client answered a ping, or in protocol 3 sent one.
    default void heartbeat() {}

    /// The session has moved from polling to WebSocket.
    default void upgraded() {}

    /// All sent messages have left the session's buffer.
    default void drained() {}

    /// The end of the session, called once; nothing follows.
    void closed(CloseReason reason, String detail);
}
