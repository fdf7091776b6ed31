package io.natter.socketio;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.natter.protocol.JsonRun;
import io.natter.protocol.Payload;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes and reads what most events carry, strings and small values, without a generator or a
/// parser, whose buffers and contexts cost more than the work. Whatever else there is it leaves to
/// Jackson. A half of a surrogate pair is escaped, as well-formed `JSON.stringify` does (ES2019).
final class SimpleJson {
    private static final byte[] HEX = "0123456789abcdef".getBytes(ISO_8859_1);

    private byte[] out;
    private int size;

    private SimpleJson(int room) {
        out = new byte[room];
    }

    /// The values as a JSON array, or null if one of them is not simple.
    static @Nullable Payload array(@Nullable Object[] values) {
        int room = 2;
        for (Object value : values) {
            switch (value) {
                case String text -> room += text.length() + 3;
                case Integer _, Boolean _ -> room += 12;
                case Long _ -> room += 21;
                case null -> room += 5;
                default -> {
                    return null;
                }
            }
        }
        var json = new SimpleJson(room);
        json.out[json.size++] = '[';
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                json.out[json.size++] = ',';
            }
            if (values[i] instanceof String text) {
                json.string(text);
            } else {
                json.plain(String.valueOf(values[i]));
            }
        }
        json.out[json.size++] = ']';
        return new Payload(json.out, 0, json.size, List.of());
    }

    @SuppressWarnings("deprecation") // copies the low bytes, and these are ASCII
    private void plain(String ascii) {
        ascii.getBytes(0, ascii.length(), out, size);
        size += ascii.length();
    }

    private void string(String text) {
        out[size++] = '"';
        int n = text.length();
        int i = 0;
        byte[] to = out;
        int at = size;
        while (i < n) {
            char c = text.charAt(i);
            if (c >= 0x80 || c < 0x20 || c == '"' || c == '\\') {
                break;
            }
            to[at++] = (byte) c;
            i++;
        }
        size = at;
        if (i < n) {
            // At worst six bytes a character; what else there is has its room already.
            out = Arrays.copyOf(out, out.length + 6 * (n - i));
            rest(text, i);
        }
        out[size++] = '"';
    }

    private void rest(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out[size++] = '\\';
                out[size++] = (byte) c;
            } else if (c < 0x20) {
                control(c);
            } else if (c < 0x80) {
                out[size++] = (byte) c;
            } else if (c < 0x800) {
                out[size++] = (byte) (0xc0 | (c >> 6));
                out[size++] = (byte) (0x80 | (c & 0x3f));
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                pair(Character.toCodePoint(c, text.charAt(++i)));
            } else if (Character.isSurrogate(c)) {
                escaped(c);
            } else {
                out[size++] = (byte) (0xe0 | (c >> 12));
                out[size++] = (byte) (0x80 | ((c >> 6) & 0x3f));
                out[size++] = (byte) (0x80 | (c & 0x3f));
            }
        }
    }

    private void pair(int codePoint) {
        out[size++] = (byte) (0xf0 | (codePoint >> 18));
        out[size++] = (byte) (0x80 | ((codePoint >> 12) & 0x3f));
        out[size++] = (byte) (0x80 | ((codePoint >> 6) & 0x3f));
        out[size++] = (byte) (0x80 | (codePoint & 0x3f));
    }

    private void control(char c) {
        char letter =
                switch (c) {
                    case '\b' -> 'b';
                    case '\t' -> 't';
                    case '\n' -> 'n';
                    case '\f' -> 'f';
                    case '\r' -> 'r';
                    default -> 0;
                };
        if (letter == 0) {
            escaped(c);
        } else {
            out[size++] = '\\';
            out[size++] = (byte) letter;
        }
    }

    private void escaped(char c) {
        out[size++] = '\\';
        out[size++] = 'u';
        for (int shift = 12; shift >= 0; shift -= 4) {
            out[size++] = HEX[(c >> shift) & 0xf];
        }
    }

    /// The string that `value` is, or null if it is none, or has something in it that must be
    /// decoded.
    static @Nullable String string(Payload value) {
        byte[] in = value.buffer();
        int from = value.from() + 1;
        int last = value.from() + value.length() - 1;
        if (last < from || in[from - 1] != '"' || in[last] != '"') {
            return null;
        }
        if (JsonRun.end(in, from, last) < last) {
            return null;
        }
        return new String(in, from, last - from, ISO_8859_1);
    }
}
