package io.natter.chat.web;

import io.natter.chat.domain.ChatError;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// How fast one person may ask for things, over all of their sockets.
final class PersonLimits {
    /// What is limited.
    enum Kind {
        /// 5 messages a second after a burst of 10, and 60 a minute.
        MESSAGE,
        /// `hello`, `history`, `sync`: 10 a second after a burst of 20.
        LOOK,
        /// 10 a second after a burst of 20.
        READ,
        /// 1 in 3 seconds.
        TYPING
    }

    /// Who goes on asking at three times the highest rate for so long is cut off.
    private static final long WINDOW_MS = 10_000;

    private static final int MAX_IN_WINDOW = 3 * 10 * 10;

    private final Map<Kind, List<RateLimit>> limits = new EnumMap<>(Kind.class);
    private long windowStart;
    private int inWindow;
    private long lastUse;

    PersonLimits(long now) {
        limits.put(Kind.MESSAGE, List.of(new RateLimit(5, 10, now), new RateLimit(1, 60, now)));
        limits.put(Kind.LOOK, List.of(new RateLimit(10, 20, now)));
        limits.put(Kind.READ, List.of(new RateLimit(10, 20, now)));
        limits.put(Kind.TYPING, List.of(new RateLimit(1 / 3.0, 1, now)));
        windowStart = now;
        lastUse = now;
    }

    /// Counts one thing asked for.
    ///
    /// @return how long to wait first; zero when it may be had now
    synchronized Duration ask(Kind kind, long now) {
        lastUse = now;
        if (now - windowStart >= WINDOW_MS) {
            windowStart = now;
            inWindow = 0;
        }
        inWindow++;
        Duration wait = Duration.ZERO;
        List<RateLimit> buckets = limits.getOrDefault(kind, List.of());
        for (RateLimit bucket : buckets) {
            Duration each = bucket.waitFor(now);
            wait = each.compareTo(wait) > 0 ? each : wait;
        }
        if (wait.isZero()) {
            buckets.forEach(RateLimit::take);
        }
        return wait;
    }

    /// As [#ask], refusing with `rate` what must wait.
    ///
    /// @throws io.natter.chat.domain.ChatException with `rate`
    void require(Kind kind, long now) {
        Duration wait = ask(kind, now);
        if (!wait.isZero()) {
            throw ChatError.rate(wait).exception();
        }
    }

    /// Whether this person does not heed the refusals.
    synchronized boolean overrun() {
        return inWindow > MAX_IN_WINDOW;
    }

    synchronized boolean idleSince(long then) {
        return lastUse < then;
    }
}
