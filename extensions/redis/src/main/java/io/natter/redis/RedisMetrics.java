package io.natter.redis;

import java.util.concurrent.atomic.LongAdder;

/// The counters of an adapter since its start. Any thread.
public final class RedisMetrics {
    final LongAdder published = new LongAdder();
    final LongAdder received = new LongAdder();
    final LongAdder dropped = new LongAdder();
    final LongAdder malformed = new LongAdder();
    final LongAdder timedOut = new LongAdder();

    RedisMetrics() {}

    /// Messages that were given to Redis.
    public long published() {
        return published.sum();
    }

    /// Messages of other servers.
    public long received() {
        return received.sum();
    }

    /// Messages that other servers did not get, because Redis was away or too slow.
    public long dropped() {
        return dropped.sum();
    }

    /// Messages that could not be read.
    public long malformed() {
        return malformed.sum();
    }

    /// Requests that not all servers answered in time.
    public long timedOut() {
        return timedOut.sum();
    }
}
