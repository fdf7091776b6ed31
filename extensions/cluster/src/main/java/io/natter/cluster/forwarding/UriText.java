package io.natter.cluster.forwarding;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Writes a path and a query of any client so that they are a URI (RFC 3986), with the same
/// meaning.
final class UriText {
    private static final String UNRESERVED = "-._~";
    private static final String PATH = UNRESERVED + "!$&'()*+,;=:@/";
    private static final String QUERY = PATH + "?";

    private UriText() {}

    /// A decoded path.
    static String path(String decoded) {
        return encoded(decoded, PATH, false);
    }

    /// A query as the client has sent it. A `%` that begins no code stands for itself.
    static String query(String raw) {
        return encoded(raw, QUERY, true);
    }

    private static String encoded(String text, String allowed, boolean codes) {
        StringBuilder changed = null;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            int width = Character.charCount(c);
            boolean plain =
                    (c < 128 && (Character.isLetterOrDigit(c) || allowed.indexOf(c) >= 0))
                            || (codes && c == '%' && isCode(text, i));
            if (!plain && changed == null) {
                changed = new StringBuilder(text.length() + 16).append(text, 0, i);
            }
            if (changed != null) {
                if (plain) {
                    changed.appendCodePoint(c);
                } else {
                    for (byte b : Character.toString(c).getBytes(UTF_8)) {
                        changed.append('%').append(digit(b >> 4)).append(digit(b));
                    }
                }
            }
            i += width;
        }
        return changed == null ? text : changed.toString();
    }

    private static boolean isCode(String text, int at) {
        return at + 2 < text.length()
                && Character.digit(text.charAt(at + 1), 16) >= 0
                && Character.digit(text.charAt(at + 2), 16) >= 0;
    }

    private static char digit(int value) {
        return Character.toUpperCase(Character.forDigit(value & 15, 16));
    }
}
