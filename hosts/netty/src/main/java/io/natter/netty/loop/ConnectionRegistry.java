package io.natter.netty.loop;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// The connections of a host, for its end. Any thread.
public final class ConnectionRegistry {
    // Stays closed: a connection that comes when the host has closed is closed as well.
    private final ChannelGroup channels =
            new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final Set<EpollConnection> kernels = ConcurrentHashMap.newKeySet();
    private final CountDownLatch allGone = new CountDownLatch(1);

    /// Whether `allGone` is to be told when there are no kernel's connections any more.
    private volatile boolean leaving;

    private final Predicate<Channel> isWebSocket;
    private boolean closed;

    /// @param isWebSocket whether a channel carries a WebSocket now; any thread
    public ConnectionRegistry(Predicate<Channel> isWebSocket) {
        this.isWebSocket = isWebSocket;
    }

    public void add(Channel channel) {
        channels.add(channel);
    }

    /// Takes over the descriptor of a channel that no event loop has.
    ///
    /// @return false where the host has closed meanwhile, and the channel with it
    public synchronized boolean replace(Channel channel, EpollConnection connection) {
        if (closed) {
            return false;
        }
        channels.remove(channel);
        kernels.add(connection);
        return true;
    }

    void gone(EpollConnection connection) {
        kernels.remove(connection);
        if (leaving && kernels.isEmpty()) {
            allGone.countDown();
        }
    }

    /// Waits until all WebSockets have gone, so long at most.
    public void awaitWebSockets(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        var ignored = channels.newCloseFuture(isWebSocket::test).awaitUninterruptibly(millis);
        awaitKernels(end - System.nanoTime());
    }

    /// Closes all and waits until that is done, so long at most. Throws nothing where an event loop
    /// has ended before.
    public void close(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        synchronized (this) {
            closed = true;
        }
        var closing = channels.close();
        kernels.forEach(EpollConnection::closeFromOutside);
        var ignored = closing.awaitUninterruptibly(millis);
        awaitKernels(end - System.nanoTime());
    }

    private void awaitKernels(long nanos) {
        leaving = true;
        if (kernels.isEmpty()) {
            return;
        }
        try {
            var ignored = allGone.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException ignored) {
            Thread.currentThread().interrupt();
        }
    }
}
