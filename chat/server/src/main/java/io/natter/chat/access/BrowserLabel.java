package io.natter.chat.access;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Names a browser for its user, as in `Firefox on Linux`, from the `User-Agent` header.
public final class BrowserLabel {
    /// A word of the header and its meaning. The first that fits counts: most browsers name others
    /// too.
    private static final List<String[]> BROWSERS =
            List.of(
                    new String[] {"Edg/", "Edge"},
                    new String[] {"OPR/", "Opera"},
                    new String[] {"SamsungBrowser/", "Samsung Internet"},
                    new String[] {"Firefox/", "Firefox"},
                    new String[] {"FxiOS/", "Firefox"},
                    new String[] {"Chrome/", "Chrome"},
                    new String[] {"CriOS/", "Chrome"},
                    new String[] {"Safari/", "Safari"});

    private static final List<String[]> SYSTEMS =
            List.of(
                    new String[] {"iPhone", "iPhone"},
                    new String[] {"iPad", "iPad"},
                    new String[] {"Android", "Android"},
                    new String[] {"Windows", "Windows"},
                    new String[] {"Mac OS X", "macOS"},
                    new String[] {"CrOS", "ChromeOS"},
                    new String[] {"Linux", "Linux"});

    private BrowserLabel() {}

    /// The name of the browser that sent a header.
    ///
    /// @param header null for none
    public static String of(@Nullable String header) {
        String agent = header == null ? "" : header;
        String browser = find(BROWSERS, agent, "A program");
        String system = find(SYSTEMS, agent, "");
        return system.isEmpty() ? browser : browser + " on " + system;
    }

    private static String find(List<String[]> table, String agent, String otherwise) {
        return table.stream()
                .filter(row -> agent.contains(row[0]))
                .map(row -> row[1])
                .findFirst()
                .orElse(otherwise);
    }
}
