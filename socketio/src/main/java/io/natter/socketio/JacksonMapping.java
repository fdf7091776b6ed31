package io.natter.socketio;

import io.natter.protocol.Payload;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Type;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/// [JsonMapping] on Jackson's data binding.
public final class JacksonMapping implements JsonMapping {
    private final JsonMapper mapper;
    private final ObjectWriter writer;

    /// Whether [SimpleJson] does what the mapper would; an application's may do otherwise.
    private final boolean shortcuts;

    private final ConcurrentMap<Type, ObjectReader> readers = new ConcurrentHashMap<>();

    /// With a mapper of its own that ignores properties it does not know, as a JavaScript handler
    /// would.
    public JacksonMapping() {
        this(
                JsonMapper.builder()
                        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .build(),
                true);
    }

    /// With the application's mapper.
    public JacksonMapping(JsonMapper mapper) {
        this(mapper, false);
    }

    private JacksonMapping(JsonMapper mapper, boolean shortcuts) {
        this.mapper = mapper;
        this.shortcuts = shortcuts;
        this.writer = mapper.writer();
    }

    @Override
    public Payload writeArray(@Nullable Object... values) {
        Payload simple = shortcuts ? SimpleJson.array(values) : null;
        if (simple != null) {
            return simple;
        }
        var out = new Bytes();
        try (var json = new AttachmentWriter(mapper.createGenerator(out))) {
            json.writeStartArray();
            for (Object value : values) {
                write(json, value);
            }
            json.writeEndArray();
            json.flush();
            return out.payload(json);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("cannot be written as JSON", e);
        }
    }

    @Override
    public Payload write(@Nullable Object value) {
        var out = new Bytes();
        try (var json = new AttachmentWriter(mapper.createGenerator(out))) {
            write(json, value);
            json.flush();
            return out.payload(json);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("cannot be written as JSON", e);
        }
    }

    private void write(AttachmentWriter json, @Nullable Object value) {
        // The commonest values need no serializer to be looked up.
        switch (value) {
            case null -> json.writeNull();
            case String text -> json.writeString(text);
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Boolean bool -> json.writeBoolean(bool);
            default -> writer.writeValue(json, value);
        }
    }

    @Override
    public @Nullable Object read(Payload value, Type type) {
        if (shortcuts && type == String.class) {
            String simple = SimpleJson.string(value);
            if (simple != null) {
                return simple;
            }
        }
        ObjectReader reader = readers.get(type);
        if (reader == null) {
            reader = mapper.readerFor(mapper.constructType(type));
            readers.put(type, reader);
        }
        try {
            if (value.attachments().isEmpty()) {
                return reader.readValue(value.buffer(), value.from(), value.length());
            }
            try (JsonParser json =
                    reader.createParser(value.buffer(), value.from(), value.length())) {
                return reader.readValue(new AttachmentReader(json, value));
            }
        } catch (JacksonException e) {
            throw new PayloadException("does not fit " + type.getTypeName(), e);
        }
    }

    /// Hands its array out instead of a copy.
    private static final class Bytes extends ByteArrayOutputStream {
        Bytes() {
            super(256);
        }

        Payload payload(AttachmentWriter json) {
            return new Payload(buf, 0, count, json.attachments());
        }
    }
}
