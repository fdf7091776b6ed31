package io.natter.protocol.json;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Locale;

/// Writes dates as JavaScript does.
public final class JsDate {
    /// The milliseconds that JavaScript's dates reach, before and after 1970.
    public static final long MAX_MILLIS = 8_640_000_000_000_000L;

    private JsDate() {}

    /// The JSON that `JSON.stringify` makes of a date: a string, or `null` beyond the range.
    ///
    /// @param millis the milliseconds since 1970
    public static String json(long millis) {
        if (millis > MAX_MILLIS || millis < -MAX_MILLIS) {
            return "null";
        }
        ZonedDateTime date = Instant.ofEpochMilli(millis).atZone(ZoneOffset.UTC);
        int year = date.getYear();
        String format = year >= 0 && year <= 9999 ? "%04d" : "%+07d";
        return String.format(
                Locale.ROOT,
                "\"" + format + "-%02d-%02dT%02d:%02d:%02d.%03dZ\"",
                year,
                date.getMonthValue(),
                date.getDayOfMonth(),
                date.getHour(),
                date.getMinute(),
                date.getSecond(),
                date.getNano() / 1_000_000);
    }
}
