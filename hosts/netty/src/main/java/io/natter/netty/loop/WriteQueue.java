package io.natter.netty.loop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.util.ArrayDeque;

/// The output that the kernel did not take yet, in order. Large frames keep the buffer that they
/// share with other receivers, small ones are copied one behind the other. On the strand, but for
/// `bytes`.
final class WriteQueue {
    /// Small frames are copied into pieces of this size at most.
    private static final int MAX_PIECE = 16 * 1024;

    private static final int MIN_PIECE = 512;

    /// @param held the bytes of memory that count for this client
    private record Piece(ByteBuf buffer, int held) {}

    private final ByteBufAllocator alloc;
    private final ArrayDeque<Piece> pieces = new ArrayDeque<>();
    private int bytes;
    private long held;
    private long reported;

    WriteQueue(ByteBufAllocator alloc) {
        this.alloc = alloc;
    }

    /// How many bytes wait. Any thread, which may see it a little late.
    int bytes() {
        return bytes;
    }

    /// Adds the bytes of `in` from `from` to `to`, all of them or, where there is no memory, none.
    ///
    /// @param shareable whether `in` may be kept
    void add(ByteBuf in, int from, int to, boolean shareable) {
        int length = to - from;
        if (shareable) {
            // Each holder has a part of it. The strand's own reference is released soon.
            add(in.retainedSlice(from, length), length / Math.max(1, in.refCnt() - 1));
        } else {
            var last = pieces.peekLast();
            if (last == null || last.buffer.maxWritableBytes() < length) {
                // It is no larger than the waiting bytes, so a client with few waiting bytes holds
                // little memory.
                int size = Math.max(length, Math.clamp(bytes, MIN_PIECE, MAX_PIECE));
                add(alloc.directBuffer(size, size), size).writeBytes(in, from, length);
            } else {
                last.buffer.writeBytes(in, from, length);
            }
        }
        bytes += length;
    }

    private ByteBuf add(ByteBuf buffer, int counted) {
        boolean added = false;
        try {
            added = pieces.add(new Piece(buffer, counted));
        } finally {
            if (!added) {
                buffer.release();
            }
        }
        held += counted;
        return buffer;
    }

    /// Writes as much as the kernel takes.
    ///
    /// @return whether nothing waits any more
    boolean writeTo(Socket socket) throws IOException {
        for (var next = pieces.peek(); next != null; next = pieces.peek()) {
            var buffer = next.buffer;
            int sent =
                    socket.sendAddress(
                            buffer.memoryAddress(), buffer.readerIndex(), buffer.writerIndex());
            bytes -= sent;
            buffer.skipBytes(sent);
            if (buffer.isReadable()) {
                return false;
            }
            held -= pieces.remove().held;
            buffer.release();
        }
        return true;
    }

    /// Releases everything.
    void release() {
        for (var next = pieces.poll(); next != null; next = pieces.poll()) {
            next.buffer.release();
        }
        bytes = 0;
        held = 0;
    }

    /// Tells `user` how much memory this takes, where that has changed.
    void report(Connection.User user) {
        long before = reported;
        if (before != held) {
            reported = held;
            user.holds(before, held);
        }
    }
}
