package io.natter.netty;

import io.natter.engine.Tally;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/// What a host counts. All figures but `webSocketsOpen` only grow; reading them costs nothing to
/// the connections. Any thread.
public final class HostMetrics {
    final LongAdder connections = new LongAdder();
    final LongAdder requests = new LongAdder();
    final LongAdder aborts = new LongAdder();
    final LongAdder badRequests = new LongAdder();
    final LongAdder bodiesTooLarge = new LongAdder();
    final LongAdder timeouts = new LongAdder();
    final LongAdder upgrades = new LongAdder();
    final LongAdder webSocketsClosed = new LongAdder();
    final LongAdder moves = new LongAdder();
    final Tally messagesIn = new Tally();
    final Tally messagesOut = new Tally();
    final Tally bytesIn = new Tally();
    final Tally bytesOut = new Tally();
    final LongAdder violations = new LongAdder();
    final LongAdder overflows = new LongAdder();

    private final ConcurrentMap<EventLoopStrand, Traffic> byStrand = new ConcurrentHashMap<>();

    /// Counters that start at nought.
    public HostMetrics() {}

    /// Where the WebSockets of a strand count what they move.
    Traffic on(EventLoopStrand strand) {
        return byStrand.computeIfAbsent(strand, _ -> new Traffic(this));
    }

    /// Connections taken.
    public long connections() {
        return connections.sum();
    }

    /// HTTP requests that reached an endpoint or the fallback, upgrades included.
    public long requests() {
        return requests.sum();
    }

    /// Requests whose client went away before the answer.
    public long aborts() {
        return aborts.sum();
    }

    /// Requests that were no HTTP, or no WebSocket handshake (RFC 6455 §4.2.1).
    public long badRequests() {
        return badRequests.sum();
    }

    /// Bodies over the limit that their reader set.
    public long bodiesTooLarge() {
        return bodiesTooLarge.sum();
    }

    /// Connections closed because a request or the next request did not come in time.
    public long timeouts() {
        return timeouts.sum();
    }

    /// Requests that became WebSockets.
    public long upgrades() {
        return upgrades.sum();
    }

    /// WebSockets open now.
    public long webSocketsOpen() {
        // In this order, so that a socket that closes meanwhile is not counted below nought.
        long closed = webSocketsClosed.sum();
        return upgrades.sum() - closed;
    }

    /// WebSockets that were moved to another event loop, the one of their session.
    public long moves() {
        return moves.sum();
    }

    /// Whole WebSocket messages that came.
    public long messagesIn() {
        return messagesIn.sum();
    }

    /// WebSocket messages written.
    public long messagesOut() {
        return messagesOut.sum();
    }

    /// Bytes that came on WebSockets, headers included.
    public long bytesIn() {
        return bytesIn.sum();
    }

    /// Bytes written to WebSockets, headers included.
    public long bytesOut() {
        return bytesOut.sum();
    }

    /// WebSockets closed because the peer broke a rule: 1002, 1007 or 1009.
    public long violations() {
        return violations.sum();
    }

    /// Plain WebSockets closed because too many bytes waited for them.
    public long overflows() {
        return overflows.sum();
    }
}
