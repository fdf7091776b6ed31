package io.natter.protocol;

import io.natter.protocol.json.ByteBuilder;
import io.natter.protocol.json.ErrorText;
import io.natter.protocol.json.JsDate;
import io.natter.protocol.json.JsNumber;
import io.natter.protocol.json.JsonWriter;
import io.natter.protocol.json.Utf8;
import java.util.ArrayList;
import java.util.List;

/// Reads MessagePack values and writes them as JSON; bytes become attachments. A declared length or
/// count reserves nothing: missing bytes are noticed when they are reached.
///
/// Methods that read return false where they cannot go on, with `reason` set.
final class MessagePackReader extends MessagePackInput {
    /// The number of byte strings that one packet may hold; each costs an array of its own.
    private static final int MAX_BYTE_STRINGS = 10_000;

    /// The extension type of MessagePack's timestamps.
    private static final int TIMESTAMP = -1;

    final ByteBuilder json;
    final List<byte[]> attachments = new ArrayList<>(0);

    private final Parser.Limits limits;
    private long attachmentBytes;
    private boolean placeholderKey;

    MessagePackReader(byte[] data, Parser.Limits limits) {
        super(data);
        this.limits = limits;
        json = new ByteBuilder(data.length + 16);
    }

    /// Whether bytes and a map that looks like a placeholder have come together, which JSON with
    /// attachments cannot say.
    boolean ambiguous() {
        return placeholderKey && !attachments.isEmpty();
    }

    /// Forgets what has been written.
    void reset() {
        json.truncate(0);
        attachments.clear();
        attachmentBytes = 0;
        placeholderKey = false;
    }

    /// The number of members of the map at `at`, which is moved to the first key, or -1.
    long map() {
        int code = at < data.length ? data[at++] & 0xff : 0;
        return switch (code) {
            case 0xde -> unsigned(2);
            case 0xdf -> unsigned(4);
            default -> {
                if (code >= 0x80 && code <= 0x8f) {
                    yield code & 15;
                }
                reason = "a MessagePack map expected, found " + ErrorText.showAt(data, 0, at);
                yield -1;
            }
        };
    }

    /// Writes the value at `at` as JSON. Undefined becomes null, here and in a list.
    boolean value(int depth) {
        if (at >= data.length) {
            return cut() >= 0;
        }
        int code = data[at++] & 0xff;
        if (code < 0x80 || code >= 0xe0) {
            return ascii(Integer.toString((byte) code));
        } else if (code < 0x90) {
            return members(code & 15, depth);
        } else if (code < 0xa0) {
            return elements(code & 15, depth);
        } else if (code < 0xc0) {
            return string(code & 31);
        }
        return switch (code) {
            case 0xc0 -> ascii("null");
            case 0xc2 -> ascii("false");
            case 0xc3 -> ascii("true");
            case 0xc4, 0xc5, 0xc6 -> binary(unsigned(1 << (code - 0xc4)));
            case 0xc7, 0xc8, 0xc9 -> extension(unsigned(1 << (code - 0xc7)), false);
            case 0xca -> has(4) && number(Float.intBitsToFloat((int) unsigned(4)));
            case 0xcb -> has(8) && number(Double.longBitsToDouble(unsigned(8)));
            case 0xcc, 0xcd, 0xce, 0xcf -> {
                int length = 1 << (code - 0xcc);
                yield has(length) && ascii(Long.toUnsignedString(unsigned(length)));
            }
            case 0xd0, 0xd1, 0xd2, 0xd3 -> {
                int length = 1 << (code - 0xd0);
                int unused = 64 - 8 * length;
                yield has(length) && ascii(Long.toString(unsigned(length) << unused >> unused));
            }
            case 0xd4, 0xd5, 0xd6, 0xd7, 0xd8 -> extension(1 << (code - 0xd4), true);
            case 0xd9, 0xda, 0xdb -> string(unsigned(1 << (code - 0xd9)));
            case 0xdc, 0xdd -> elements(unsigned(2 << (code - 0xdc)), depth);
            case 0xde, 0xdf -> members(unsigned(2 << (code - 0xde)), depth);
            default -> refuse("0xc1 is no MessagePack");
        };
    }

    private boolean elements(long count, int depth) {
        if (count < 0 || tooDeep(depth)) {
            return false;
        }
        json.add('[');
        for (long i = 0; i < count; i++) {
            if (i > 0) {
                json.add(',');
            }
            if (!value(depth + 1)) {
                return false;
            }
        }
        json.add(']');
        return true;
    }

