package io.natter.socketio.payload;

import io.natter.protocol.Payload;
import io.natter.protocol.json.ByteBuilder;
import io.natter.protocol.json.JsonWriter;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/// Turns values into payloads and back. `byte[]` and [java.nio.ByteBuffer] anywhere in a value are
/// attachments: in the JSON stands a placeholder for them. Any thread.
public interface JsonMapping {

    /// Writes the values as one JSON array.
    ///
    /// @throws IllegalArgumentException if a value cannot be written
    Payload writeArray(@Nullable Object... values);

    /// Writes the name and the arguments of an event as one JSON array.
    ///
    /// @throws IllegalArgumentException if the value cannot be written
    default <T> Payload writeEvent(Event<T> event, @Nullable T value) {
        if (event.arguments().isEmpty()) {
            return writeArray(event.name(), value);
        }
        Payload object = write(value);
        var json = new ByteBuilder(object.length() + event.name().length() + 4);
        json.add('[');
        JsonWriter.string(json, event.name());
        for (String argument : event.arguments()) {
            json.add(',');
            Payload member = object.member(argument);
            if (member == null) {
                json.ascii("null");
            } else {
                json.add(member.buffer(), member.from(), member.to());
            }
        }
        json.add(']');
        return new Payload(json.array(), 0, json.size(), object.attachments());
    }

    /// Writes one value.
    ///
    /// @throws IllegalArgumentException if it cannot be written
    Payload write(@Nullable Object value);

    /// Reads one value.
    ///
    /// @return null for JSON's `null`
    /// @throws PayloadException if the JSON does not fit `type`
    @Nullable Object read(Payload value, Type type);

    /// A value that came through JSON, in its type. A value of another type is written and read
    /// again.
    ///
    /// @return null for null
    /// @throws PayloadException if it does not fit `type`
    default <T> @Nullable T convert(@Nullable Object value, Class<T> type) {
        return value == null || type.isInstance(value)
                ? type.cast(value)
                : type.cast(read(write(value), type));
    }
}
