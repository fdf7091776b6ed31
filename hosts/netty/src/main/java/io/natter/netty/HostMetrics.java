package io.natter.netty;

import io.natter.host.MemoryBudget;
import io.natter.netty.loop.HostCounters;

/// What a host counts. All figures but `webSocketsOpen` only grow; reading them costs nothing to
/// the connections. Any thread.
public final class HostMetrics {
    private final HostCounters counters;

    /// Counters that start at nought, for connections of the JVM's own memory budget.
    public HostMetrics() {
        this(new HostCounters(MemoryBudget.shared()));
    }

    HostMetrics(HostCounters counters) {
        this.counters = counters;
    }

    HostCounters counters() {
        return counters;
    }

    /// Connections taken.
    public long connections() {
        return counters.connections.sum();
    }

    /// HTTP requests that reached an endpoint or the fallback, upgrades included.
    public long requests() {
        return counters.requests.sum();
    }

    /// Requests whose client went away before the answer.
    public long aborts() {
        return counters.aborts.sum();
    }

    /// Requests that were no HTTP, or no WebSocket handshake (RFC 6455 §4.2.1).
    public long badRequests() {
        return counters.badRequests.sum();
    }

    /// Bodies over the limit that their reader set.
    public long bodiesTooLarge() {
        return counters.bodiesTooLarge.sum();
    }

    /// Connections closed because a request or the next request did not come in time.
    public long timeouts() {
        return counters.timeouts.sum();
    }

    /// Requests that became WebSockets.
    public long upgrades() {
        return counters.upgrades.sum();
    }

    /// WebSockets open now.
    public long webSocketsOpen() {
        // In this order, so that a socket that closes meanwhile is not counted below nought.
        long closed = counters.webSocketsClosed.sum();
        return counters.upgrades.sum() - closed;
    }

    /// WebSockets that were moved to another event loop, the one of their session.
    public long moves() {
        return counters.moves.sum();
    }

    /// Whole WebSocket messages that came.
    public long messagesIn() {
        return counters.messagesIn.sum();
    }

    /// WebSocket messages written.
    public long messagesOut() {
        return counters.messagesOut.sum();
    }

    /// Bytes that came on WebSockets, headers included.
    public long bytesIn() {
        return counters.bytesIn.sum();
    }

    /// Bytes written to WebSockets, headers included.
    public long bytesOut() {
        return counters.bytesOut.sum();
    }

    /// WebSockets closed because the peer broke a rule: 1002, 1007 or 1009.
    public long violations() {
        return counters.violations.sum();
    }

    /// Connections closed because they held the most when the memory budget was used up, or more
    /// than one client may.
    public long closedForMemory() {
        return counters.closedForMemory.sum();
    }

    /// Failures that should not happen and ended a connection or a task: an `Error`, as where
    /// memory or stack is used up, or what a listener or a handler on an event loop threw. The log
    /// has the first of them every ten seconds.
    public long failures() {
        return counters.failures.sum();
    }

    /// The [#failures] that were an `OutOfMemoryError`, of heap or of direct memory.
    public long memoryErrors() {
        return counters.memoryErrors.sum();
    }
}