    private boolean members(long count, int depth) {
        if (count < 0 || tooDeep(depth)) {
            return false;
        }
        json.add('{');
        for (long i = 0; i < count; i++) {
            int before = json.size();
            JsonWriter.separate(json, '{');
            int key = json.size();
            if (!key()) {
                return false;
            }
            placeholderKey |= isPlaceholder(key);
            json.add(':');
            if (isUndefined()) {
                at += 3;
                json.truncate(before);
            } else if (!value(depth + 1)) {
                return false;
            }
        }
        json.add('}');
        return true;
    }

    private boolean tooDeep(int depth) {
        return depth > limits.maxDepth()
                && !refuse("nests deeper than " + limits.maxDepth() + " levels");
    }

    /// A string as it is, a number as a string: JavaScript's objects have no other keys.
    private boolean key() {
        int code = at < data.length ? data[at] & 0xff : 0xa0;
        if ((code >= 0xa0 && code < 0xc0) || (code >= 0xd9 && code <= 0xdb)) {
            return value(0);
        }
        if (code < 0x80 || code >= 0xe0 || (code >= 0xcc && code <= 0xd3)) {
            json.add('"');
            boolean read = value(0);
            json.add('"');
            return read;
        }
        return refuse(
                "map key that is neither a string nor a whole number: " + ErrorText.show(data[at]));
    }

    private boolean isPlaceholder(int key) {
        String wanted = "\"_placeholder\"";
        if (json.size() - key != wanted.length()) {
            return false;
        }
        for (int i = 0; i < wanted.length(); i++) {
            if (json.array()[key + i] != wanted.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// Whether JavaScript's `undefined` as `notepack.io` 2 writes it is next.
    boolean isUndefined() {
        return data.length - at >= 3 && (data[at] & 0xff) == 0xd4 && data[at + 1] == 0;
    }

    private boolean string(long length) {
        if (!has(length)) {
            return false;
        }
        int to = at + (int) length;
        int bad = Utf8.malformedAt(data, at, to);
        if (bad >= 0) {
            return refuse("not UTF-8 in a string: " + ErrorText.show(data[bad]));
        }
        JsonWriter.string(json, data, at, to);
        at = to;
        return true;
    }

    private boolean binary(long length) {
        if (!has(length)) {
            return false;
        }
        attachmentBytes += length;
        if (attachmentBytes > limits.maxAttachmentBytes()) {
            return refuse(
                    "byte strings of %d bytes, allowed are %d"
                            .formatted(attachmentBytes, limits.maxAttachmentBytes()));
        }
        if (attachments.size() == MAX_BYTE_STRINGS) {
            return refuse("more than " + MAX_BYTE_STRINGS + " byte strings");
        }
        json.ascii("{\"_placeholder\":true,\"num\":" + attachments.size() + "}");
        byte[] bytes = new byte[(int) length];
        System.arraycopy(data, at, bytes, 0, bytes.length);
        attachments.add(bytes);
        at += bytes.length;
        return true;
    }

    /// Type 0 is JavaScript's, as `notepack.io` 2 has it: undefined in one byte, a date in eight,
    /// an `ArrayBuffer` where the length is written out.
    private boolean extension(long length, boolean fixed) {
        if (length < 0 || !has(length + 1)) {
            return false;
        }
        int type = data[at++];
        if (type == 0 && !fixed) {
            return binary(length);
        } else if (type == 0 && length == 1) {
            at++;
            return ascii("null");
        } else if (type == 0 && length == 8) {
            return ascii(JsDate.json(unsigned(8)));
        } else if (type == TIMESTAMP && length == 4) {
            return ascii(JsDate.json(unsigned(4) * 1000));
        } else if (type == TIMESTAMP && length == 8) {
            long both = unsigned(8);
            return timestamp(both & 0x3_ffff_ffffL, both >>> 34);
        } else if (type == TIMESTAMP && length == 12) {
            long nanos = unsigned(4);
            return timestamp(unsigned(8), nanos);
        }
        return refuse("MessagePack extension %d of %d bytes is unknown".formatted(type, length));
    }

    private boolean timestamp(long seconds, long nanos) {
        if (nanos > 999_999_999 || Math.abs(seconds / 2) > JsDate.MAX_MILLIS / 1000) {
            return refuse("timestamp of %d seconds and %d ns".formatted(seconds, nanos));
        }
        return ascii(JsDate.json(seconds * 1000 + nanos / 1_000_000));
    }

    private boolean number(double number) {
        return ascii(Double.isFinite(number) ? JsNumber.text(number) : "null");
    }

    private boolean ascii(String text) {
        json.ascii(text);
        return true;
    }
}
