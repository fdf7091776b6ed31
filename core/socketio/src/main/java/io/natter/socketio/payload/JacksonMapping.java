package io.natter.socketio.payload;

import io.natter.protocol.Payload;
import io.natter.protocol.json.JsonValues;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Type;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.exc.InvalidDefinitionException;
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
        } catch (JacksonException | InaccessibleObjectException | StackOverflowError e) {
            throw unwritable(e);
        }
    }

    @Override
    public Payload write(@Nullable Object value) {
        var out = new Bytes();
        try (var json = new AttachmentWriter(mapper.createGenerator(out))) {
            write(json, value);
            json.flush();
            return out.payload(json);
        } catch (JacksonException | InaccessibleObjectException | StackOverflowError e) {
            throw unwritable(e);
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
            String simple = JsonValues.plainText(value.buffer(), value.from(), value.to());
            if (simple != null) {
                return simple;
            }
        }
        try {
            ObjectReader reader = readers.get(type);
            if (reader == null) {
                reader = mapper.readerFor(mapper.constructType(type));
                readers.put(type, reader);
            }
            if (value.attachments().isEmpty()) {
                return reader.readValue(value.buffer(), value.from(), value.length());
            }
            try (JsonParser json =
                    reader.createParser(value.buffer(), value.from(), value.length())) {
                return reader.readValue(new AttachmentReader(json, value));
            }
        } catch (InvalidDefinitionException | InaccessibleObjectException e) {
            // No payload at all would fit: that is for the application's author to mend.
            throw new IllegalStateException(
                    type.getTypeName() + " cannot be read from JSON" + advice(e), e);
        } catch (JacksonException e) {
            throw isInaccessible(e)
                    ? new IllegalStateException(
                            type.getTypeName() + " cannot be read from JSON" + advice(e), e)
                    : new PayloadException(
                            "does not fit " + type.getTypeName() + ": " + reason(e), e);
        } catch (StackOverflowError e) {
            throw new PayloadException("does not fit " + type.getTypeName() + ": too deep", e);
        }
    }

    private static IllegalArgumentException unwritable(Throwable cause) {
        return new IllegalArgumentException("cannot be written as JSON" + advice(cause), cause);
    }

    /// The first line of what Jackson says, without the piece of the payload that it quotes.
    private static String reason(JacksonException e) {
        String said = e.getOriginalMessage();
        return said == null ? e.getClass().getSimpleName() : said.lines().findFirst().orElse("");
    }

    private static boolean isInaccessible(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InaccessibleObjectException
                    || cause instanceof IllegalAccessException) {
                return true;
            }
        }
        return false;
    }

    /// What is wrong, and what helps where a module keeps its classes to itself.
    private static String advice(Throwable failure) {
        String said = failure instanceof JacksonException e ? reason(e) : String.valueOf(failure);
        return ": "
                + said
                + (isInaccessible(failure)
                        ? "; the module-info of its module must say `opens <its package> to"
                                + " tools.jackson.databind;`"
                        : "");
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
