package io.natter.socketio.payload;

import io.natter.protocol.Payload;
import io.natter.protocol.json.JsonValues;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Type;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.json.JsonMapper;

/// [JsonMapping] on Jackson's data binding.
public final class JacksonMapping implements JsonMapping {
    /// Jackson's message for a missing component.
    private static final Pattern MISSING =
            Pattern.compile("Missing (?:required )?creator property '");

    private final JsonMapper mapper;
    private final ObjectWriter writer;

    /// Whether [SimpleJson] does what the mapper would; an application's may do otherwise.
    private final boolean shortcuts;

    private final ConcurrentMap<Type, ObjectReader> readers = new ConcurrentHashMap<>();

    /// With a mapper for payloads of JavaScript clients, [#defaultMapper].
    public JacksonMapping() {
        this(defaultMapper().build(), true);
    }

    /// The mapper for payloads of JavaScript clients, to be changed and given to
    /// [#JacksonMapping(JsonMapper)]:
    ///
    /// - properties that are not known are ignored, as a JavaScript handler would;
    /// - a number is read as a time in milliseconds, as `Date.now()` gives it;
    /// - a number with a fraction, as 5.5, does not fit an integer type;
    /// - components of records must be there and not be `null`, unless they are of type `Optional`
    ///   or have an annotation named `Nullable`;
    /// - an object without properties, which is often a mistake, is not written.
    public static JsonMapper.Builder defaultMapper() {
        return forPayloads(JsonMapper.builder());
    }

    /// Sets the rules of [#defaultMapper] on another builder, as on that of a mapper which the
    /// application has for HTTP too: `forPayloads(mapper.rebuild())`. All else stays as it is.
    public static JsonMapper.Builder forPayloads(JsonMapper.Builder mapper) {
        var builder =
                mapper.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                        .disable(DateTimeFeature.READ_DATE_TIMESTAMPS_AS_NANOSECONDS)
                        .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS);
        return builder.annotationIntrospector(
                AnnotationIntrospector.pair(
                        builder.annotationIntrospector(), new RequiredComponents()));
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
            case CompletionStage<?> ignored ->
                    throw new IllegalArgumentException(
                            "a CompletionStage cannot be sent: send its value when it is there");
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
                            "does not fit " + type.getTypeName() + ": " + place(e), e);
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

    /// The path to what does not fit, as `$.people[2].name`, and the reason.
    private static String place(JacksonException e) {
        var path = new StringBuilder("$");
        for (var step : e.getPath()) {
            if (step.getPropertyName() != null) {
                path.append('.').append(step.getPropertyName());
            } else if (step.getIndex() >= 0) {
                path.append('[').append(step.getIndex()).append(']');
            }
        }
        String reason = reason(e);
        if (MISSING.matcher(reason).lookingAt()) {
            return path + " is missing";
        }
        if (e instanceof InvalidNullException) {
            return path + " is null";
        }
        return path.length() == 1 ? reason : path + ": " + reason;
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

    /// The fault, and the remedy where a module does not open its classes.
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
