package io.natter.socketio;

import io.natter.protocol.Payload;
import io.natter.protocol.json.ByteBuilder;
import io.natter.protocol.json.JsonValues;
import io.natter.protocol.json.JsonWriter;
import io.natter.socketio.payload.Event;
import io.natter.socketio.payload.JsonMapping;
import io.natter.socketio.payload.PayloadException;
import io.natter.socketio.payload.TypeRef;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The arguments of an event or of an acknowledgement, as they came. Each is read when the
/// application asks for it, into the type that it names. Any thread.
public final class Args {
    private final JsonMapping mapping;
    private final Payload array;
    private final int skipped;
    private int @Nullable [] elements;

    /// The elements of `array` but for the first `skipped`.
    public Args(JsonMapping mapping, Payload array, int skipped) {
        this.mapping = mapping;
        this.array = array;
        this.skipped = skipped;
    }

    /// No arguments.
    static Args none(JsonMapping mapping) {
        return new Args(mapping, Payload.of(new byte[] {'[', ']'}), 0);
    }

    /// The number of arguments.
    public int size() {
        return Math.max(0, elements().length / 2 - skipped);
    }

    /// The bytes of the packet in which they came, attachments included.
    public long bytes() {
        long bytes = array.length();
        for (byte[] attachment : array.attachments()) {
            bytes += attachment.length;
        }
        return bytes;
    }

    /// The argument at `index`, or null if it is `null` or missing.
    ///
    /// @throws PayloadException if it does not fit `type`
    public <T> @Nullable T get(int index, Class<T> type) {
        return read(index, type);
    }

    /// The argument at `index`, or null if it is `null` or missing.
    ///
    /// @throws PayloadException if it does not fit `type`
    public <T> @Nullable T get(int index, TypeRef<T> type) {
        return read(index, type.type());
    }

    /// The argument at `index` as JSON's own types: `Map`, `List`, `String`, numbers, `Boolean`,
    /// `byte[]`, or null.
    public @Nullable Object get(int index) {
        return read(index, Object.class);
    }

    /// The argument at `index`, which must be there and not be `null`.
    ///
    /// @throws PayloadException if it is missing, `null`, or does not fit `type`
    public <T> T require(int index, Class<T> type) {
        return require(index, (Type) type);
    }

    /// The argument at `index`, which must be there and not be `null`.
    ///
    /// @throws PayloadException if it is missing, `null`, or does not fit `type`
    public <T> T require(int index, TypeRef<T> type) {
        return require(index, type.type());
    }

    /// The payload of an event, which must be there and fit.
    ///
    /// @throws PayloadException if it is missing, `null`, or does not fit
    public <T> T require(Event<T> event) {
        if (event.arguments().isEmpty()) {
            return require(0, event.type());
        }
        return readObject(object(event.arguments()), event.type().type());
    }

    /// All of them, as [#get(int)] reads them.
    public List<@Nullable Object> toList() {
        var list = new ArrayList<@Nullable Object>(size());
        for (int i = 0; i < size(); i++) {
            list.add(get(i));
        }
        return list;
    }

    /// All of them, to be sent on: `socket.emit("back", args.toArray())`.
    public @Nullable Object[] toArray() {
        return toList().toArray();
    }

    /// The whole array as it came; for an event its first element is the name.
    Payload array() {
        return array;
    }

    /// The acknowledgement of an event whose method returns this type.
    @Nullable Object answer(Type type) {
        return type == Void.class ? null : require(0, type);
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // callers tie T to the type they pass
    <T> T require(int index, Type type) {
        T value = read(index, type);
        if (value == null) {
            if (isOptional(type)) {
                return empty();
            }
            throw new PayloadException(
                    "argument " + index + (index < size() ? " is null" : " is missing"), null);
        }
        return value;
    }

    // callers tie T to the type they pass, and the mapping has made the value of this very type
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    <T> @Nullable T read(int index, Type type) {
        int[] at = elements();
        int i = 2 * (index + skipped);
        if (index < 0 || i >= at.length) {
            return null;
        }
        return (T)
                mapping.read(
                        new Payload(array.buffer(), at[i], at[i + 1], array.attachments()), type);
    }

    /// A handler of an `Optional` gets an empty one where the argument is missing.
    private static boolean isOptional(Type type) {
        return type == Optional.class
                || (type instanceof ParameterizedType generic
                        && generic.getRawType() == Optional.class);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // T is an Optional
    private static <T> T empty() {
        return (T) Optional.empty();
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as above
    private <T> T readObject(Payload object, Type type) {
        return (T) Objects.requireNonNull(mapping.read(object, type));
    }

    /// The arguments as the members of an object; those that are missing are left out.
    private Payload object(List<String> names) {
        int[] at = elements();
        var json = new ByteBuilder(array.length() + 16 * names.size());
        json.add('{');
        for (int i = 0; i < names.size(); i++) {
            int element = 2 * (i + skipped);
            if (element >= at.length) {
                break;
            }
            if (i > 0) {
                json.add(',');
            }
            JsonWriter.string(json, names.get(i));
            json.add(':');
            json.add(array.buffer(), at[element], at[element + 1]);
        }
        json.add('}');
        return new Payload(json.array(), 0, json.size(), array.attachments());
    }

    private int[] elements() {
        int[] found = elements;
        if (found == null) {
            found = JsonValues.elements(array.buffer(), array.from(), array.to());
            elements = found;
        }
        return found;
    }
}
