package io.natter.socketio.presence;

import java.time.Duration;

/// The time in which this server ran. While a process is frozen, other servers cannot be heard and
/// clients cannot come back. So that time does not count, neither for a timeout nor for a grace.
/// Under the lock of [PresenceState].
final class RunningTime {
    /// A pause up to this is part of the life of a busy server. Of a longer one no more counts, so
    /// that it alone exceeds no timeout: those are at least a second longer than the heartbeat.
    private static final long LONGEST_STEP = Duration.ofMillis(1100).toNanos();

    private long clock;
    private long now;

    RunningTime(long clock) {
        this.clock = clock;
    }

    /// Called at least once a second while the server runs.
    ///
    /// @param nanoTime the clock
    void advance(long nanoTime) {
        now += Math.min(nanoTime - clock, LONGEST_STEP);
        clock = nanoTime;
    }

    /// Nanoseconds from the start.
    long now() {
        return now;
    }
}
