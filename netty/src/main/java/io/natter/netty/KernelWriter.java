package io.natter.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.unix.IovArray;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Writes frames straight into a socket of the kernel, many in one system call. A pipeline, its
/// buffer of outgoing writes and its promises are some twenty cache lines a connection, which a
/// broadcast finds cold each time: see docs/performance/notes.md. One a strand.
final class KernelWriter {
    private static final int MAX_ENTRIES = 512;

    private @Nullable IovArray vector;

    /// Writes one frame.
    ///
    /// @return how many bytes the kernel took
    static int write(Socket line, ByteBuf frame) throws IOException {
        return line.sendAddress(frame.memoryAddress(), frame.readerIndex(), frame.writerIndex());
    }

    /// Writes `first` and the first `count` of `more`, in this order.
    ///
    /// @return how many bytes the kernel took
    long write(Socket line, ByteBuf first, ByteBuf[] more, int count) throws IOException {
        var entries = vector;
        if (entries == null) {
            entries = new IovArray(MAX_ENTRIES);
            vector = entries;
        }
        long sent = 0;
        int next = -1;
        while (next < count) {
            entries.clear();
            while (next < count && add(entries, next < 0 ? first : more[next])) {
                next++;
            }
            long took = line.writevAddresses(entries.memoryAddress(0), entries.count());
            sent += took;
            if (took < entries.size()) {
                break;
            }
        }
        return sent;
    }

    private static boolean add(IovArray entries, ByteBuf frame) {
        return entries.add(frame, frame.readerIndex(), frame.readableBytes());
    }
}
