package io.natter.chat.store;

import java.util.concurrent.atomic.LongAdder;

/// The counters of the store since it was opened. Any thread may read.
public final class StoreCounters {
    final LongAdder commits = new LongAdder();
    final LongAdder writes = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder commitNanos = new LongAdder();
    final LongAdder uploads = new LongAdder();
    final LongAdder uploadedBytes = new LongAdder();
    final LongAdder uploadsRefused = new LongAdder();
    final LongAdder busy = new LongAdder();
    final LongAdder listenerErrors = new LongAdder();

    StoreCounters() {}

    /// Commits that reached the disk.
    public long commits() {
        return commits.sum();
    }

    /// The time that the batches of those commits took, in nanoseconds.
    public long commitNanos() {
        return commitNanos.sum();
    }

    /// Files that arrived as a whole.
    public long uploads() {
        return uploads.sum();
    }

    /// The bytes of those files.
    public long uploadedBytes() {
        return uploadedBytes.sum();
    }

    /// Parts of files that were refused.
    public long uploadsRefused() {
        return uploadsRefused.sum();
    }

    /// Writes in those commits.
    public long writes() {
        return writes.sum();
    }

    /// Writes answered `storage` or `internal`.
    public long failed() {
        return failed.sum();
    }

    /// Writes answered `busy`.
    public long busy() {
        return busy.sum();
    }

    /// Times the listener of committed changes threw.
    public long listenerErrors() {
        return listenerErrors.sum();
    }
}
