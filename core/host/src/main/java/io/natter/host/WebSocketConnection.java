package io.natter.host;

/// An open WebSocket. Its methods are for its strand only. Any thread may call [#strand] and
/// [#waitingBytes]. Messages after the end are dropped.
public interface WebSocketConnection {

    /// The strand on which the connection lives.
    Strand strand();

    /// Writes a text or binary message. The messages of one pass of the strand leave in one flush.
    ///
    /// @param prefixed whether the message's prefix, if it has one, goes before its payload
    void send(PreparedMessage message, boolean prefixed);

    /// Writes a text or binary message without its prefix.
    default void send(PreparedMessage message) {
        send(message, false);
    }

    /// Writes a short text message that only this connection sends, never compressed.
    void sendText(String text);

    /// Writes a ping. Pongs come to [WebSocketListener#pong].
    ///
    /// @param payload at most 125 bytes
    void ping(byte[] payload);

    /// Hands what was written to the kernel now instead of at the end of the pass. Only needed
    /// where so much is written in one pass that [#waitingBytes] would mistake a fast peer for a
    /// slow one.
    void flush();

    /// Whether the connection takes more without queueing: its waiting bytes are under the low
    /// mark.
    boolean isWritable();

    /// Bytes written but not yet taken by the kernel. Any thread.
    long waitingBytes();

    /// Stops or resumes reading from the peer, which makes a sender wait. Frames that were read
    /// already may still come.
    void setReading(boolean on);

    /// Sends a close frame after all that was written, then closes. `code` 1005 sends a frame
    /// without a code, see [CloseCode].
    void close(int code, String reason);

    /// Ends the connection at once. Messages that wait are lost, and the listener hears nothing but
    /// `closed`. The TCP connection may end a moment later, so that a pass which ends many is not
    /// held up.
    void terminate();
}
