package io.natter.engine;

import io.natter.protocol.Engine3;
import io.natter.protocol.Engine4;
import io.natter.protocol.EnginePacket;
import io.natter.protocol.Frame;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One message on its way out, made once and shared by everybody who is to receive it. Immutable;
/// the forms that a transport puts on the wire are made on first use and kept, so a broadcast to a
/// thousand sessions encodes once. Any thread.
public final class Outgoing implements Queued {
    private final Frame frame;
    private final boolean compress;
    // Made by whoever needs them first; two threads may do so at once, with the same outcome.
    private volatile byte @Nullable [] text4;
    private volatile byte @Nullable [] base64Of3;

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

    /// The messages that carry one packet, in the order in which they must be sent.
    public static List<Outgoing> all(List<Frame> frames, boolean compress) {
        if (frames.size() == 1) {
            return List.of(of(frames.getFirst(), compress));
        }
        var messages = new ArrayList<Outgoing>(frames.size());
        for (Frame frame : frames) {
            messages.add(of(frame, compress));
        }
        return messages;
    }

    /// The message itself.
    public Frame frame() {
        return frame;
    }

    /// The message as an Engine.IO packet.
    @Override
    public EnginePacket packet() {
        return switch (frame) {
            case Frame.Text(var utf8) -> new EnginePacket.Text(utf8, 0, utf8.length);
            case Frame.Binary(var data) -> new EnginePacket.Binary(data);
        };
    }

    /// Whether the message may be compressed.
    @Override
    public boolean compress() {
        return compress;
    }

    /// The bytes of the message, without the Engine.IO type.
    @Override
    public int size() {
        return switch (frame) {
            case Frame.Text(var utf8) -> utf8.length;
            case Frame.Binary(var data) -> data.length;
        };
    }

    /// The message as a packet in the text form of Engine.IO 3 or 4: `4` and the text, or base64
    /// behind `b4` or `b`. Shared: not to be written to.
    @Override
    public byte[] text(int protocol) {
        if (protocol == 3 && frame instanceof Frame.Binary) {
            var made = base64Of3;
            if (made == null) {
                made = Engine3.encodeText(frame);
                base64Of3 = made;
            }
            return made;
        }
        var made = text4;
        if (made == null) {
            made = Engine4.encodeText(frame);
            text4 = made;
        }
        return made;
    }
}
