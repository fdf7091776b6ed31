package io.natter.protocol.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Checks that bytes are one well-formed JSON value (RFC 8259) in well-formed UTF-8, no deeper than
/// allowed, whose placeholders all have an attachment. Makes no object on the way. For one thread.
///
/// Methods that walk return the place behind what they read, or -1 with `reason` set.
public final class JsonScanner {
    private static final byte[] PLACEHOLDER = "_placeholder".getBytes(UTF_8);
    private static final byte[] NUM = "num".getBytes(UTF_8);

    /// The greatest depth of any JSON here, for which the stack of every thread is large enough.
    public static final int DEEPEST = 500;

    private static final byte[] NOTHING = {};

    private final int maxDepth;
    private byte[] buffer = NOTHING;
    private int end;
    private int attachments;
    private boolean escaped;
    private @Nullable String reason;

    public JsonScanner(int maxDepth) {
        this.maxDepth = maxDepth;
    }

    /// The fault of the bytes, or null where they are one JSON value. With `attachments` over zero,
    /// every object whose `_placeholder` is true must have a whole `num` below it.
    public @Nullable String check(byte[] bytes, int from, int to, int attachmentCount) {
        buffer = bytes;
        end = to;
        attachments = attachmentCount;
        reason = null;
        int at = value(blank(from), 1);
        if (at >= 0) {
            at = blank(at);
            if (at < end) {
                fail("JSON goes on after its end with ", at);
            }
        }
        buffer = NOTHING;
        return reason;
    }

    private int blank(int at) {
        return JsonValues.skipSpace(buffer, at, end);
    }

    private int value(int at, int depth) {
        if (at >= end) {
            return fail("JSON value expected, found ", at);
        }
        return switch (buffer[at]) {
            case '"' -> string(at);
            case '{' -> depth > maxDepth ? tooDeep() : object(at, depth);
            case '[' -> depth > maxDepth ? tooDeep() : array(at, depth);
            case 't' -> word(at, "true");
            case 'f' -> word(at, "false");
            case 'n' -> word(at, "null");
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number(at);
            default -> fail("JSON value expected, found ", at);
        };
    }

    private int array(int open, int depth) {
        int at = blank(open + 1);
        if (at < end && buffer[at] == ']') {
            return at + 1;
        }
        while (true) {
            at = value(at, depth + 1);
            if (at < 0) {
                return -1;
            }
            at = blank(at);
            if (at < end && buffer[at] == ',') {
                at = blank(at + 1);
            } else if (at < end && buffer[at] == ']') {
                return at + 1;
            } else {
                return fail("',' or ']' expected in a JSON array, found ", at);
            }
        }
    }

    private int object(int open, int depth) {
        int at = blank(open + 1);
        if (at < end && buffer[at] == '}') {
            return at + 1;
        }
        boolean placeholder = false;
        int num = -1;
        while (true) {
            if (at >= end || buffer[at] != '"') {
                return fail("JSON key expected, found ", at);
            }
            int key = at;
            at = string(at);
            if (at < 0) {
                return -1;
            }
            boolean isPlaceholder = attachments > 0 && is(PLACEHOLDER, key + 1, at - 1);
            boolean isNum = attachments > 0 && is(NUM, key + 1, at - 1);
            at = blank(at);
            if (at >= end || buffer[at] != ':') {
                return fail("':' expected after a JSON key, found ", at);
            }
            int value = blank(at + 1);
            at = value(value, depth + 1);
            if (at < 0) {
                return -1;
            }
            // A key that comes twice counts with its last value, as in JavaScript.
            if (isPlaceholder) {
                placeholder = buffer[value] == 't';
            } else if (isNum) {
                num = JsonValues.index(buffer, value, at);
            }
            at = blank(at);
            if (at < end && buffer[at] == ',') {
                at = blank(at + 1);
            } else if (at < end && buffer[at] == '}') {
                return placeholder && (num < 0 || num >= attachments) ? noSuch(num) : at + 1;
            } else {
                return fail("',' or '}' expected in a JSON object, found ", at);
            }
        }
    }

    /// Whether the inside of the string just read is `wanted`.
    private boolean is(byte[] wanted, int from, int to) {
        if (escaped) {
            String key = JsonStrings.unescape(new String(buffer, from, to - from, UTF_8));
            return key.equals(new String(wanted, UTF_8));
        }
        return Arrays.equals(buffer, from, to, wanted, 0, wanted.length);
    }

    private int string(int open) {
        escaped = false;
        int at = open + 1;
        byte[] bytes = buffer;
        while (true) {
            at = JsonStrings.end(bytes, at, end);
            if (at >= end) {
                return fail("unfinished JSON string, found ", at);
            }
            byte b = bytes[at];
            if (b == '"') {
                return at + 1;
            } else if (b == '\\') {
                escaped = true;
                at = escape(at + 1);
                if (at < 0) {
                    return -1;
                }
            } else if (b >= 0) {
                return fail("control character in a JSON string: ", at);
            } else {
                int length = Utf8.length(bytes, at, end);
                if (length == 0) {
                    return fail("not UTF-8 in a JSON string: ", at);
                }
                at += length;
            }
        }
    }

    private int escape(int at) {
        if (at >= end) {
            return fail("unfinished JSON string, found ", at);
        }
        return switch (buffer[at]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at + 1;
            case 'u' -> {
                for (int i = at + 1; i < at + 5; i++) {
                    if (i >= end || Character.digit(buffer[i], 16) < 0) {
                        yield fail("four hexadecimal digits expected after \\u, found ", i);
                    }
                }
                yield at + 5;
            }
            default -> fail("unknown JSON escape ", at);
        };
    }

    private int number(int from) {
        int at = buffer[from] == '-' ? from + 1 : from;
        if (at < end && buffer[at] == '0') {
            at++;
        } else {
            at = digits(at);
        }
        if (at >= 0 && at < end && buffer[at] == '.') {
            at = digits(at + 1);
        }
        if (at >= 0 && at < end && (buffer[at] == 'e' || buffer[at] == 'E')) {
            at++;
            if (at < end && (buffer[at] == '+' || buffer[at] == '-')) {
                at++;
            }
            at = digits(at);
        }
        return at;
    }

    private int digits(int from) {
        int at = from;
        while (at < end && buffer[at] >= '0' && buffer[at] <= '9') {
            at++;
        }
        return at > from ? at : fail("digit expected in a JSON number, found ", at);
    }

    private int word(int at, String word) {
        for (int i = 0; i < word.length(); i++) {
            if (at + i >= end || buffer[at + i] != word.charAt(i)) {
                return fail(word + " expected in JSON, found ", at + i);
            }
        }
        return at + word.length();
    }

    private int tooDeep() {
        reason = "JSON nests deeper than " + maxDepth + " levels";
        return -1;
    }

    private int noSuch(int num) {
        reason =
                "placeholder "
                        + (num < 0 ? "without a usable num" : "num " + num)
                        + " in a packet with "
                        + attachments
                        + " attachments";
        return -1;
    }

    private int fail(String what, int at) {
        reason = what + ErrorText.showAt(buffer, at, end) + " at byte " + at + " of the message";
        return -1;
    }
}
