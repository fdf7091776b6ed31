package io.natter.protocol;

import java.util.List;

/// The data of a Socket.IO packet, not yet read: well-formed JSON as UTF-8 in `buffer` from `from`
/// (inclusive) to `to` (exclusive), and the attachments that its placeholders
/// `{"_placeholder":true,"num":n}` stand for. Bytes are shared, never copied and never written to.
public record Payload(byte[] buffer, int from, int to, List<byte[]> attachments) {

    /// A payload without attachments that fills all of `json`.
    public static Payload of(byte[] json) {
        return new Payload(json, 0, json.length, List.of());
    }

    /// The number of bytes of JSON.
    public int length() {
        return to - from;
    }
}
