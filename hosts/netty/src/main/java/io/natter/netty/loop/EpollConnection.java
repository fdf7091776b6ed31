package io.natter.netty.loop;

import io.natter.host.Loggers;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A socket of the kernel that the event loop watches for us, without a channel: nothing stands
/// between the WebSocket and epoll. It _is_ the file descriptor, and a read or a write touches this
/// one object. A channel with its pipeline has ten objects. With a thousand other connections, they
/// are no longer in the processor's cache (docs/performance/diary.md).
///
/// epoll tells once that something has changed (`EPOLLET`), so whatever can be read is read, or
/// remembered in `unread`.
///
/// No exception is thrown into the event loop. The loop would lose its other events of the moment,
/// and an `Error` would end it.
public final class EpollConnection extends EpollOutput implements EpollIoHandle {
    private static final FailureLog FAILURES = new FailureLog(Loggers.of(EpollConnection.class));

    private static final EpollIoOps READING =
            EpollIoOps.EPOLLIN
                    .with(EpollIoOps.EPOLLRDHUP)
                    .with(EpollIoOps.EPOLLERR)
                    .with(EpollIoOps.EPOLLET);
    private static final EpollIoOps READING_AND_WRITING = READING.with(EpollIoOps.EPOLLOUT);

    /// After so many full buffers of one peer the others have their turn.
    private static final int READS = 16;

    /// The same after so long, where what was read takes long to handle.
    private static final long MAX_READS_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private final ConnectionRegistry connections;
    private @Nullable IoRegistration registration;
    private boolean reading;

    /// Whether something may be there to be read of which epoll has told.
    private boolean unread;

    private boolean down;

    /// @param fd the descriptor of a connected socket, which is the connection's from now on
    /// @param connections what it is one of while it is up
    public EpollConnection(
            int fd, EventLoopStrand strand, User user, ConnectionRegistry connections) {
        super(fd, strand, user);
        this.connections = connections;
    }

    /// Whether `loop` can watch such connections.
    public static boolean fits(Object loop) {
        return loop instanceof IoEventLoop io && io.isCompatible(EpollConnection.class);
    }

    /// Has itself watched. Reads nothing until it is told to.
    public void open() {
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
        try {
            handle(((EpollIoEvent) event).ops());
        } catch (Throwable t) {
            broke(t);
        }
    }

    private void handle(EpollIoOps told) {
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
        long start = 0;
        for (int i = 0; reading && !down; i++) {
            if (i == 1) {
                start = System.nanoTime();
            } else if (i == READS || (i > 1 && System.nanoTime() - start > MAX_READS_NANOS)) {
                // A task would come before the loop looks at its other sockets.
                strand.executeAfterReads(() -> readOn(toTheEnd));
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

    private void readOn(boolean toTheEnd) {
        try {
            read(toTheEnd);
        } catch (Throwable t) {
            broke(t);
        }
    }

    @Override
    public void setReading(boolean on) {
        reading = on;
        if (on && unread) {
            strand.executeAfterReads(() -> readOn(true));
        }
    }

    // ---- end ------------------------------------------------------------------------------------

    @Override
    public void close() {
        down(null);
    }

    /// Closes at once. Any thread.
    void closeFromOutside() {
        if (!strand.tryExecute(this::close)) {
            // The event loop has ended, so no other code uses the descriptor any more.
            connections.gone(this);
            try {
                closeDescriptor();
            } catch (IOException e) {
                FAILURES.report("A connection of an event loop that has ended stays open", e);
            }
        }
    }

    /// This connection cannot go on, and it is the only one.
    private void broke(Throwable cause) {
        FAILURES.report("A connection failed and is closed", cause);
        try {
            fail(cause);
        } catch (Throwable t) {
            FAILURES.report("A connection could not be closed properly", t);
        }
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
        try {
            // While no other connection can have the number of the descriptor, by which connections
            // are told apart.
            connections.gone(this);
            release();
        } catch (IOException e) {
            reason = reason == null ? e : reason;
        } finally {
            if (registration != null) {
                // Behind the close, which took the descriptor from epoll.
                registration.cancel();
            }
            var why = reason;
            strand.execute(() -> user.down(why));
        }
    }
}
