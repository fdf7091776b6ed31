package io.natter.netty.loop;

import io.netty.buffer.ByteBuf;
import io.netty.channel.unix.IovArray;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes frames straight into a socket of the kernel, many in one system call. A pipeline, its
/// buffer of outgoing writes and its promises are some twenty cache lines for each connection. A
/// broadcast finds them cold each time: see docs/performance/diary.md. One a strand.
public final class GatheringWriter {
    private static final int MAX_ENTRIES = 512;

    private @Nullable IovArray vector;

    /// Writes the bytes of `in` from `from` to `to`.
    ///
    /// @return how many bytes the kernel took
    public static int write(Socket socket, ByteBuf in, int from, int to) throws IOException {
        return socket.sendAddress(in.memoryAddress(), from, to);
    }

    /// Writes the frames in their order; such as lie behind each other go as one piece.
    ///
    /// @return how many bytes the kernel took
    long write(Socket socket, List<FrameSlice> frames) throws IOException {
        var entries = vector;
        if (entries == null) {
            entries = new IovArray(MAX_ENTRIES);
            vector = entries;
        }
        long sent = 0;
        int next = 0;
        while (next < frames.size()) {
            entries.clear();
            int end = add(entries, frames, next);
            while (end > next) {
                next = end;
                end = next < frames.size() ? add(entries, frames, next) : next;
            }
            long took = socket.writevAddresses(entries.memoryAddress(0), entries.count());
            sent += took;
            if (took < entries.size()) {
                break;
            }
        }
        return sent;
    }

    /// Adds the piece that begins with the frame `at`.
    ///
    /// @return the frame behind it, or `at` if there is no room
    private static int add(IovArray entries, List<FrameSlice> frames, int at) {
        var first = frames.get(at);
        int end = first.end();
        int next = at + 1;
        while (next < frames.size() && frames.get(next).follows(first.in(), end)) {
            end = frames.get(next++).end();
        }
        return entries.add(first.in(), first.from(), end - first.from()) ? next : at;
    }
}
