package io.natter.protocol.json;

/// Shows received input in the reasons of refusals.
public final class ErrorText {
    private static final int LONGEST = 60;

    private ErrorText() {}

    /// One byte of input, as itself where it is printable ASCII.
    public static String show(byte b) {
        return b > ' ' && b < 0x7f
                ? "'" + (char) b + "'"
                : "0x" + Character.forDigit((b >> 4) & 15, 16) + Character.forDigit(b & 15, 16);
    }

    /// The text that begins at `at`, or "the end".
    public static String showAt(byte[] buffer, int at, int to) {
        return at < to ? show(buffer[at]) : "the end";
    }

    /// A text of the peer's, short enough for a log line.
    public static String clip(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
