package io.natter.socketio;

import io.natter.protocol.JsonRun;
import io.natter.protocol.Payload;
import java.util.Arrays;

/// Finds the elements of a JSON array without reading them. The array is well-formed: the parser
/// has seen it.
final class JsonArray {
    private JsonArray() {}

    /// Where the elements are: start and end of each, `end` exclusive, in the payload's buffer.
    static int[] elements(Payload array) {
        byte[] b = array.buffer();
        int end = array.to() - 1;
        while (b[end] != ']') {
            end--;
        }
        int at = skipSpace(b, array.from());
        int[] found = new int[8];
        int n = 0;
        at = skipSpace(b, at + 1);
        while (at < end) {
            int start = at;
            at = skipValue(b, at);
            if (n == found.length) {
                found = Arrays.copyOf(found, n * 2);
            }
            found[n++] = start;
            found[n++] = at;
            at = skipSpace(b, at);
            if (b[at] == ',') {
                at = skipSpace(b, at + 1);
            }
        }
        return Arrays.copyOf(found, n);
    }

    /// The number in `{"_placeholder":true,"num":n}` that starts at `at`, its keys in either order,
    /// or -1 where something else stands.
    static int placeholder(byte[] b, int at, int end) {
        boolean marked = false;
        int num = -1;
        at = skipSpace(b, at + 1);
        while (at < end && b[at] == '"') {
            int keyStart = at;
            at = skipValue(b, at);
            int keyLength = at - keyStart;
            at = skipSpace(b, skipSpace(b, at) + 1);
            int valueStart = at;
            at = skipValue(b, at);
            if (keyLength == 14 && matches(b, keyStart, "\"_placeholder\"")) {
                marked = matches(b, valueStart, "true");
            } else if (keyLength == 5 && matches(b, keyStart, "\"num\"")) {
                num = smallNumber(b, valueStart, at);
            } else {
                return -1;
            }
            at = skipSpace(b, at);
            if (b[at] == ',') {
                at = skipSpace(b, at + 1);
            }
        }
        return marked ? num : -1;
    }

    private static int smallNumber(byte[] b, int from, int to) {
        if (to - from > 6) {
            return -1;
        }
        int n = 0;
        for (int i = from; i < to; i++) {
            if (b[i] < '0' || b[i] > '9') {
                return -1;
            }
            n = n * 10 + b[i] - '0';
        }
        return n;
    }

    private static boolean matches(byte[] b, int at, String ascii) {
        if (b.length - at < ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (b[at + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int skipSpace(byte[] b, int at) {
        while (at < b.length && (b[at] == ' ' || b[at] == '\t' || b[at] == '\n' || b[at] == '\r')) {
            at++;
        }
        return at;
    }

    private static int skipValue(byte[] b, int at) {
        int depth = 0;
        while (true) {
            switch (b[at]) {
                case '"' -> {
                    at = JsonRun.endOfString(b, at);
                    if (depth == 0) {
                        return at;
                    }
                    continue;
                }
                case '[', '{' -> depth++;
                case ']', '}' -> {
                    if (depth == 0) {
                        return at;
                    }
                    if (--depth == 0) {
                        return at + 1;
                    }
                }
                case ',', ' ', '\t', '\n', '\r', ':' -> {
                    if (depth == 0) {
                        return at;
                    }
                }
                default -> {}
            }
            at++;
        }
    }
}
