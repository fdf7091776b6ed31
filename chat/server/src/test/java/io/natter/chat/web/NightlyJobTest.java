package io.natter.chat.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.ManualClock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class NightlyJobTest {
    private final ManualClock clock = new ManualClock(); // at noon
    private final NightlyJob job = new NightlyJob(clock, ZoneOffset.UTC);

    @Test
    void isDueOnceADayFromThreeOClockOn() {
        assertThat(job.due()).as("after a start by day").isTrue();
        assertThat(job.due()).isFalse();
        clock.advance(Duration.ofHours(14).plusMinutes(59));
        assertThat(job.due()).as("at 02:59").isFalse();
        clock.advance(Duration.ofMinutes(1));
        assertThat(job.due()).as("at 03:00").isTrue();
        clock.advance(Duration.ofHours(20));
        assertThat(job.due()).as("the same day at 23:00").isFalse();
    }
}
