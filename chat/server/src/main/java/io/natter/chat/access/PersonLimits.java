package io.natter.chat.access;

import io.natter.chat.domain.ChatError;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// How fast one person may ask for things, over all of their sockets.
public final class PersonLimits {
    /// The kinds of requests that are limited.
    public enum Kind {
        /// Messages and changes to them: 5 a second after a burst of 10, and 60 a minute.
        MESSAGE,
        /// Requests that only read, and `hello`: 10 a second after a burst of 20.
        LOOK,
        /// 10 a second after a burst of 20.
        READ,
        /// 5 a second after a burst of 10.
        REACT,
        /// Changes of rooms and memberships: 1 a second after a burst of 10.
        ROOM,
        /// 1 in 3 seconds.
        TYPING,
        /// Uploads: 20 in 10 minutes.
        FILE
    }

    /// A person who exceeds three times the highest rate for so long is disconnected.
    public static final Duration WINDOW = Duration.ofSeconds(10);

    private static final long WINDOW_MS = WINDOW.toMillis();

    private static final int MAX_IN_WINDOW = 3 * 10 * 10;

    private final InstantSource clock;
    private final Map<Kind, List<RateLimit>> limits = new EnumMap<>(Kind.class);
    private long windowStart;
    private int inWindow;
    private long lastUse;

    public PersonLimits(InstantSource clock) {
        this.clock = clock;
        long now = clock.millis();
        limits.put(Kind.MESSAGE, List.of(new RateLimit(5, 10, now), new RateLimit(1, 60, now)));
        limits.put(Kind.LOOK, List.of(new RateLimit(10, 20, now)));
        limits.put(Kind.READ, List.of(new RateLimit(10, 20, now)));
        limits.put(Kind.REACT, List.of(new RateLimit(5, 10, now)));
        limits.put(Kind.ROOM, List.of(new RateLimit(1, 10, now)));
        limits.put(Kind.TYPING, List.of(new RateLimit(1 / 3.0, 1, now)));
        limits.put(Kind.FILE, List.of(new RateLimit(20 / 600.0, 20, now)));
        windowStart = now;
        lastUse = now;
    }

    /// Counts an event that came, of any name and form.
    ///
    /// @return whether there are so many that this person does not heed the refusals
    public synchronized boolean overrun() {
        long now = clock.millis();
        lastUse = now;
        if (now - windowStart >= WINDOW_MS) {
            windowStart = now;
            inWindow = 0;
        }
        inWindow++;
        return inWindow > MAX_IN_WINDOW;
    }

    /// Takes one thing asked for, if it may be had.
    ///
    /// @return how long to wait first; zero when it may be had now
    public synchronized Duration ask(Kind kind) {
        long now = clock.millis();
        lastUse = now;
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
    public void require(Kind kind) {
        Duration wait = ask(kind);
        if (!wait.isZero()) {
            throw ChatError.rate(wait).exception();
        }
    }

    public synchronized boolean idleSince(long then) {
        return lastUse < then;
    }
}
