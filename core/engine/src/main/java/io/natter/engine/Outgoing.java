package io.natter.engine;

import io.natter.host.PreparedMessage;
import io.natter.protocol.Engine3;
import io.natter.protocol.Engine4;
import io.natter.protocol.EngineMessage;
import io.natter.protocol.EnginePacket;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An Engine.IO message to be sent, made once and shared by all its receivers. Immutable; the text
/// forms that polling needs are made on first use and kept, so a broadcast to a thousand sessions
/// encodes once. Any thread.
///
/// For WebSocket it is a [PreparedMessage]. Its prefix is the packet type `message`: the character
/// `4` before text, the byte 4 before binary data.
public final class Outgoing extends PreparedMessage implements OutgoingPacket {
    private static final int TEXT_TYPE = '4';
    private static final int BINARY_TYPE = 4;
    private static final VarHandle QUEUES;

    static {
        try {
            QUEUES = MethodHandles.lookup().findVarHandle(Outgoing.class, "queues", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    // Made on first use; two threads may do so at once, with the same outcome.
    private volatile byte @Nullable [] text4;
    private volatile byte @Nullable [] base64Of3;

    /// In how many polling queues it waits.
    @SuppressWarnings("UnusedVariable") // By QUEUES.
    private volatile int queues;

    private Outgoing(int opcode, byte[] payload, int type, boolean compress) {
        super(opcode, payload, type, compress);
    }

    /// A message that may be compressed where the connection has agreed to it.
    public static Outgoing of(EngineMessage frame) {
        return of(frame, true);
    }

    /// A message with compression allowed or not.
    public static Outgoing of(EngineMessage frame, boolean compress) {
        return switch (frame) {
            case EngineMessage.Text(var utf8) -> new Outgoing(TEXT, utf8, TEXT_TYPE, compress);
            case EngineMessage.Binary(var data) ->
                    new Outgoing(BINARY, data, BINARY_TYPE, compress);
        };
    }

    /// The messages that carry one packet, in the order in which they must be sent.
    public static List<Outgoing> all(List<EngineMessage> frames, boolean compress) {
        if (frames.size() == 1) {
            return List.of(of(frames.getFirst(), compress));
        }
        var messages = new ArrayList<Outgoing>(frames.size());
        for (EngineMessage frame : frames) {
            messages.add(of(frame, compress));
        }
        return messages;
    }

    /// The message itself.
    @Override
    public EngineMessage frame() {
        return isText() ? new EngineMessage.Text(payload()) : new EngineMessage.Binary(payload());
    }

    private boolean isText() {
        return opcode() == TEXT;
    }

    /// Whether the packet type goes before the message on a WebSocket. Protocol 4 has it before
    /// text only.
    boolean isPrefixed(int protocol) {
        return isText() || protocol == 3;
    }

    /// The message as an Engine.IO packet.
    @Override
    public EnginePacket packet() {
        return isText()
                ? new EnginePacket.Text(payload(), 0, size())
                : new EnginePacket.Binary(payload());
    }

    @Override
    public int enqueued() {
        int queued = (int) QUEUES.getAndAdd(this, 1) + 1;
        return size() / queued;
    }

    @Override
    public void dequeued() {
        var ignored = (int) QUEUES.getAndAdd(this, -1);
    }

    /// The message as a packet in the text form of Engine.IO 3 or 4: `4` and the text, or base64
    /// behind `b4` or `b`. Shared: not to be written to.
    @Override
    public byte[] text(int protocol) {
        if (protocol == 3 && !isText()) {
            var made = base64Of3;
            if (made == null) {
                made = Engine3.encodeText(frame());
                base64Of3 = made;
            }
            return made;
        }
        var made = text4;
        if (made == null) {
            made = Engine4.encodeText(frame());
            text4 = made;
        }
        return made;
    }
}
