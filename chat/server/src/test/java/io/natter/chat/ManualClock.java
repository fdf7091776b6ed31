package io.natter.chat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Stands still until it is told to go on. [#monotonic] goes on with it, but not back.
public final class ManualClock implements InstantSource {
    private volatile Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private volatile Instant monotonic = Instant.EPOCH;

    @Override
    public Instant instant() {
        return now;
    }

    public synchronized void advance(Duration by) {
        now = now.plus(by);
        monotonic = monotonic.plus(by);
    }

    /// Changes the time of day, as an operator does.
    public synchronized void set(Duration by) {
        now = now.plus(by);
    }

    /// The clock that no operator can change.
    public InstantSource monotonic() {
        return () -> monotonic;
    }
}
