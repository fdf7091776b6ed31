package io.natter.netty.loop;

import io.natter.host.PreparedMessage;
import io.natter.netty.frame.FrameWriter;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/// The WebSocket frames of one message during one fan-out pass. Each form is made once, header
/// included, and every receiver writes the same bytes. On one event loop.
final class FanOutFrames {
    private final PreparedMessage message;
    private final @Nullable FrameSlice[] made = new FrameSlice[4];
    private @Nullable Error failure;

    FanOutFrames(PreparedMessage message) {
        this.message = message;
    }

    /// Whether these are frames of `other`.
    @SuppressWarnings("ReferenceEquality") // the very message, not one with equal bytes
    boolean areOf(PreparedMessage other) {
        return message == other;
    }

    /// The frame in one of its forms.
    FrameSlice get(EventLoopStrand strand, boolean prefixed, boolean compressed) {
        int form = (prefixed ? 2 : 0) + (compressed ? 1 : 0);
        var frame = made[form];
        if (frame == null) {
            frame = makeOnce(strand, prefixed, compressed);
            made[form] = frame;
        }
        return frame;
    }

    /// If there is no memory for the frame, it is not asked for again for each receiver. The JDK
    /// waits half a second for direct memory before it fails.
    private FrameSlice makeOnce(EventLoopStrand strand, boolean prefixed, boolean compressed) {
        if (failure != null) {
            throw failure;
        }
        try {
            return make(strand, message, prefixed, compressed);
        } catch (Error e) {
            failure = e;
            throw e;
        }
    }

    /// The whole frame.
    static FrameSlice make(
            EventLoopStrand strand, PreparedMessage message, boolean prefixed, boolean compressed) {
        int opcode = message.opcode();
        var payload = message.payload();
        int prefix = prefixed ? message.prefix() : PreparedMessage.NO_PREFIX;
        if (compressed) {
            var frame = strand.deflater().frame(ByteBufAllocator.DEFAULT, opcode, prefix, payload);
            if (frame != null) {
                return strand.lend(frame);
            }
        }
        int length = payload.length + (prefix == PreparedMessage.NO_PREFIX ? 0 : 1);
        int size = FrameWriter.headerSize(length) + length;
        boolean small = size <= FrameArena.SMALL;
        var to = small ? strand.room(size) : ByteBufAllocator.DEFAULT.directBuffer(size, size);
        int from = to.writerIndex();
        FrameWriter.header(to, opcode, length);
        if (prefix != PreparedMessage.NO_PREFIX) {
            to.writeByte(prefix);
        }
        to.writeBytes(payload);
        return small ? new FrameSlice(to, from, size, false) : strand.lend(to);
    }
}
