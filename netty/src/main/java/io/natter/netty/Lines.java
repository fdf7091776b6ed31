package io.natter.netty;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The connections of a host, for its end. Any thread.
final class Lines {
    // Stays closed: a line that comes when the host has closed is closed as well.
    private final ChannelGroup channels =
            new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final Set<KernelLine> kernels = ConcurrentHashMap.newKeySet();
    private final CountDownLatch allGone = new CountDownLatch(1);

    /// Whether `allGone` is to be told when there are no kernel's lines any more.
    private volatile boolean leaving;

    private boolean closed;

    void add(Channel channel) {
        channels.add(channel);
    }

    /// Takes over the descriptor of a channel that no event loop has.
    ///
    /// @return false where the host has closed meanwhile, and the channel with it
    synchronized boolean replace(Channel channel, KernelLine line) {
        if (closed) {
            return false;
        }
        channels.remove(channel);
        kernels.add(line);
        return true;
    }

    void gone(KernelLine line) {
        kernels.remove(line);
        if (leaving && kernels.isEmpty()) {
            allGone.countDown();
        }
    }

    /// Waits until all WebSockets have gone, so long at most.
    void awaitWebSockets(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        var _ = channels.newCloseFuture(Move::isWebSocket).awaitUninterruptibly(millis);
        awaitKernels(end - System.nanoTime());
    }

    /// Closes all and waits until that is done, so long at most.
    void close(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        synchronized (this) {
            closed = true;
        }
        var _ = channels.close().awaitUninterruptibly(millis);
        kernels.forEach(KernelLine::closeFromOutside);
        awaitKernels(end - System.nanoTime());
    }

    private void awaitKernels(long nanos) {
        leaving = true;
        if (kernels.isEmpty()) {
            return;
        }
        try {
            var _ = allGone.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
