package io.natter.chat.access;

import java.time.Instant;
import java.time.InstantSource;

/// Counts from an arbitrary moment and always forwards, however the time of day is set: for limits
/// and waiting times.
public final class MonotonicClock implements InstantSource {
    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
    }

    @Override
    public long millis() {
        return System.nanoTime() / 1_000_000;
    }
}
