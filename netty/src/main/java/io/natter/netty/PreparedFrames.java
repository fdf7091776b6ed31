package io.natter.netty;

import io.natter.engine.Outgoing;
import io.natter.protocol.Frame;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/// The WebSocket frames of one message for the length of one fan-out pass: each form is made once,
/// header included, and every member writes the same bytes. On one event loop.
final class PreparedFrames {
    private static final int NO_PREFIX = -1;

    private final Outgoing message;
    private final @Nullable WireFrame[] made = new WireFrame[4];

    PreparedFrames(Outgoing message) {
        this.message = message;
    }

    Outgoing message() {
        return message;
    }

    /// The frame in one of its forms.
    WireFrame get(EventLoopStrand strand, boolean engineForm, boolean compressed) {
        int form = (engineForm ? 2 : 0) + (compressed ? 1 : 0);
        var frame = made[form];
        if (frame == null) {
            frame = make(strand, message, engineForm, compressed);
            made[form] = frame;
        }
        return frame;
    }

    /// Whether the Engine.IO form of a message in protocol 3 or 4 differs from the bare one (0).
    static boolean hasEngineForm(Frame frame, int protocol) {
        return switch (frame) {
            case Frame.Text _ -> protocol != 0;
            case Frame.Binary _ -> protocol == 3;
        };
    }

    static int length(Frame frame) {
        return switch (frame) {
            case Frame.Text(var utf8) -> utf8.length;
            case Frame.Binary(var data) -> data.length;
        };
    }

    /// The whole frame. The Engine.IO form has the packet type `message` in front: `4` as a
    /// character for text, as a byte for binary.
    static WireFrame make(
            EventLoopStrand strand, Outgoing message, boolean engineForm, boolean compressed) {
        return switch (message.frame()) {
            case Frame.Text(var utf8) ->
                    make(strand, OutFrames.TEXT, engineForm ? '4' : NO_PREFIX, utf8, compressed);
            case Frame.Binary(var data) ->
                    make(strand, OutFrames.BINARY, engineForm ? 4 : NO_PREFIX, data, compressed);
        };
    }

    private static WireFrame make(
            EventLoopStrand strand, int opcode, int prefix, byte[] payload, boolean compressed) {
        if (compressed) {
            var frame = strand.deflater().frame(ByteBufAllocator.DEFAULT, opcode, prefix, payload);
            if (frame != null) {
                return strand.lend(frame);
            }
        }
        int length = payload.length + (prefix == NO_PREFIX ? 0 : 1);
        int size = OutFrames.headerSize(length) + length;
        boolean small = size <= FrameStore.SMALL;
        var to = small ? strand.room(size) : ByteBufAllocator.DEFAULT.directBuffer(size, size);
        int from = to.writerIndex();
        OutFrames.header(to, opcode, length);
        if (prefix != NO_PREFIX) {
            to.writeByte(prefix);
        }
        to.writeBytes(payload);
        return small ? new WireFrame(to, from, size, false) : strand.lend(to);
    }
}
