package io.natter.socketio.payload;

import io.natter.protocol.Payload;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/// Turns values into payloads and back. `byte[]` and [java.nio.ByteBuffer] anywhere in a value are
/// attachments: in the JSON stands a placeholder for them. Any thread.
public interface JsonMapping {

    /// Writes the values as one JSON array.
    ///
    /// @throws IllegalArgumentException if a value cannot be written
    Payload writeArray(@Nullable Object... values);

    /// Writes one value.
    ///
    /// @throws IllegalArgumentException if it cannot be written
    Payload write(@Nullable Object value);

    /// Reads one value.
    ///
    /// @return null for JSON's `null`
    /// @throws PayloadException if the JSON does not fit `type`
    @Nullable Object read(Payload value, Type type);
}
