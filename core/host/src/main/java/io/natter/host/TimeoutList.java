package io.natter.host;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Timeouts that are due one fixed duration after they were added, on one strand. Because the
/// duration is the same for all, the list is in order by itself. To add, remove or find the first
/// is a few pointer moves. One scheduled task serves any number of sessions.
///
/// Used by the engine and the layers above. On the strand only.
public final class TimeoutList {
    private static final RateLimitedLog LOGS = new RateLimitedLog(TimeoutList.class);

    private final Strand strand;
    private final long durationNanos;
    private @Nullable Timeout first;
    private @Nullable Timeout last;
    private boolean scheduled;

    /// An empty list.
    ///
    /// @param strand on which entries expire, and the only one that may touch them
    /// @param duration how long after it was added an entry is due
    public TimeoutList(Strand strand, Duration duration) {
        this.strand = strand;
        this.durationNanos = duration.toNanos();
    }

    /// Puts `entry`, wherever it was before, at the end: it is due in full duration from now.
    public void add(Timeout entry) {
        add(entry, strand.nanoTime() + durationNanos, durationNanos);
    }

    /// Like [#add(Timeout)], but the full duration counts from `start`, a time in the past. At
    /// least half of it is left. No entry may have an earlier start than the one before, and such a
    /// list is filled by this method only. Otherwise it is out of order.
    public void addSince(Timeout entry, long start) {
        long now = strand.nanoTime();
        long left = Math.max(start + durationNanos - now, durationNanos / 2);
        add(entry, now + left, left);
    }

    private void add(Timeout entry, long due, long delay) {
        entry.cancel();
        entry.list = this;
        entry.due = due;
        entry.previous = last;
        if (last == null) {
            first = entry;
        } else {
            last.next = entry;
        }
        last = entry;
        if (!scheduled) {
            schedule(delay);
        }
    }

    private void schedule(long delay) {
        scheduled = true;
        var ignored = strand.schedule(this::expire, delay);
    }

    private void expire() {
        scheduled = false;
        long now = strand.nanoTime();
        for (var entry = first; entry != null && entry.due - now <= 0; entry = first) {
            entry.cancel();
            try {
                entry.expired();
            } catch (Throwable e) {
                // The others behind it are due all the same.
                LOGS.failure("deadline", "what was to be done at a deadline failed", e);
            }
        }
        if (first != null && !scheduled) {
            schedule(first.due - now);
        }
    }

    private void remove(Timeout entry) {
        var before = entry.previous;
        var after = entry.next;
        if (before == null) {
            first = after;
        } else {
            before.next = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.previous = before;
        }
    }

    /// An entry with a deadline; in one list at a time, or in none.
    public abstract static class Timeout {
        private @Nullable TimeoutList list;
        private @Nullable Timeout previous;
        private @Nullable Timeout next;
        private long due;

        /// An entry that is in no list yet.
        protected Timeout() {}

        /// The time has come; the entry is in no list any more.
        protected abstract void expired();

        /// When it is due, or was, by the strand's clock.
        public final long due() {
            return due;
        }

        /// Leaves its list, if it is in one.
        public final void cancel() {
            if (list != null) {
                list.remove(this);
                list = null;
                previous = null;
                next = null;
            }
        }
    }
}
