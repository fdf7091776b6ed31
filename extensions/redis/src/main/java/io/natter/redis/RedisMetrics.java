package io.natter.redis;

import io.natter.socketio.adapter.AdapterMetrics;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/// The counters of an adapter since its start. Any thread.
public final class RedisMetrics implements AdapterMetrics {
    final LongAdder published = new LongAdder();
    final LongAdder received = new LongAdder();
    final LongAdder dropped = new LongAdder();
    final LongAdder malformed = new LongAdder();
    final LongAdder timedOut = new LongAdder();

    private volatile LongSupplier waiting = () -> 0;
    private volatile BooleanSupplier connected = () -> true;

    RedisMetrics() {}

    /// Asks the connections of the adapter from now on.
    void ask(LongSupplier waitingBytes, BooleanSupplier isConnected) {
        waiting = waitingBytes;
        connected = isConnected;
    }

    /// Messages that were given to Redis.
    @Override
    public long published() {
        return published.sum();
    }

    /// Messages of other servers.
    @Override
    public long received() {
        return received.sum();
    }

    /// Messages that other servers did not get, because Redis was away or too slow.
    @Override
    public long dropped() {
        return dropped.sum();
    }

    /// Messages that could not be read.
    @Override
    public long malformed() {
        return malformed.sum();
    }

    /// Requests that not all servers answered in time.
    @Override
    public long timedOut() {
        return timedOut.sum();
    }

    /// Bytes of messages that wait for Redis at the moment.
    @Override
    public long waitingBytes() {
        return waiting.getAsLong();
    }

    /// Whether Redis can be reached at the moment.
    @Override
    public boolean isConnected() {
        return connected.getAsBoolean();
    }
}
