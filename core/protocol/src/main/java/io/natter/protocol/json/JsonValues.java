package io.natter.protocol.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Finds values in well-formed JSON without reading them.
public final class JsonValues {
    private JsonValues() {}

    /// The first place from `at` that is no JSON white space.
    public static int skipSpace(byte[] json, int at, int to) {
        int i = at;
        while (i < to
                && (json[i] == ' ' || json[i] == '\n' || json[i] == '\r' || json[i] == '\t')) {
            i++;
        }
        return i;
    }

    /// The place behind the value that begins at `at`, inside an array or an object.
    public static int skip(byte[] json, int at) {
        int i = at;
        int depth = 0;
        while (true) {
            switch (json[i]) {
                case '"' -> {
                    i = JsonStrings.endOfString(json, i);
                    if (depth == 0) {
                        return i;
                    }
                    continue;
                }
                case '[', '{' -> depth++;
                case ']', '}' -> {
                    if (depth == 0) {
                        return i;
                    }
                    if (--depth == 0) {
                        return i + 1;
                    }
                }
                case ',', ' ', '\t', '\n', '\r', ':' -> {
                    if (depth == 0) {
                        return i;
                    }
                }
                default -> {}
            }
            i++;
        }
    }

    /// The elements of an array: start and end of each, `end` exclusive.
    public static int[] elements(byte[] json, int from, int to) {
        int end = to - 1;
        while (json[end] != ']') {
            end--;
        }
        int[] found = new int[8];
        int n = 0;
        int at = skipSpace(json, skipSpace(json, from, end) + 1, end);
        while (at < end) {
            int start = at;
            at = skip(json, at);
            if (n == found.length) {
                found = Arrays.copyOf(found, n * 2);
            }
            found[n++] = start;
            found[n++] = at;
            at = next(json, at, end);
        }
        return Arrays.copyOf(found, n);
    }

    /// The value of a member of an object: its start and its end, `end` exclusive; of several with
    /// one name the last. Null where there is none, or no object.
    public static int @Nullable [] member(byte[] json, int from, int to, String name) {
        byte[] wanted = name.getBytes(UTF_8);
        int at = skipSpace(json, from, to);
        if (at >= to || json[at] != '{') {
            return null;
        }
        int[] found = null;
        at = skipSpace(json, at + 1, to);
        while (json[at] != '}') {
            int key = at;
            at = JsonStrings.endOfString(json, at);
            boolean is = isString(json, key, at, wanted);
            int value = skipSpace(json, skipSpace(json, at, to) + 1, to);
            at = skip(json, value);
            if (is) {
                found = new int[] {value, at};
            }
            at = next(json, at, to);
        }
        return found;
    }

    /// The place of what comes behind a value: the next element or key, or the closing bracket.
    public static int next(byte[] json, int at, int to) {
        int i = skipSpace(json, at, to);
        return i < to && json[i] == ',' ? skipSpace(json, i + 1, to) : i;
    }

    /// Whether the string from `from` to `to`, quotes included, stands for the UTF-8 `wanted`.
    static boolean isString(byte[] json, int from, int to, byte[] wanted) {
        for (int i = from + 1; i < to - 1; i++) {
            if (json[i] == '\\') {
                String text = new String(json, from + 1, to - from - 2, UTF_8);
                return JsonStrings.unescape(text).equals(new String(wanted, UTF_8));
            }
        }
        return Arrays.equals(json, from + 1, to - 1, wanted, 0, wanted.length);
    }

    /// The small whole number that is written at this place in digits alone, else -1.
    public static int index(byte[] json, int from, int to) {
        if (to - from > 6) {
            return -1;
        }
        int index = 0;
        for (int i = from; i < to; i++) {
            if (json[i] < '0' || json[i] > '9') {
                return -1;
            }
            index = index * 10 + json[i] - '0';
        }
        return index;
    }

    /// The text of the string at this place. Null if there is no string, or one that has other
    /// characters than printable ASCII.
    public static @Nullable String plainText(byte[] json, int from, int to) {
        int last = to - 1;
        if (last <= from || json[from] != '"' || json[last] != '"') {
            return null;
        }
        return JsonStrings.end(json, from + 1, last) < last
                ? null
                : new String(json, from + 1, last - from - 1, ISO_8859_1);
    }
}
