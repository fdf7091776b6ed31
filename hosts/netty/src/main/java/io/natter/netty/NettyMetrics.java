package io.natter.netty;

import io.natter.host.HostMetrics;
import io.natter.host.MemoryBudget;
import io.natter.netty.loop.HostCounters;

/// The counters of a [NettyHost]: those of [HostMetrics], and some that only this host has. Any
/// thread.
public final class NettyMetrics implements HostMetrics {
    private final HostCounters counters;

    /// Counters that start at zero, for connections of the JVM's own memory budget.
    public NettyMetrics() {
        this(new HostCounters(MemoryBudget.shared()));
    }

    NettyMetrics(HostCounters counters) {
        this.counters = counters;
    }

    HostCounters counters() {
        return counters;
    }

    @Override
    public long connections() {
        return counters.connections.sum();
    }

    /// Those of the fallback included.
    @Override
    public long requests() {
        return counters.requests.sum();
    }

    @Override
    public long aborts() {
        return counters.aborts.sum();
    }

    @Override
    public long badRequests() {
        return counters.badRequests.sum();
    }

    @Override
    public long bodiesTooLarge() {
        return counters.bodiesTooLarge.sum();
    }

    @Override
    public long timeouts() {
        return counters.timeouts.sum();
    }

    @Override
    public long upgrades() {
        return counters.upgrades.sum();
    }

    @Override
    public long webSocketsOpen() {
        // In this order, so that a socket that closes meanwhile does not make the count negative.
        long closed = counters.webSocketsClosed.sum();
        return counters.upgrades.sum() - closed;
    }

    /// WebSockets that were moved to another event loop, the one of their session.
    public long moves() {
        return counters.moves.sum();
    }

    @Override
    public long messagesIn() {
        return counters.messagesIn.sum();
    }

    @Override
    public long messagesOut() {
        return counters.messagesOut.sum();
    }

    @Override
    public long bytesIn() {
        return counters.bytesIn.sum();
    }

    @Override
    public long bytesOut() {
        return counters.bytesOut.sum();
    }

    @Override
    public long violations() {
        return counters.violations.sum();
    }

    @Override
    public long closedForMemory() {
        return counters.closedForMemory.sum();
    }

    /// Failures that should not happen and ended a connection or a task. One is an `Error`, as when
    /// memory or stack is used up, or an exception of a listener or handler on an event loop. The
    /// log has the first of them every ten seconds.
    @Override
    public long failures() {
        return counters.failures.sum();
    }

    @Override
    public long memoryErrors() {
        return counters.memoryErrors.sum();
    }
}
