package io.natter.chat.web;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/// Says once a day, from three o'clock at night on, that it is time for long work. For one thread.
final class NightlyJob {
    private static final int HOUR = 3;

    private final InstantSource clock;
    private final ZoneId zone;
    private LocalDate last = LocalDate.MIN;

    NightlyJob(InstantSource clock, ZoneId zone) {
        this.clock = clock;
        this.zone = zone;
    }

    /// Whether the work of this day is due. True only once.
    boolean due() {
        ZonedDateTime now = clock.instant().atZone(zone);
        LocalDate today = now.toLocalDate();
        if (now.getHour() < HOUR || today.equals(last)) {
            return false;
        }
        last = today;
        return true;
    }
}
