package io.natter.netty;

import io.natter.engine.Outgoing;
import io.natter.protocol.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/// The WebSocket frames of one message for the length of one fan-out pass: each form is made once,
/// header included, and every member writes the same bytes. On one event loop.
final class PreparedFrames {
    private static final int NO_PREFIX = -1;

    private final Outgoing message;
    private final @Nullable ByteBuf[] made = new ByteBuf[4];

    PreparedFrames(Outgoing message) {
        this.message = message;
    }

    Outgoing message() {
        return message;
    }

    /// The frame in one of its forms; it stays the pass's.
    ByteBuf get(EventLoopStrand strand, boolean engineForm, boolean compressed) {
        int form = (engineForm ? 2 : 0) + (compressed ? 1 : 0);
        var frame = made[form];
        if (frame == null) {
            frame = make(strand, message, engineForm, compressed);
            made[form] = frame;
        }
        return frame;
    }

    /// The pass is over: its frames are lent until they are flushed.
    void lend(EventLoopStrand strand) {
        for (int i = 0; i < made.length; i++) {
            var frame = made[i];
            if (frame != null) {
                made[i] = null;
                strand.lend(frame);
            }
        }
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

    /// The whole frame in a buffer of its own. The Engine.IO form has the packet type `message` in
    /// front: `4` as a character for text, as a byte for binary.
    static ByteBuf make(
            EventLoopStrand strand, Outgoing message, boolean engineForm, boolean compressed) {
        return switch (message.frame()) {
            case Frame.Text(var utf8) ->
                    make(strand, OutFrames.TEXT, engineForm ? '4' : NO_PREFIX, utf8, compressed);
            case Frame.Binary(var data) ->
                    make(strand, OutFrames.BINARY, engineForm ? 4 : NO_PREFIX, data, compressed);
        };
    }

    private static ByteBuf make(
            EventLoopStrand strand, int opcode, int prefix, byte[] payload, boolean compressed) {
        var alloc = ByteBufAllocator.DEFAULT;
        if (compressed) {
            var frame = strand.deflater().frame(alloc, opcode, prefix, payload);
            if (frame != null) {
                return frame;
            }
        }
        int length = payload.length + (prefix == NO_PREFIX ? 0 : 1);
        var frame = OutFrames.header(alloc, opcode, length);
        if (prefix != NO_PREFIX) {
            frame.writeByte(prefix);
        }
        return frame.writeBytes(payload);
    }
}
