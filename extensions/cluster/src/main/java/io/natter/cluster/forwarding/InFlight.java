package io.natter.cluster.forwarding;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// The bounds of what is passed on at a time. Any thread.
final class InFlight {
    private final int max;
    private final long maxBytes;
    private final ForwardingMetrics metrics;
    private final AtomicInteger number = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    InFlight(int max, long maxBytes, ForwardingMetrics metrics) {
        this.max = max;
        this.maxBytes = maxBytes;
        this.metrics = metrics;
    }

    /// Takes a place for one request or WebSocket; false, and counted, where there is none.
    boolean enter() {
        if (number.incrementAndGet() > max) {
            number.decrementAndGet();
            metrics.refused.increment();
            return false;
        }
        metrics.inFlight.increment();
        return true;
    }

    void leave() {
        number.decrementAndGet();
        metrics.inFlight.decrement();
    }

    /// Takes room for bytes that wait; false, and counted, where there is none.
    boolean hold(long more) {
        if (bytes.addAndGet(more) > maxBytes) {
            bytes.addAndGet(-more);
            metrics.refused.increment();
            return false;
        }
        return true;
    }

    void release(long held) {
        bytes.addAndGet(-held);
    }
}
