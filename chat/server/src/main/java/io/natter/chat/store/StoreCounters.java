package io.natter.chat.store;

import java.util.concurrent.atomic.LongAdder;

/// The counters of the store since it was opened. Any thread may read.
public final class StoreCounters {
    final LongAdder commits = new LongAdder();
    final LongAdder writes = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder busy = new LongAdder();
    final LongAdder listenerErrors = new LongAdder();

    StoreCounters() {}

    /// Commits that reached the disk.
    public long commits() {
        return commits.sum();
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
