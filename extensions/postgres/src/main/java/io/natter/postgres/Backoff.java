package io.natter.postgres;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// Growing pauses between attempts to connect: 100 ms, doubled up to 5 s. Each varies by half, so
/// that the servers of a cluster do not come back at the same moment. For one thread.
final class Backoff {
    private static final long FIRST_MILLIS = 100;
    private static final long MAX_MILLIS = 5_000;

    private long next = FIRST_MILLIS;

    /// The next pause.
    Duration next() {
        long millis = ThreadLocalRandom.current().nextLong(next / 2, next * 3 / 2);
        next = Math.min(MAX_MILLIS, next * 2);
        return Duration.ofMillis(millis);
    }

    /// An attempt has succeeded.
    void reset() {
        next = FIRST_MILLIS;
    }
}
