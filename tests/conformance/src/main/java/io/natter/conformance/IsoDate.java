package io.natter.conformance;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Dates as JavaScript writes them: always with three digits of milliseconds.
final class IsoDate {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private IsoDate() {}

    static String now() {
        return FORM.format(Instant.now());
    }
}
