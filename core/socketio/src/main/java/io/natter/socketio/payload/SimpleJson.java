package io.natter.socketio.payload;

import io.natter.protocol.Payload;
import io.natter.protocol.json.ByteBuilder;
import io.natter.protocol.json.JsonWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes what most events carry, strings and small values, without a generator, whose buffers and
/// contexts cost more than the work. All other values are left to Jackson.
final class SimpleJson {
    private SimpleJson() {}

    /// The values as a JSON array, or null if one of them is not simple.
    static @Nullable Payload array(@Nullable Object[] values) {
        int room = 2;
        for (Object value : values) {
            switch (value) {
                case String text -> room += text.length() + 3;
                case Integer ignored -> room += 12;
                case Boolean ignored -> room += 12;
                case Long ignored -> room += 21;
                case null -> room += 5;
                default -> {
                    return null;
                }
            }
        }
        var json = new ByteBuilder(room);
        json.add('[');
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                json.add(',');
            }
            if (values[i] instanceof String text) {
                JsonWriter.string(json, text);
            } else {
                json.ascii(String.valueOf(values[i]));
            }
        }
        json.add(']');
        return new Payload(json.array(), 0, json.size(), List.of());
    }
}
