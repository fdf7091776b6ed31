package io.natter.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Writes pieces of JSON.
final class JsonText {
    private JsonText() {}

    /// A comma, unless the container has just been opened with `open`.
    static void separate(Bytes json, char open) {
        if (json.array[json.size - 1] != open) {
            json.add(',');
        }
    }

    static void string(Bytes json, String text) {
        byte[] utf8 = text.getBytes(UTF_8);
        string(json, utf8, 0, utf8.length);
    }

    /// A string of well-formed UTF-8, escaped as `JSON.stringify` does.
    static void string(Bytes json, byte[] utf8, int from, int to) {
        json.add('"');
        int copied = from;
        for (int i = from; i < to; i++) {
            byte b = utf8[i];
            if (b == '"' || b == '\\' || (b >= 0 && b < ' ')) {
                json.add(utf8, copied, i);
                copied = i + 1;
                json.ascii(escape(b));
            }
        }
        json.add(utf8, copied, to);
        json.add('"');
    }

    private static String escape(byte b) {
        return switch (b) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> "\\u00" + Character.forDigit(b >> 4, 16) + Character.forDigit(b & 15, 16);
        };
    }
}
