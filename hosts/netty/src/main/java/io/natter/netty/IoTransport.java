package io.natter.netty;

import io.natter.host.Loggers;
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
import io.netty.util.internal.PlatformDependent;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// The I/O mechanism of a host.
public enum IoTransport {
    /// Linux's epoll.
    EPOLL,
    /// kqueue, of macOS and the BSDs.
    KQUEUE,
    /// Linux's io_uring; only if it is asked for.
    IO_URING,
    /// The JDK's own, which works everywhere.
    NIO;

    /// Entries of an io_uring's submission queue, for as many connections as may have something to
    /// write in one pass of an event loop. With Netty's 128, many connections that write several
    /// frames each never come to an end: docs/performance/diary.md, io_uring.
    private static final int RING_SIZE = 4096;

    private static final Logger LOG = Loggers.of(IoTransport.class);

    /// The best that works on this machine: epoll, else kqueue, else NIO.
    public static IoTransport best() {
        return EPOLL.isAvailable() ? EPOLL : KQUEUE.isAvailable() ? KQUEUE : NIO;
    }

    /// The same, for a host that is about to be started: says what is missing where it is not what
    /// this operating system has.
    static IoTransport chooseBest() {
        var best = best();
        var own = PlatformDependent.isWindows() ? NIO : PlatformDependent.isOsx() ? KQUEUE : EPOLL;
        if (best == NIO && own != NIO) {
            LOG.info("{} It goes on with NIO, which is slower.", own.explain());
        }
        return best;
    }

    /// Says in a sentence why it does not work on this machine, and what to do.
    private String explain() {
        var cause = unavailability();
        return "The transport "
                + this
                + " does not work on this machine: "
                + cause
                + ". Put "
                + artifact()
                + " on the class path, of the version of the other Netty artifacts, or choose"
                + " another transport.";
    }

    private String artifact() {
        var system = PlatformDependent.normalizedOs() + "-" + PlatformDependent.normalizedArch();
        return "io.netty:netty-transport-native-"
                + name().toLowerCase(Locale.ROOT)
                + " with the classifier "
                + system;
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
            throw new IllegalStateException(explain(), cause);
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
