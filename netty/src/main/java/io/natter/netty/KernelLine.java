package io.natter.netty;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A socket of the kernel that the event loop watches for us, without a channel: nothing stands
/// between the WebSocket and epoll. It _is_ the file descriptor, and what a read or a write touches
/// is this one object; a channel with its pipeline is ten, which a thousand other connections have
/// pushed out of the processor's cache since (docs/performance/notes.md).
///
/// epoll tells once that something has changed (`EPOLLET`), so whatever can be read is read, or
/// remembered in `unread`.
final class KernelLine extends KernelOutput implements EpollIoHandle {
    private static final EpollIoOps READING =
            EpollIoOps.EPOLLIN
                    .with(EpollIoOps.EPOLLRDHUP)
                    .with(EpollIoOps.EPOLLERR)
                    .with(EpollIoOps.EPOLLET);
    private static final EpollIoOps READING_AND_WRITING = READING.with(EpollIoOps.EPOLLOUT);

    /// After so many full buffers of one peer the others have their turn.
    private static final int READS = 16;

    private final Lines lines;
    private @Nullable IoRegistration registration;
    private boolean reading;

    /// Whether something may be there to be read of which epoll has told.
    private boolean unread;

    private boolean down;

    /// @param fd the descriptor of a connected socket, which is the line's from now on
    /// @param lines what it is one of while it is up
    KernelLine(int fd, EventLoopStrand strand, User user, Lines lines) {
        super(fd, strand, user);
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
        watch(false);
    }

    @Override
    void watch(boolean room) {
        var own = registration;
        try {
            if (own != null) {
                own.submit(room ? READING_AND_WRITING : READING);
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

    // ---- end ------------------------------------------------------------------------------------

    @Override
    public void close() {
        down(null);
    }

    /// Closes at once. Any thread.
    void closeFromOutside() {
        strand.execute(this::close);
    }

    @Override
    void fail(Throwable cause) {
        down(cause);
    }

    private void down(@Nullable Throwable cause) {
        if (down) {
            return;
        }
        down = true;
        var reason = cause;
        // While the number of the descriptor, by which lines are told apart, is nobody else's.
        lines.gone(this);
        try {
            release();
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
