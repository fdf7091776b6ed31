package io.natter.protocol;

import io.natter.protocol.json.JsonValues;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The data of a Socket.IO packet, not yet read. It is well-formed JSON as UTF-8, in `buffer` from
/// `from` (inclusive) to `to` (exclusive). Its placeholders `{"_placeholder":true,"num":n}` stand
/// for the attachments. Bytes are shared, never copied and never written to.
public record Payload(byte[] buffer, int from, int to, List<byte[]> attachments) {

    /// A payload without attachments that fills all of `json`.
    public static Payload of(byte[] json) {
        return new Payload(json, 0, json.length, List.of());
    }

    /// The bytes that an object and its array take beside their content, roughly.
    static final long OBJECT_BYTES = 64;

    /// The bytes of a foreign buffer that may stay with a payload before it is worth a copy.
    private static final int WORTH_COPYING = 512;

    /// The number of bytes that this payload keeps from being thrown away, for limits on memory.
    public long heldBytes() {
        long held = buffer.length + OBJECT_BYTES;
        for (int i = 0; i < attachments.size(); i++) {
            held += attachments.get(i).length + OBJECT_BYTES;
        }
        return held;
    }

    /// Whether it keeps little else in memory. It does not if it is a small part of a large buffer,
    /// such as one of many messages in the body of a POST.
    public boolean isCompact() {
        return buffer.length - length() <= Math.max(length(), WORTH_COPYING);
    }

    /// This payload where it [is compact][#isCompact], else a copy of its own.
    public Payload compact() {
        return isCompact()
                ? this
                : new Payload(Arrays.copyOfRange(buffer, from, to), 0, length(), attachments);
    }

    /// The member `name` of the object that this payload is, as a payload of its own without
    /// attachments; of several with one name the last. Null where there is none, or no object.
    /// Looks at every byte once and makes no value of any other member.
    public @Nullable Payload member(String name) {
        int[] at = JsonValues.member(buffer, from, to, name);
        return at == null ? null : new Payload(buffer, at[0], at[1], List.of());
    }

    /// The elements of the array that this payload is, as payloads that share its attachments. None
    /// where it is no array.
    public List<Payload> elements() {
        int start = JsonValues.skipSpace(buffer, from, to);
        if (start >= to || buffer[start] != '[') {
            return List.of();
        }
        int[] found = JsonValues.elements(buffer, start, to);
        Payload[] elements = new Payload[found.length / 2];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = new Payload(buffer, found[2 * i], found[2 * i + 1], attachments);
        }
        return List.of(elements);
    }

    /// The number of bytes of JSON.
    public int length() {
        return to - from;
    }
}
