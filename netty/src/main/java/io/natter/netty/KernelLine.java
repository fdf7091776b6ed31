package io.natter.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A socket of the kernel that the event loop watches for us, without a channel: nothing stands
/// between the WebSocket and epoll. It _is_ the file descriptor, and what a read or a write touches
/// is this one object; a channel with its pipeline is ten, which a thousand other connections have
/// pushed out of the processor's cache since (docs/performance/notes.md).
///
/// epoll tells once that something has changed (`EPOLLET`), so whatever can be read is read, or
/// remembered in `unread`.
final class KernelLine extends Socket implements EpollIoHandle, Line {
    private static final EpollIoOps READING =
            EpollIoOps.EPOLLIN
                    .with(EpollIoOps.EPOLLRDHUP)
                    .with(EpollIoOps.EPOLLERR)
                    .with(EpollIoOps.EPOLLET);
    private static final EpollIoOps READING_AND_WRITING = READING.with(EpollIoOps.EPOLLOUT);

    /// After so many full buffers of one peer the others have their turn.
    private static final int READS = 16;

    private enum Ending {
        NONE,
        HALF,
        WHOLE
    }

    private final EventLoopStrand strand;
    private final User user;
    private final Lines lines;
    private @Nullable IoRegistration registration;

    /// What waits until the kernel has room, or null, as it nearly always is.
    private @Nullable Unsent unsent;

    private boolean full;
    private Ending ending = Ending.NONE;
    private boolean reading;

    /// Whether something may be there to be read of which epoll has told.
    private boolean unread;

    private boolean down;

    /// @param fd the descriptor of a connected socket, which is the line's from now on
    /// @param lines what it is one of while it is up
    KernelLine(int fd, EventLoopStrand strand, User user, Lines lines) {
        super(fd);
        this.strand = strand;
        this.user = user;
        this.lines = lines;
    }

    /// Whether `loop` can watch such lines.
    static boolean fits(Object loop) {
        return loop instanceof IoEventLoop io && io.isCompatible(KernelLine.class);
    }

    /// Has itself watched. Reads nothing until it is told to.
    void open() {
        var registered = ((IoEventLoop) strand.loop).register(this);
        if (!registered.isSuccess()) {
            fail(registered.cause());
            return;
        }
        registration = registered.getNow();
        watch(READING);
    }

    private void watch(EpollIoOps operations) {
        var own = registration;
        try {
            if (own != null) {
                own.submit(operations);
            }
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    @Override
    public FileDescriptor fd() {
        return this;
    }

    @Override
    public ByteBufAllocator alloc() {
        return ByteBufAllocator.DEFAULT;
    }

    @Override
    public boolean isUp() {
        return !down;
    }

    // ---- in -------------------------------------------------------------------------------------

    @Override
    public void handle(IoRegistration from, IoEvent event) {
        var told = ((EpollIoEvent) event).ops();
        if (told.contains(EpollIoOps.EPOLLOUT)) {
            writeUnsent();
        }
        if (!reading && told.contains(EpollIoOps.EPOLLERR)) {
            fail(new IOException("the peer reset the connection"));
        } else if (told.contains(EpollIoOps.EPOLLRDHUP)) {
            read(true);
        } else if (told.contains(EpollIoOps.EPOLLIN) || told.contains(EpollIoOps.EPOLLERR)) {
            read(false);
        }
    }

    /// @param toTheEnd whether more than data may be waiting, so that a buffer that was not filled
    ///   does not mean that everything was read
    private void read(boolean toTheEnd) {
        unread = true;
        for (int i = 0; reading && !down; i++) {
            if (i == READS) {
                strand.execute(() -> read(toTheEnd));
                return;
            }
            var in = strand.receiveBuffer();
            int room = in.writableBytes();
            int count;
            try {
                count = recvAddress(in.memoryAddress(), 0, room);
            } catch (IOException e) {
                fail(e);
                return;
            }
            if (count < 0) {
                close();
                return;
            }
            boolean all = count == 0 || (count < room && !toTheEnd);
            if (all) {
                unread = false;
            }
            if (count > 0) {
                user.received(in.writerIndex(count));
            }
            if (all) {
                return;
            }
        }
    }

    @Override
    public void setReading(boolean on) {
        reading = on;
        if (on && unread) {
            strand.execute(() -> read(true));
        }
    }

    // ---- out ------------------------------------------------------------------------------------

    @Override
    public void write(ByteBuf in, int from, int to, boolean shareable) {
        if (down || ending != Ending.NONE) {
            return;
        }
        try {
            int sent = unsent == null ? KernelWriter.write(this, in, from, to) : 0;
            if (from + sent < to) {
                keep(in, from + sent, to, shareable);
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    @Override
    public void write(List<WireFrame> frames) {
        if (down || ending != Ending.NONE) {
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
            waiting = new Unsent(alloc());
            unsent = waiting;
            watch(READING_AND_WRITING);
        }
        if (!down) {
            waiting.add(in, from, to, shareable);
            full |= waiting.bytes() >= HIGH_WATER;
        }
    }

    private void writeUnsent() {
        var waiting = unsent;
        if (waiting == null) {
            return;
        }
        try {
            if (waiting.writeTo(this)) {
                unsent = null;
                watch(READING);
                end();
            }
        } catch (IOException e) {
            fail(e);
            return;
        }
        if (full && !down && waiting.bytes() <= LOW_WATER) {
            full = false;
            user.writable();
        }
    }

    @Override
    public boolean isWritable() {
        return !full;
    }

    @Override
    public long waitingBytes() {
        var waiting = unsent;
        return waiting == null ? 0 : waiting.bytes();
    }

    // ---- end ------------------------------------------------------------------------------------

    @Override
    public void finish(ByteBuf frame, boolean wholly) {
        write(frame, frame.readerIndex(), frame.writerIndex(), true);
        frame.release();
        ending = wholly ? Ending.WHOLE : Ending.HALF;
        if (unsent == null) {
            end();
        }
    }

    private void end() {
        if (down || ending == Ending.NONE) {
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

    @Override
    public void close() {
        down(null);
    }

    /// Closes at once. Any thread.
    void closeFromOutside() {
        strand.execute(this::close);
    }

    private void fail(Throwable cause) {
        down(cause);
    }

    private void down(@Nullable Throwable cause) {
        if (down) {
            return;
        }
        down = true;
        var waiting = unsent;
        unsent = null;
        if (waiting != null) {
            waiting.release();
        }
        var reason = cause;
        // While the number of the descriptor, by which lines are told apart, is nobody else's.
        lines.gone(this);
        try {
            super.close();
        } catch (IOException e) {
            reason = reason == null ? e : reason;
        }
        if (registration != null) {
            // Behind the close, which took the descriptor from epoll.
            registration.cancel();
        }
        var why = reason;
        strand.execute(() -> user.down(why));
    }
}
