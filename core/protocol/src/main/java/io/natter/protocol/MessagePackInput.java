package io.natter.protocol;

import org.jspecify.annotations.Nullable;

/// The bytes of one MessagePack message, and the place that has been read. For one thread.
///
/// Methods that read report where they cannot go on, with `reason` set.
abstract sealed class MessagePackInput permits MessagePackReader {
    final byte[] data;
    @Nullable String reason;
    int at;

    MessagePackInput(byte[] data) {
        this.data = data;
    }

    /// Whether all has been read.
    final boolean ended() {
        return at == data.length;
    }

    /// The unsigned number of `length` bytes at `at`, which is moved behind them; -1 at the end.
    final long unsigned(int length) {
        if (data.length - at < length) {
            return cut();
        }
        long value = 0;
        for (int i = 0; i < length; i++) {
            value = (value << 8) | (data[at++] & 0xff);
        }
        return value;
    }

    /// Whether so many bytes follow. A negative length is one that could not be read.
    final boolean has(long length) {
        return length >= 0 && (length <= data.length - at || cut() >= 0);
    }

    /// The message ends within a value.
    ///
    /// @return -1
    final int cut() {
        reason = "MessagePack ends after %d bytes within a value".formatted(data.length);
        return -1;
    }

    /// The message is refused.
    ///
    /// @return false
    final boolean refuse(String why) {
        reason = why;
        return false;
    }
}
