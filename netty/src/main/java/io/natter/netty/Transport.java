package io.natter.netty;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.kqueue.KQueue;
import io.netty.channel.kqueue.KQueueIoHandler;
import io.netty.channel.kqueue.KQueueServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import io.netty.channel.uring.IoUringServerSocketChannel;
import org.jspecify.annotations.Nullable;

/// How a host talks to the kernel.
public enum Transport {
    /// Linux's epoll.
    EPOLL,
    /// kqueue, of macOS and the BSDs.
    KQUEUE,
    /// Linux's io_uring; only where it is asked for.
    IO_URING,
    /// The JDK's own; everywhere.
    NIO;

    /// Entries of an io_uring's submission queue, for as many connections as may have something to
    /// write in one pass of an event loop. With Netty's 128, many connections that write several
    /// frames each never come to an end: docs/performance/notes.md, io_uring.
    private static final int RING_SIZE = 4096;

    /// The best that works on this machine: epoll, else kqueue, else NIO.
    public static Transport best() {
        return EPOLL.isAvailable() ? EPOLL : KQUEUE.isAvailable() ? KQUEUE : NIO;
    }

    /// Whether it works on this machine.
    public boolean isAvailable() {
        return unavailability() == null;
    }

    private @Nullable Throwable unavailability() {
        return switch (this) {
            case EPOLL -> Epoll.unavailabilityCause();
            case KQUEUE -> KQueue.unavailabilityCause();
            case IO_URING -> IoUring.unavailabilityCause();
            case NIO -> null;
        };
    }

    IoHandlerFactory handlers() {
        var cause = unavailability();
        if (cause != null) {
            throw new IllegalStateException(
                    "the transport " + this + " does not work on this machine: " + cause, cause);
        }
        return switch (this) {
            case EPOLL -> EpollIoHandler.newFactory();
            case KQUEUE -> KQueueIoHandler.newFactory();
            case IO_URING ->
                    IoUringIoHandler.newFactory(
                            new IoUringIoHandlerConfig()
                                    .setRingSize(RING_SIZE)
                                    .setCqSize(4 * RING_SIZE));
            case NIO -> NioIoHandler.newFactory();
        };
    }

    Class<? extends ServerSocketChannel> channel() {
        return switch (this) {
            case EPOLL -> EpollServerSocketChannel.class;
            case KQUEUE -> KQueueServerSocketChannel.class;
            case IO_URING -> IoUringServerSocketChannel.class;
            case NIO -> NioServerSocketChannel.class;
        };
    }
}
