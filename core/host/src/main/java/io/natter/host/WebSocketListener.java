package io.natter.host;

/// The events of a WebSocket; called on its strand, one at a time. Arrays belong to the listener.
/// If a method throws, the host logs it and closes the connection with 1011; `closed` follows.
public interface WebSocketListener {

    /// A text message, already checked to be UTF-8.
    void text(byte[] utf8);

    /// A binary message.
    void binary(byte[] data);

    /// The connection takes more again: [WebSocketConnection#isWritable] is true after it was
    /// false.
    void writable();

    /// A ping came; the host has answered it.
    default void ping(byte[] payload) {}

    /// A pong came.
    default void pong(byte[] payload) {}

    /// The connection is about to be closed because it holds too much of the memory that all
    /// clients together may use; `closed` follows.
    ///
    /// @param detail a sentence with the figures
    default void overMemory(String detail) {}

    /// The end, called once; nothing follows. `code` is the peer's close code, 1005 for none, and
    /// 1006 if the connection was lost. If the host refused what the peer sent, it is 1002, 1007 or
    /// 1009. `reason` says why.
    void closed(int code, String reason);
}
