package io.natter.engine;

/// An open WebSocket. Every method is for its strand only, but for `waitingBytes`.
public interface WebSocketConnection {

    /// The strand on which the connection lives.
    Strand strand();

    /// Writes a text or binary message as it is. What is written in one pass of the strand leaves
    /// in one flush. `protocol` is the Engine.IO protocol whose form of the message is sent (3 or
    /// 4), or 0 for the bare message of a plain WebSocket.
    void send(Outgoing message, int protocol);

    /// Writes a text frame that is no Engine.IO message: `2`, `3probe`, `6` …
    void sendText(String text);

    /// Hands what was written to the kernel now instead of at the end of the pass. Only needed
    /// where so much is written in one pass that [#waitingBytes] would mistake a fast peer for a
    /// slow one.
    void flush();

    /// Whether the connection takes more without queueing: its waiting bytes are under the low
    /// mark.
    boolean isWritable();

    /// Bytes written but not yet taken by the kernel. Any thread.
    long waitingBytes();

    /// Sends a close frame after all that was written, then closes. `code` 1005 sends a frame
    /// without status.
    void close(int code, String reason);

    /// Gives the connection up, whatever waits: nothing leaves it any more and nothing is heard of
    /// it but `closed`. The line itself may end a moment later, so that a pass in which many are
    /// given up is not held up by that.
    void terminate();
}
