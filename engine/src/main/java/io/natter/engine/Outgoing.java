package io.natter.engine;

import io.natter.protocol.Frame;

/// One message on its way out, made once and shared by everybody who is to receive it. Immutable;
/// the forms that a transport puts on the wire are made on first use and kept, so a broadcast to a
/// thousand sessions encodes once. Any thread.
public final class Outgoing {
    private final Frame frame;
    private final boolean compress;

    private Outgoing(Frame frame, boolean compress) {
        this.frame = frame;
        this.compress = compress;
    }

    /// A message that may be compressed where the connection has agreed to it.
    public static Outgoing of(Frame frame) {
        return new Outgoing(frame, true);
    }

    /// A message with compression allowed or not.
    public static Outgoing of(Frame frame, boolean compress) {
        return new Outgoing(frame, compress);
    }

    /// The message itself.
    public Frame frame() {
        return frame;
    }

    /// Whether the message may be compressed.
    public boolean compress() {
        return compress;
    }
}
