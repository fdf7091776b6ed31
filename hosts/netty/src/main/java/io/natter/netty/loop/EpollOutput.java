package io.natter.netty.loop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The output of a socket of the kernel. It is written at once as far as the kernel takes it, and
/// the rest when the kernel has room again. A class above [EpollConnection] and not an object
/// beside it, so that a write touches one object. On the strand, but for `waitingBytes`.
abstract sealed class EpollOutput extends Socket implements Connection permits EpollConnection {
    /// The step that follows when everything was written.
    private enum Ending {
        NONE,
        HALF,
        WHOLE
    }

    final EventLoopStrand strand;
    final User user;

    /// The output that waits until the kernel has room; nearly always null.
    private @Nullable WriteQueue unsent;

    private boolean full;
    private Ending ending = Ending.NONE;

    /// @param fd the descriptor of a connected socket
    EpollOutput(int fd, EventLoopStrand strand, User user) {
        super(fd);
        this.strand = strand;
        this.user = user;
    }

    /// Has the kernel report input, and room to write if that is wanted.
    abstract void watch(boolean room);

    /// Closes at once because of `cause`.
    abstract void fail(Throwable cause);

    @Override
    public final ByteBufAllocator alloc() {
        return ByteBufAllocator.DEFAULT;
    }

    private boolean takesNothing() {
        return ending != Ending.NONE || !isUp();
    }

    @Override
    public final void write(ByteBuf in, int from, int to, boolean shareable) {
        if (takesNothing()) {
            return;
        }
        try {
            int sent = unsent == null ? GatheringWriter.write(this, in, from, to) : 0;
            if (from + sent < to) {
                keep(in, from + sent, to, shareable);
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    @Override
    public final void write(List<FrameSlice> frames) {
        if (takesNothing()) {
            return;
        }
        try {
            long skip = unsent == null ? strand.kernel().write(this, frames) : 0;
            for (var frame : frames) {
                if (skip < frame.length()) {
                    keep(frame.in(), frame.from() + (int) skip, frame.end(), frame.shareable());
                    skip = 0;
                } else {
                    skip -= frame.length();
                }
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    private void keep(ByteBuf in, int from, int to, boolean shareable) {
        var waiting = unsent;
        if (waiting == null) {
            waiting = new WriteQueue(alloc());
            unsent = waiting;
            watch(true);
        }
        // A socket may prove to be broken when it is watched.
        if (isUp()) {
            waiting.add(in, from, to, shareable);
            waiting.report(user);
            full |= waiting.bytes() >= HIGH_WATER;
        }
    }

    /// The kernel has room.
    final void writeUnsent() {
        var waiting = unsent;
        if (waiting == null) {
            return;
        }
        try {
            boolean all = waiting.writeTo(this);
            waiting.report(user);
            if (all) {
                unsent = null;
                watch(false);
                end();
            }
        } catch (IOException e) {
            fail(e);
            return;
        }
        if (full && isUp() && waiting.bytes() <= LOW_WATER) {
            full = false;
            user.writable();
        }
    }

    @Override
    public final boolean isWritable() {
        return !full;
    }

    @Override
    public final long waitingBytes() {
        var waiting = unsent;
        return waiting == null ? 0 : waiting.bytes();
    }

    @Override
    public final void finish(ByteBuf frame, boolean wholly) {
        try {
            write(frame, frame.readerIndex(), frame.writerIndex(), true);
        } finally {
            frame.release();
        }
        ending = wholly ? Ending.WHOLE : Ending.HALF;
        if (unsent == null) {
            end();
        }
    }

    private void end() {
        if (ending == Ending.NONE || !isUp()) {
            return;
        }
        if (ending == Ending.WHOLE) {
            close();
            return;
        }
        try {
            shutdown(false, true);
        } catch (IOException e) {
            fail(e);
        }
    }

    /// Closes the descriptor and releases the waiting output.
    final void release() throws IOException {
        var waiting = unsent;
        unsent = null;
        try {
            if (waiting != null) {
                waiting.release();
                waiting.report(user);
            }
        } finally {
            closeDescriptor();
        }
    }

    /// Closes the descriptor only.
    final void closeDescriptor() throws IOException {
        super.close();
    }

    /// Throws nothing, like all methods of a connection.
    @Override
    public abstract void close();
}
