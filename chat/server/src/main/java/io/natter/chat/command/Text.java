package io.natter.chat.command;

import io.natter.chat.log.SafeText;
import io.natter.chat.store.archive.OpenDatabase;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// How commands write numbers, times and names.
final class Text {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private Text() {}

    static String time(long millis) {
        return TIME.withZone(ZoneId.systemDefault()).format(Instant.ofEpochMilli(millis));
    }

    /// The text without what a terminal would obey.
    static String name(String text) {
        return SafeText.line(text);
    }

    static String count(long number, String one, String many) {
        return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : many);
    }

    static String contents(OpenDatabase.Contents contents) {
        return "%s of %s in %s"
                .formatted(
                        count(contents.messages(), "message", "messages"),
                        count(contents.people(), "person", "people"),
                        count(contents.rooms(), "room", "rooms"));
    }

    static String bytes(long bytes) {
        if (bytes < 1 << 20) {
            return "%d KiB".formatted(bytes >> 10);
        }
        return bytes < 1 << 30
                ? "%d MiB".formatted(bytes >> 20)
                : String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1 << 30));
    }
}
