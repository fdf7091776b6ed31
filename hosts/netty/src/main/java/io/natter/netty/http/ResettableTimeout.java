package io.natter.netty.http;

import io.natter.netty.loop.EventLoopStrand;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A timeout for one step at a time. Every request moves it further away. That needs no new timer:
/// the one that runs checks the time when it fires. On the strand.
final class ResettableTimeout {
    private final Runnable expired;
    private @Nullable EventLoopStrand strand;
    private @Nullable Runnable cancel;
    private boolean set;
    private long at;
    private long timerAt;

    ResettableTimeout(Runnable expired) {
        this.expired = expired;
    }

    void set(EventLoopStrand on, Duration in) {
        strand = on;
        set = true;
        at = on.nanoTime() + in.toNanos();
        var stop = cancel;
        if (stop != null && timerAt - at > 0) {
            stop.run();
            stop = null;
        }
        if (stop == null) {
            start(on, in.toNanos());
        }
    }

    private void start(EventLoopStrand on, long nanos) {
        timerAt = on.nanoTime() + nanos;
        cancel = on.schedule(this::fire, nanos);
    }

    private void fire() {
        cancel = null;
        var on = strand;
        if (!set || on == null) {
            return;
        }
        long left = at - on.nanoTime();
        if (left > 0) {
            start(on, left);
        } else {
            set = false;
            expired.run();
        }
    }

    /// Nothing is waited for; a timer that runs is left to run out.
    void clear() {
        set = false;
    }

    /// Nothing will be waited for again.
    void end() {
        set = false;
        var stop = cancel;
        cancel = null;
        if (stop != null) {
            stop.run();
        }
    }
}
