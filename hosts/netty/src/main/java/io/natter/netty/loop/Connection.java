package io.natter.netty.loop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The connection below a WebSocket: takes its bytes and brings those of the peer. On the strand,
/// but for `waitingBytes`.
public sealed interface Connection permits EpollOutput, ChannelConnection {
    /// A connection is not writable while this number of bytes waits, as by default in Netty.
    int HIGH_WATER = 64 * 1024;

    /// It is writable again when no more than this number waits.
    int LOW_WATER = HIGH_WATER / 2;

    /// The user of a connection.
    interface User {
        /// Bytes came. They are the connection's again when this returns.
        void received(ByteBuf in);

        /// The connection was not writable and now is.
        void writable();

        /// Waiting output takes `after` bytes of memory now, instead of `before`.
        void holds(long before, long after);

        /// The connection is down, and no method is called any more. Not called from within
        /// `write`, `finish` or `close`.
        ///
        /// @param cause what broke it, or null where it was closed by either side
        void down(@Nullable Throwable cause);
    }

    ByteBufAllocator alloc();

    /// Whether it is not down, as far as is known.
    boolean isUp();

    /// Writes the bytes of `in` from `from` to `to`. They are not read after this returns, but
    /// where they are `shareable`: then the connection may keep the buffer for what must wait.
    void write(ByteBuf in, int from, int to, boolean shareable);

    /// Writes several frames, in their order.
    void write(List<FrameSlice> frames);

    /// Whether little enough waits to be written.
    boolean isWritable();

    /// How many bytes wait to be written. Any thread, which may see it a little late.
    long waitingBytes();

    /// Stops or resumes reading from the kernel, which makes a sender wait.
    void setReading(boolean on);

    /// Writes a last frame, which is the connection's from now on, and behind it closes the
    /// connection: all of it, or just our side.
    void finish(ByteBuf frame, boolean wholly);

    /// Closes at once. Waiting output is lost.
    void close();
}
