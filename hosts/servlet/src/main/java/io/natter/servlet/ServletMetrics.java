package io.natter.servlet;

import io.natter.host.HostMetrics;
import java.util.concurrent.atomic.LongAdder;

/// The counters of a servlet host since its start. Connections, timeouts and memory errors are the
/// container's, which does not tell.
final class ServletMetrics implements HostMetrics {
    final LongAdder requests = new LongAdder();
    final LongAdder aborts = new LongAdder();
    final LongAdder badRequests = new LongAdder();
    final LongAdder bodiesTooLarge = new LongAdder();
    final LongAdder upgrades = new LongAdder();
    final LongAdder webSocketsClosed = new LongAdder();
    final LongAdder closedForMemory = new LongAdder();
    final LongAdder failures = new LongAdder();
    final LongAdder violations = new LongAdder();
    private final LongAdder messagesIn = new LongAdder();
    private final LongAdder messagesOut = new LongAdder();
    private final LongAdder bytesIn = new LongAdder();
    private final LongAdder bytesOut = new LongAdder();

    void received(int bytes) {
        messagesIn.increment();
        bytesIn.add(bytes);
    }

    void sent(int bytes) {
        messagesOut.increment();
        bytesOut.add(bytes);
    }

    @Override
    public long requests() {
        return requests.sum();
    }

    /// As far as the container says so.
    @Override
    public long aborts() {
        return aborts.sum();
    }

    /// Only WebSocket handshakes: the container answers all others.
    @Override
    public long badRequests() {
        return badRequests.sum();
    }

    @Override
    public long bodiesTooLarge() {
        return bodiesTooLarge.sum();
    }

    @Override
    public long upgrades() {
        return upgrades.sum();
    }

    @Override
    public long webSocketsOpen() {
        // In this order, so that a socket that closes meanwhile is not counted below zero.
        long closed = webSocketsClosed.sum();
        return upgrades.sum() - closed;
    }

    @Override
    public long messagesIn() {
        return messagesIn.sum();
    }

    @Override
    public long messagesOut() {
        return messagesOut.sum();
    }

    /// Without headers, which the container does not show.
    @Override
    public long bytesIn() {
        return bytesIn.sum();
    }

    /// Without headers, which the container does not show.
    @Override
    public long bytesOut() {
        return bytesOut.sum();
    }

    @Override
    public long violations() {
        return violations.sum();
    }

    @Override
    public long closedForMemory() {
        return closedForMemory.sum();
    }

    @Override
    public long failures() {
        return failures.sum();
    }
}
