package io.natter.chat.log;

/// Text for the log that may come from a client: shortened, and without anything that could forge a
/// line or talk to a terminal.
public final class SafeText {
    /// UTF-16 units of one message.
    static final int MAX = 1000;

    private SafeText() {}

    /// The text on one line, its controls written as `\u001b`.
    public static String line(String text) {
        return escape(text, MAX, false);
    }

    /// As [#line], keeping line breaks and tabs: for stack traces.
    static String lines(String text, int max) {
        return escape(text, max, true);
    }

    private static String escape(String text, int max, boolean lines) {
        int end = Math.min(text.length(), max);
        StringBuilder safe = new StringBuilder(end + 16);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if ((lines && (c == '\n' || c == '\t')) || !isControl(c)) {
                safe.append(c);
            } else {
                safe.append("\\u%04x".formatted((int) c));
            }
        }
        return end == text.length()
                ? safe.toString()
                : safe.append("… (%d more)".formatted(text.length() - end)).toString();
    }

    /// Controls, format characters (which turn the text), line separators, halves of surrogate
    /// pairs are left to the encoder.
    private static boolean isControl(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    true;
            default -> false;
        };
    }
}
