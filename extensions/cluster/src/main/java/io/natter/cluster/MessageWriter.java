package io.natter.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.protocol.Payload;
import io.natter.protocol.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/// Writes a JSON object for other servers. Its members are texts, numbers, and payloads that are
/// taken as they are. For one thread.
public final class MessageWriter {
    private final ByteArrayOutputStream json = new ByteArrayOutputStream(128);
    private List<byte[]> attachments = List.of();
    private char before = '{';

    /// An object without members.
    public MessageWriter() {}

    /// Adds a text.
    public MessageWriter text(String name, String value) {
        return raw(name, JsonWriter.quote(value));
    }

    /// Adds a whole number.
    public MessageWriter number(String name, long value) {
        return raw(name, Long.toString(value));
    }

    /// Adds `true` or `false`.
    public MessageWriter flag(String name, boolean value) {
        return raw(name, Boolean.toString(value));
    }

    /// Adds a list of texts.
    public MessageWriter texts(String name, Collection<String> values) {
        return raw(name, array(values));
    }

    /// Adds a value as it is.
    ///
    /// @throws IllegalStateException for a second payload with attachments
    public MessageWriter payload(String name, Payload value) {
        name(name);
        json.write(value.buffer(), value.from(), value.length());
        if (!value.attachments().isEmpty()) {
            if (!attachments.isEmpty()) {
                throw new IllegalStateException("a message has attachments of one payload only");
            }
            attachments = value.attachments();
        }
        return this;
    }

    /// Adds an object.
    public MessageWriter object(String name, MessageWriter value) {
        return payload(name, value.build());
    }

    /// The object that has been written.
    public Payload build() {
        if (before == '{') {
            json.write('{');
        }
        json.write('}');
        byte[] bytes = json.toByteArray();
        return new Payload(bytes, 0, bytes.length, attachments);
    }

    /// The JSON of a list of texts.
    static String array(Collection<String> values) {
        return values.stream().map(JsonWriter::quote).collect(Collectors.joining(",", "[", "]"));
    }

    private MessageWriter raw(String name, String value) {
        name(name);
        json.writeBytes(value.getBytes(UTF_8));
        return this;
    }

    private void name(String name) {
        json.write(before);
        before = ',';
        json.writeBytes(JsonWriter.quote(name).getBytes(UTF_8));
        json.write(':');
    }
}
