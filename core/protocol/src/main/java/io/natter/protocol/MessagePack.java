package io.natter.protocol;

import io.natter.protocol.json.ByteBuilder;
import java.util.List;

/// Values between JSON with attachments and MessagePack with bytes in their places, as npm
/// `notepack.io` reads and writes it. For messages between servers; packets to clients are the task
/// of a [Parser].
public final class MessagePack {
    private MessagePack() {}

    /// Writes one value.
    ///
    /// @throws IllegalArgumentException where the payload is no well-formed JSON
    public static byte[] encode(Payload payload) {
        ByteBuilder out = new ByteBuilder(payload.length() + 32);
        MessagePackWriter.payload(out, payload);
        return out.toArray();
    }

    /// Reads the one value that `data` holds. JavaScript's `undefined` becomes null.
    ///
    /// @param limits the depth and the bytes of attachments that are accepted
    /// @throws IllegalArgumentException with the reason where it is no such value
    public static Payload decode(byte[] data, Parser.Limits limits) {
        MessagePackReader reader = new MessagePackReader(data, limits);
        if (!reader.value(0)) {
            throw new IllegalArgumentException(String.valueOf(reader.reason));
        }
        if (!reader.ended()) {
            throw new IllegalArgumentException("MessagePack goes on after the value");
        }
        if (reader.ambiguous()) {
            throw new IllegalArgumentException("a member '_placeholder' beside byte strings");
        }
        byte[] json = reader.json.toArray();
        return new Payload(json, 0, json.length, List.copyOf(reader.attachments));
    }
}
