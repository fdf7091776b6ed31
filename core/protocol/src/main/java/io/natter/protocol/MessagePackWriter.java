package io.natter.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.protocol.json.ByteBuilder;
import io.natter.protocol.json.JsonScanner;
import io.natter.protocol.json.JsonStrings;
import io.natter.protocol.json.JsonValues;
import java.util.List;

/// Writes MessagePack in its shortest forms, in particular JSON with placeholders as MessagePack
/// with bytes in their places. Numbers are written as npm `notepack.io` writes JavaScript's: whole
/// ones as integers, others as doubles.
final class MessagePackWriter {
    /// Beyond this a double does not hold every whole number.
    private static final double MAX_SAFE = 1L << 53;

    private final ByteBuilder out;
    private final byte[] json;
    private final int end;
    private final List<byte[]> attachments;

    private MessagePackWriter(ByteBuilder out, Payload payload) {
        this.out = out;
        json = payload.buffer();
        end = payload.to();
        attachments = payload.attachments();
    }

    /// Writes a payload as one value.
    ///
    /// @throws IllegalArgumentException where it is no JSON
    static void payload(ByteBuilder out, Payload payload) {
        String wrong =
                new JsonScanner(JsonScanner.DEEPEST)
                        .check(
                                payload.buffer(),
                                payload.from(),
                                payload.to(),
                                payload.attachments().size());
        if (wrong != null) {
            throw new IllegalArgumentException("payload: " + wrong);
        }
        MessagePackWriter writer = new MessagePackWriter(out, payload);
        writer.value(writer.blank(payload.from()));
    }

    static void map(ByteBuilder out, int members) {
        if (members < 16) {
            out.add(0x80 | members);
        } else if (members <= 0xffff) {
            out.add(0xde);
            out.bigEndian(members, 2);
        } else {
            out.add(0xdf);
            out.bigEndian(members, 4);
        }
    }

    static void string(ByteBuilder out, byte[] utf8) {
        string(out, utf8, 0, utf8.length);
    }

    private static void string(ByteBuilder out, byte[] utf8, int from, int to) {
        int length = to - from;
        if (length < 32) {
            out.add(0xa0 | length);
        } else if (length <= 0xff) {
            out.add(0xd9);
            out.add(length);
        } else if (length <= 0xffff) {
            out.add(0xda);
            out.bigEndian(length, 2);
        } else {
            out.add(0xdb);
            out.bigEndian(length, 4);
        }
        out.add(utf8, from, to);
    }

    private static void binary(ByteBuilder out, byte[] data) {
        if (data.length <= 0xff) {
            out.add(0xc4);
            out.add(data.length);
        } else if (data.length <= 0xffff) {
            out.add(0xc5);
            out.bigEndian(data.length, 2);
        } else {
            out.add(0xc6);
            out.bigEndian(data.length, 4);
        }
        out.add(data, 0, data.length);
    }

    static void integer(ByteBuilder out, long value) {
        if (value >= -32 && value <= 0x7f) {
            out.add((int) value);
        } else if (value >= 0) {
            int size = value <= 0xff ? 0 : value <= 0xffff ? 1 : value <= 0xffff_ffffL ? 2 : 3;
            out.add(0xcc + size);
            out.bigEndian(value, 1 << size);
        } else {
            int size =
                    value >= Byte.MIN_VALUE
                            ? 0
                            : value >= Short.MIN_VALUE ? 1 : value >= Integer.MIN_VALUE ? 2 : 3;
            out.add(0xd0 + size);
            out.bigEndian(value, 1 << size);
        }
    }

    private int blank(int at) {
        return JsonValues.skipSpace(json, at, end);
    }

    private int value(int at) {
        return switch (json[at]) {
            case '"' -> string(at);
            case '{' -> object(at);
            case '[' -> array(at);
            case 't' -> constant(0xc3, at + 4);
            case 'f' -> constant(0xc2, at + 5);
            case 'n' -> constant(0xc0, at + 4);
            default -> number(at);
        };
    }

    private int constant(int code, int next) {
        out.add(code);
        return next;
    }

    private int string(int open) {
        int next = JsonStrings.endOfString(json, open);
        for (int i = open + 1; i < next - 1; i++) {
            if (json[i] == '\\') {
                String raw = new String(json, open + 1, next - open - 2, UTF_8);
                string(out, JsonStrings.unescape(raw).getBytes(UTF_8));
                return next;
            }
        }
        string(out, json, open + 1, next - 1);
        return next;
    }

    private int number(int from) {
        int at = from;
        boolean whole = true;
        while (at < end && "+-.eE0123456789".indexOf(json[at]) >= 0) {
            whole &= json[at] == '-' || (json[at] >= '0' && json[at] <= '9');
            at++;
        }
        String text = new String(json, from, at - from, US_ASCII);
        if (whole && text.length() <= 20) {
            try {
                if (text.startsWith("-")) {
                    integer(out, Long.parseLong(text));
                } else {
                    unsigned(Long.parseUnsignedLong(text));
                }
                return at;
            } catch (NumberFormatException ignored) {
                // Past 64 bits: a double, as in JavaScript.
            }
        }
        double number = Double.parseDouble(text);
        if (number == Math.rint(number) && Math.abs(number) <= MAX_SAFE) {
            integer(out, (long) number);
        } else {
            out.add(0xcb);
            out.bigEndian(Double.doubleToLongBits(number), 8);
        }
        return at;
    }

    private void unsigned(long value) {
        if (value >= 0) {
            integer(out, value);
        } else {
            out.add(0xcf);
            out.bigEndian(value, 8);
        }
    }

    private int array(int open) {
        int header = out.size();
        out.add(0x90);
        int count = 0;
        int at = blank(open + 1);
        while (json[at] != ']') {
            at = next(value(at));
            count++;
        }
        count(header, count, 0x90, 0xdc);
        return at + 1;
    }

    private int object(int open) {
        int header = out.size();
        out.add(0x80);
        int count = 0;
        boolean placeholder = false;
        int num = 0;
        int at = blank(open + 1);
        while (json[at] != '}') {
            int key = out.size();
            int colon = blank(string(at));
            boolean isPlaceholder = !attachments.isEmpty() && written("_placeholder", key);
            boolean isNum = !attachments.isEmpty() && written("num", key);
            int value = blank(colon + 1);
            int behind = value(value);
            if (isPlaceholder) {
                placeholder = json[value] == 't';
            } else if (isNum) {
                num = JsonValues.index(json, value, behind);
            }
            at = next(behind);
            count++;
        }
        if (placeholder) {
            out.truncate(header);
            binary(out, attachments.get(num));
        } else {
            count(header, count, 0x80, 0xde);
        }
        return at + 1;
    }

    /// Whether the short string written at `from` is this one.
    private boolean written(String wanted, int from) {
        if (out.size() - from != 1 + wanted.length()) {
            return false;
        }
        for (int i = 0; i < wanted.length(); i++) {
            if (out.array()[from + 1 + i] != wanted.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int next(int behind) {
        int at = blank(behind);
        return json[at] == ',' ? blank(at + 1) : at;
    }

    /// Puts the count into the header of a container, which has been written for few elements.
    private void count(int header, int count, int few, int many) {
        if (count < 16) {
            out.array()[header] = (byte) (few | count);
            return;
        }
        int width = count <= 0xffff ? 2 : 4;
        out.widen(header + 1, width);
        byte[] array = out.array();
        array[header] = (byte) (width == 2 ? many : many + 1);
        for (int i = 1; i <= width; i++) {
            array[header + i] = (byte) (count >>> (8 * (width - i)));
        }
    }
}
