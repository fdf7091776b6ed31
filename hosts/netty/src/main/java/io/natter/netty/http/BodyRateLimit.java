package io.natter.netty.http;

import io.natter.host.HttpLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Judges whether a body comes fast enough. During [HttpLimits#bodyTimeout] any speed is allowed,
/// so a short pause of a phone has no effect. Afterwards each [#WINDOW] must bring the bytes that
/// [HttpLimits#minBodyRate] asks for. One thread.
final class BodyRateLimit {
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final double NANOS = 1e9;

    private final HttpLimits rules;
    private long began;
    private long windowBegan;
    private long bytes;

    BodyRateLimit(HttpLimits rules) {
        this.rules = rules;
    }

    /// A body begins at `now`, in nanoseconds.
    ///
    /// @return how long from now it is to be judged
    Duration begin(long now) {
        began = now;
        windowBegan = now;
        bytes = 0;
        return rules.bodyTimeout();
    }

    /// Some of the body came.
    void came(int count) {
        bytes += count;
    }

    /// Judges the body at `now`.
    ///
    /// @param heldBack whether it was the server that took no more of it
    /// @return how long from now it is to be judged again; null where it is too slow or too long
    @Nullable Duration judge(long now, boolean heldBack) {
        double seconds = (now - windowBegan) / NANOS;
        long left = rules.maxBodyTime().toNanos() - (now - began);
        if (left <= 0 || (!heldBack && bytes < seconds * rules.minBodyRate())) {
            return null;
        }
        windowBegan = now;
        bytes = 0;
        return Duration.ofNanos(Math.min(left, WINDOW.toNanos()));
    }
}
