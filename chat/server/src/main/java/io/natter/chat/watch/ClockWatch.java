package io.natter.chat.watch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notices that the clock of the machine was set, by a clock that only runs forward. For a day
/// after that, nothing is to be deleted by its age: the new time may be wrong, and a deletion
/// cannot be undone. One thread calls [#compare], any thread [#steady].
public final class ClockWatch {
    private static final Logger log = LoggerFactory.getLogger(ClockWatch.class);

    /// A larger change is no correction of the usual kind.
    public static final Duration JUMP = Duration.ofMinutes(10);

    /// So long after a change nothing is deleted by age.
    public static final Duration CAUTION = Duration.ofDays(1);

    /// No chat was written before. A machine without a battery begins in 1970 or so.
    private static final Instant EARLIEST = Instant.parse("2020-01-01T00:00:00Z");

    private final InstantSource clock;
    private final InstantSource monotonic;
    private long difference;

    /// The end of the caution, by the monotonic clock.
    private volatile long cautiousUntil = Long.MIN_VALUE;

    /// @param clock the time of day
    /// @param monotonic a clock that only runs forward
    public ClockWatch(InstantSource clock, InstantSource monotonic) {
        this.clock = clock;
        this.monotonic = monotonic;
        this.difference = clock.millis() - monotonic.millis();
    }

    /// Whether a clock was set at all.
    public static boolean isSet(InstantSource clock) {
        return !clock.instant().isBefore(EARLIEST);
    }

    /// Compares the clocks. Call it every few seconds.
    public void compare() {
        long now = clock.millis() - monotonic.millis();
        long jump = now - difference;
        difference = now;
        if (Math.abs(jump) >= JUMP.toMillis()) {
            cautiousUntil = monotonic.millis() + CAUTION.toMillis();
            log.warn(
                    "The clock of this machine was set {} by {} minutes. Until it has run for a day,"
                            + " nothing is deleted by age. Check the time of the machine.",
                    jump > 0 ? "forward" : "back",
                    Math.abs(jump) / 60_000);
        }
    }

    /// Whether the age of data may be trusted.
    public boolean steady() {
        compareQuietly();
        return monotonic.millis() >= cautiousUntil;
    }

    private void compareQuietly() {
        if (Math.abs(clock.millis() - monotonic.millis() - difference) >= JUMP.toMillis()) {
            cautiousUntil = monotonic.millis() + CAUTION.toMillis();
        }
    }
}
