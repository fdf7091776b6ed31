package io.natter.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.util.ArrayDeque;

/// What the kernel did not take yet, in its order. Large frames keep the buffer that they share
/// with other receivers, small ones are copied one behind the other. On the strand, but for
/// `bytes`.
final class Unsent {
    private static final int CHUNK = 16 * 1024;

    private final ByteBufAllocator alloc;
    private final ArrayDeque<ByteBuf> buffers = new ArrayDeque<>();
    private int bytes;

    Unsent(ByteBufAllocator alloc) {
        this.alloc = alloc;
    }

    /// How many bytes wait. Any thread, which may see it a little late.
    int bytes() {
        return bytes;
    }

    /// Adds the bytes of `in` from `from` to `to`.
    ///
    /// @param shareable whether `in` may be kept
    void add(ByteBuf in, int from, int to, boolean shareable) {
        int length = to - from;
        bytes += length;
        if (shareable) {
            buffers.add(in.retainedSlice(from, length));
            return;
        }
        var last = buffers.peekLast();
        if (last == null || last.maxWritableBytes() < length) {
            int size = Math.max(length, CHUNK);
            last = alloc.directBuffer(size, size);
            buffers.add(last);
        }
        last.writeBytes(in, from, length);
    }

    /// Writes as much as the kernel takes.
    ///
    /// @return whether nothing waits any more
    boolean writeTo(Socket line) throws IOException {
        for (var next = buffers.peek(); next != null; next = buffers.peek()) {
            int sent =
                    line.sendAddress(next.memoryAddress(), next.readerIndex(), next.writerIndex());
            bytes -= sent;
            next.skipBytes(sent);
            if (next.isReadable()) {
                return false;
            }
            buffers.remove().release();
        }
        return true;
    }

    /// Gives everything up.
    void release() {
        buffers.forEach(ByteBuf::release);
        buffers.clear();
        bytes = 0;
    }
}
