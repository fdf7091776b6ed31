package io.natter.postgres;

import java.util.concurrent.atomic.LongAdder;

/// The counters of an adapter since its start. Any thread.
public final class PostgresMetrics {
    final LongAdder published = new LongAdder();
    final LongAdder received = new LongAdder();
    final LongAdder dropped = new LongAdder();
    final LongAdder malformed = new LongAdder();
    final LongAdder attachmentsMissing = new LongAdder();
    final LongAdder timedOut = new LongAdder();
    final LongAdder reconnects = new LongAdder();

    PostgresMetrics() {}

    /// Messages that PostgreSQL has taken.
    public long published() {
        return published.sum();
    }

    /// Messages of other servers and of emitters.
    public long received() {
        return received.sum();
    }

    /// Messages that other servers did not get. The queue was full, PostgreSQL refused the message,
    /// the connection was lost before an answer, or the name of the namespace is too long.
    public long dropped() {
        return dropped.sum();
    }

    /// Messages that could not be read.
    public long malformed() {
        return malformed.sum();
    }

    /// Messages whose row of the attachment table was deleted before this server read it.
    public long attachmentsMissing() {
        return attachmentsMissing.sum();
    }

    /// Requests that not all servers answered in time.
    public long timedOut() {
        return timedOut.sum();
    }

    /// Connections that were opened again after one was lost.
    public long reconnects() {
        return reconnects.sum();
    }
}
