package io.natter.protocol.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/// Writes strings as JSON, escaped as `JSON.stringify` does. A half of a surrogate pair is escaped
/// (ES2019).
public final class JsonWriter {
    private static final byte[] HEX = "0123456789abcdef".getBytes(ISO_8859_1);

    private JsonWriter() {}

    /// A comma, unless the container has just been opened with `open`.
    public static void separate(ByteBuilder json, char open) {
        if (json.array[json.size - 1] != open) {
            json.add(',');
        }
    }

    /// The text as a JSON string, quotes included.
    public static String quote(String text) {
        ByteBuilder json = new ByteBuilder(text.length() + 2);
        string(json, text);
        return new String(json.array, 0, json.size, UTF_8);
    }

    /// Writes a string.
    public static void string(ByteBuilder json, String text) {
        int n = text.length();
        json.reserve(n + 2);
        byte[] to = json.array;
        int at = json.size;
        to[at++] = '"';
        int i = 0;
        while (i < n) {
            char c = text.charAt(i);
            if (c >= 0x80 || c < 0x20 || c == '"' || c == '\\') {
                break;
            }
            to[at++] = (byte) c;
            i++;
        }
        json.size = at;
        if (i < n) {
            // At worst six bytes a character; the closing quote has its room already.
            json.extend(6 * (n - i));
            rest(json, text, i);
        }
        json.array[json.size++] = '"';
    }

    private static void rest(ByteBuilder json, String text, int from) {
        byte[] to = json.array;
        int at = json.size;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                if (c < 0x20 || c == '"' || c == '\\') {
                    at = escape(to, at, c);
                } else {
                    to[at++] = (byte) c;
                }
            } else if (c < 0x800) {
                to[at++] = (byte) (0xc0 | (c >> 6));
                to[at++] = (byte) (0x80 | (c & 0x3f));
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                int codePoint = Character.toCodePoint(c, text.charAt(++i));
                to[at++] = (byte) (0xf0 | (codePoint >> 18));
                to[at++] = (byte) (0x80 | ((codePoint >> 12) & 0x3f));
                to[at++] = (byte) (0x80 | ((codePoint >> 6) & 0x3f));
                to[at++] = (byte) (0x80 | (codePoint & 0x3f));
            } else if (Character.isSurrogate(c)) {
                at = escape(to, at, c);
            } else {
                to[at++] = (byte) (0xe0 | (c >> 12));
                to[at++] = (byte) (0x80 | ((c >> 6) & 0x3f));
                to[at++] = (byte) (0x80 | (c & 0x3f));
            }
        }
        json.size = at;
    }

    /// Writes a string of well-formed UTF-8.
    public static void string(ByteBuilder json, byte[] utf8, int from, int to) {
        json.add('"');
        int copied = from;
        for (int i = from; i < to; i++) {
            byte b = utf8[i];
            if (b == '"' || b == '\\' || (b >= 0 && b < ' ')) {
                json.add(utf8, copied, i);
                copied = i + 1;
                json.reserve(6);
                json.size = escape(json.array, json.size, (char) b);
            }
        }
        json.add(utf8, copied, to);
        json.add('"');
    }

    /// Writes an escaped character, at most six bytes.
    ///
    /// @return the place behind it
    private static int escape(byte[] to, int from, char c) {
        int at = from;
        to[at++] = '\\';
        char letter =
                switch (c) {
                    case '"', '\\' -> c;
                    case '\b' -> 'b';
                    case '\t' -> 't';
                    case '\n' -> 'n';
                    case '\f' -> 'f';
                    case '\r' -> 'r';
                    default -> 'u';
                };
        to[at++] = (byte) letter;
        if (letter == 'u') {
            for (int shift = 12; shift >= 0; shift -= 4) {
                to[at++] = HEX[(c >> shift) & 0xf];
            }
        }
        return at;
    }
}
