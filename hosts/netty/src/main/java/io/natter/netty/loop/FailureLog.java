package io.natter.netty.loop;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/// Logs failures that must not flood the log: one every ten seconds, with the number of the others.
/// Throws nothing: the failure may be that memory is short, and logging takes memory. Any thread.
public final class FailureLog {
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Logger log;
    private final LongSupplier nanoTime;
    private final AtomicLong next;
    private final AtomicLong skipped = new AtomicLong();

    public FailureLog(Logger log) {
        this(log, System::nanoTime);
    }

    FailureLog(Logger log, LongSupplier nanoTime) {
        this.log = log;
        this.nanoTime = nanoTime;
        this.next = new AtomicLong(nanoTime.getAsLong());
    }

    /// Logs a failure, or counts it for the next line.
    ///
    /// @param what says what failed and what becomes of it
    public void report(String what, Throwable cause) {
        try {
            long now = nanoTime.getAsLong();
            long due = next.get();
            if (now - due < 0 || !next.compareAndSet(due, now + INTERVAL_NANOS)) {
                skipped.incrementAndGet();
                return;
            }
            long more = skipped.getAndSet(0);
            if (more == 0) {
                log.error(what, cause);
            } else {
                log.error("{} ({} more failures since the last such line)", what, more, cause);
            }
        } catch (Throwable ignored) {
            // Counted elsewhere; to throw would cost more than the line is worth.
        }
    }
}
