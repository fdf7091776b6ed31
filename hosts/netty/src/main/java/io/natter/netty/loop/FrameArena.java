package io.natter.netty.loop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// The buffer for the outgoing frames of a strand until they are flushed. Small frames lie one
/// behind the other, so making one allocates almost nothing. A hundred broadcasts that leave in one
/// pass are one piece of memory and one `send` for each receiver. On the strand.
///
/// The memory is used again after `clear`. A socket that still has a range of it then must not send
/// that range: see `WebSocketOutput`.
public final class FrameArena {
    /// A larger frame gets a buffer of its own, which slow receivers can share.
    static final int SMALL = 4 * 1024;

    private static final int CHUNK = 256 * 1024;

    /// Without leak detection, for what lives as long as its event loop.
    public static final UnpooledByteBufAllocator UNCOUNTED =
            new UnpooledByteBufAllocator(true, true);

    private final ArrayList<ByteBuf> lent = new ArrayList<>();
    private @Nullable ByteBuf chunk;
    private long bytes;

    /// How many bytes are lent.
    long bytes() {
        return bytes;
    }

    /// A buffer whose end has room for a frame of `size` bytes.
    ByteBuf room(int size) {
        var current = chunk;
        if (current == null || current.writableBytes() < size) {
            // Made first: if there is no memory for it, nothing has changed.
            var next = UNCOUNTED.directBuffer(CHUNK, CHUNK);
            if (current != null) {
                keep(current, next);
            }
            current = next;
            chunk = next;
        }
        bytes += size;
        return current;
    }

    /// Takes the caller's reference of `frame`, which has a buffer of its own.
    FrameSlice lend(ByteBuf frame) {
        keep(frame, frame);
        bytes += frame.readableBytes();
        return new FrameSlice(frame, frame.readerIndex(), frame.readableBytes(), true);
    }

    /// Keeps a buffer until everything is flushed.
    ///
    /// @param orElse is released if there is no memory to note that
    private void keep(ByteBuf buffer, ByteBuf orElse) {
        boolean kept = false;
        try {
            kept = lent.add(buffer);
        } finally {
            if (!kept) {
                orElse.release();
            }
        }
    }

    /// Everything is flushed, and no socket has a frame any more.
    void clear() {
        for (int i = 0; i < lent.size(); i++) {
            lent.get(i).release();
        }
        lent.clear();
        bytes = 0;
        if (chunk != null) {
            chunk.clear();
        }
    }

    /// The event loop's thread ends.
    void end() {
        clear();
        if (chunk != null) {
            chunk.release();
            chunk = null;
        }
    }
}
