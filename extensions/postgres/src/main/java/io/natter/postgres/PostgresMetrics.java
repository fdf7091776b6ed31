package io.natter.postgres;

import io.natter.socketio.adapter.AdapterMetrics;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/// The counters of an adapter since its start. Any thread.
public final class PostgresMetrics implements AdapterMetrics {
    final LongAdder published = new LongAdder();
    final LongAdder received = new LongAdder();
    final LongAdder dropped = new LongAdder();
    final LongAdder malformed = new LongAdder();
    final LongAdder attachmentsMissing = new LongAdder();
    final LongAdder timedOut = new LongAdder();
    final LongAdder reconnects = new LongAdder();

    private volatile LongSupplier waiting = () -> 0;
    private volatile BooleanSupplier connected = () -> true;

    PostgresMetrics() {}

    /// Asks the connections of the adapter from now on.
    void ask(LongSupplier waitingBytes, BooleanSupplier isConnected) {
        waiting = waitingBytes;
        connected = isConnected;
    }

    /// Messages that PostgreSQL has taken.
    @Override
    public long published() {
        return published.sum();
    }

    /// Messages of other servers and of emitters.
    @Override
    public long received() {
        return received.sum();
    }

    /// Messages that other servers did not get. The queue was full, PostgreSQL refused the message,
    /// the connection was lost before an answer, or the name of the namespace is too long.
    @Override
    public long dropped() {
        return dropped.sum();
    }

    /// Messages that could not be read.
    @Override
    public long malformed() {
        return malformed.sum();
    }

    /// Messages whose row of the attachment table was deleted before this server read it, or may
    /// not be read by its role.
    public long attachmentsMissing() {
        return attachmentsMissing.sum();
    }

    /// Requests that not all servers answered in time.
    @Override
    public long timedOut() {
        return timedOut.sum();
    }

    /// Connections that were opened again after one was lost.
    public long reconnects() {
        return reconnects.sum();
    }

    /// Bytes of messages that wait for PostgreSQL at the moment.
    @Override
    public long waitingBytes() {
        return waiting.getAsLong();
    }

    /// Whether PostgreSQL can be reached at the moment.
    @Override
    public boolean isConnected() {
        return connected.getAsBoolean();
    }
}
