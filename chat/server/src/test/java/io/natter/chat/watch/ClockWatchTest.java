package io.natter.chat.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.CapturedLog;
import io.natter.chat.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClockWatchTest {
    private final ManualClock clock = new ManualClock();
    private final ClockWatch watch = new ClockWatch(clock, clock.monotonic());

    @Test
    void timeThatPassesIsNoJump() {
        clock.advance(Duration.ofDays(400));
        assertThat(watch.steady()).isTrue();
        watch.compare();
        assertThat(watch.steady()).isTrue();
    }

    @Test
    void aSmallCorrectionIsNoJump() {
        clock.set(Duration.ofMinutes(9));
        watch.compare();
        assertThat(watch.steady()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {-365, -1, 1, 365})
    void afterAJumpNothingIsTrustedForADay(int days) {
        clock.set(Duration.ofDays(days));
        assertThat(watch.steady()).as("also before the clocks are compared").isFalse();
        try (CapturedLog log = new CapturedLog()) {
            watch.compare();
            watch.compare();
            assertThat(log.lines()).hasSize(1);
            assertThat(log.lines().getFirst())
                    .contains(days > 0 ? "forward" : "back")
                    .contains(Math.abs(days) * 24L * 60 + " minutes");
        }
        clock.advance(ClockWatch.CAUTION.minusMillis(1));
        assertThat(watch.steady()).isFalse();
        clock.advance(Duration.ofMillis(1));
        assertThat(watch.steady()).isTrue();
    }
}
