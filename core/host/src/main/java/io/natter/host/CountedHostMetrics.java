package io.natter.host;

import java.util.concurrent.atomic.LongAdder;

/// Ready counters for a host, since its start: the host increments them, exporters read them.
/// Figures that a host cannot count, because the server is not its own, stay [#UNKNOWN]. Any
/// thread.
public class CountedHostMetrics implements HostMetrics {
    /// Counts [#requests()].
    public final LongAdder requests = new LongAdder();

    /// Counts [#aborts()].
    public final LongAdder aborts = new LongAdder();

    /// Counts [#badRequests()].
    public final LongAdder badRequests = new LongAdder();

    /// Counts [#bodiesTooLarge()].
    public final LongAdder bodiesTooLarge = new LongAdder();

    /// Counts [#upgrades()].
    public final LongAdder upgrades = new LongAdder();

    /// Counts WebSockets that have closed, for [#webSocketsOpen].
    public final LongAdder webSocketsClosed = new LongAdder();

    /// Counts [#closedForMemory()].
    public final LongAdder closedForMemory = new LongAdder();

    /// Counts [#failures()].
    public final LongAdder failures = new LongAdder();

    /// Counts [#violations()].
    public final LongAdder violations = new LongAdder();

    private final LongAdder messagesIn = new LongAdder();
    private final LongAdder messagesOut = new LongAdder();
    private final LongAdder bytesIn = new LongAdder();
    private final LongAdder bytesOut = new LongAdder();

    /// Counters at zero.
    public CountedHostMetrics() {}

    /// Counts a message of a client.
    public final void received(int bytes) {
        messagesIn.increment();
        bytesIn.add(bytes);
    }

    /// Counts a message to a client.
    public final void sent(int bytes) {
        messagesOut.increment();
        bytesOut.add(bytes);
    }

    @Override
    public final long requests() {
        return requests.sum();
    }

    @Override
    public final long aborts() {
        return aborts.sum();
    }

    @Override
    public final long badRequests() {
        return badRequests.sum();
    }

    @Override
    public final long bodiesTooLarge() {
        return bodiesTooLarge.sum();
    }

    @Override
    public final long upgrades() {
        return upgrades.sum();
    }

    @Override
    public final long webSocketsOpen() {
        // In this order, so that a socket that closes meanwhile does not make the count negative.
        long closed = webSocketsClosed.sum();
        return upgrades.sum() - closed;
    }

    @Override
    public final long messagesIn() {
        return messagesIn.sum();
    }

    @Override
    public final long messagesOut() {
        return messagesOut.sum();
    }

    @Override
    public final long bytesIn() {
        return bytesIn.sum();
    }

    @Override
    public final long bytesOut() {
        return bytesOut.sum();
    }

    @Override
    public final long violations() {
        return violations.sum();
    }

    @Override
    public final long closedForMemory() {
        return closedForMemory.sum();
    }

    @Override
    public final long failures() {
        return failures.sum();
    }
}
