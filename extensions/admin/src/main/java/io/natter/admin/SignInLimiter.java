package io.natter.admin;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Limits attempts to sign in: the failed ones of an address, and those at a time. Each takes a
/// good part of a second of a core. Any thread.
final class SignInLimiter {
    private static final int MAX_FAILURES = 10;
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MAX_ADDRESSES = 10_000;
    private static final int AT_A_TIME = 2;
    private static final long WAIT_SECONDS = 5;

    /// @param since in milliseconds
    private record Failures(long since, int count) {}

    enum Outcome {
        RIGHT,
        WRONG,
        TOO_MANY
    }

    private final InstantSource clock;
    private final Semaphore checks = new Semaphore(AT_A_TIME, true);
    private final Map<String, Failures> failures = new LinkedHashMap<>(); // under its own lock

    SignInLimiter(InstantSource clock) {
        this.clock = clock;
    }

    /// Makes an attempt, unless there were too many.
    Outcome attempt(String address, BooleanSupplier check) throws InterruptedException {
        if (failures(address).count() >= MAX_FAILURES
                || !checks.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
            return Outcome.TOO_MANY;
        }
        boolean right;
        try {
            right = check.getAsBoolean();
        } finally {
            checks.release();
        }
        if (!right) {
            failed(address);
        }
        return right ? Outcome.RIGHT : Outcome.WRONG;
    }

    private Failures failures(String address) {
        synchronized (failures) {
            var known = failures.get(address);
            return known == null || clock.millis() - known.since() >= WINDOW.toMillis()
                    ? new Failures(clock.millis(), 0)
                    : known;
        }
    }

    private void failed(String address) {
        synchronized (failures) {
            var before = failures(address);
            failures.remove(address);
            failures.put(address, new Failures(before.since(), before.count() + 1));
            if (failures.size() > MAX_ADDRESSES) {
                failures.remove(failures.keySet().iterator().next());
            }
        }
    }
}
