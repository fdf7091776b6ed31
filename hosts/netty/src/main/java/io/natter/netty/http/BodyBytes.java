package io.natter.netty.http;

import io.natter.netty.loop.ConnectionMemory;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/// The part of a body that has come. It grows with what comes, whatever length was announced, and
/// is counted for the budget of all clients. On the event loop.
final class BodyBytes {
    private static final byte[] NONE = {};
    private static final int INITIAL = 256;

    private final ConnectionMemory memory;
    private byte[] bytes = NONE;
    private int size;

    BodyBytes(ConnectionMemory memory) {
        this.memory = memory;
    }

    int size() {
        return size;
    }

    /// Adds what can be read of `in`.
    ///
    /// @param limit that the whole body will not exceed
    void add(ByteBuf in, long limit) {
        int count = in.readableBytes();
        int needed = size + count;
        if (needed > bytes.length) {
            long twice = Math.max(INITIAL, 2L * bytes.length);
            replace(Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(limit, twice))));
        }
        in.getBytes(in.readerIndex(), bytes, size, count);
        size = needed;
    }

    private void replace(byte[] with) {
        int before = bytes.length;
        bytes = with;
        memory.holds(before, with.length);
    }

    /// All that has come, which is the caller's from now on.
    byte[] take() {
        var all = size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
        clear();
        return all;
    }

    void clear() {
        size = 0;
        replace(NONE);
    }
}
