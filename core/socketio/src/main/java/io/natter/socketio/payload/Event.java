package io.natter.socketio.payload;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// The name of an event together with the type of its payload, so that the compiler checks both
/// sides. Usually a constant:
///
/// ```java
/// static final Event<Message> SEND = Event.of("send", Message.class);
///
/// socket.on(SEND, message -> io.to(message.room()).emit(SEND, message));
/// ```
///
/// [Request] is the same for an event with an acknowledgement. Immutable.
///
/// @param <T> the type of the payload
public final class Event<T> {
    private final String name;
    private final TypeRef<T> type;
    private final List<String> arguments;

    private Event(String name, TypeRef<T> type, List<String> arguments) {
        this.name = Objects.requireNonNull(name, "name must not be null");
        this.type = type;
        this.arguments = arguments;
    }

    /// An event with one argument.
    public static <T> Event<T> of(String name, Class<T> type) {
        return of(name, TypeRef.of(type));
    }

    /// An event with one argument of a generic type.
    public static <T> Event<T> of(String name, TypeRef<T> type) {
        return new Event<>(name, type, List.of());
    }

    /// An event with several arguments, which are the components of a record in their order. With
    /// `record Move(int x, int y, Optional<String> by)`, clients send `emit("move", 1, 2)` or
    /// `emit("move", 1, 2, "ana")`. Components of type `Optional` or with an annotation `@Nullable`
    /// may be missing at the end.
    ///
    /// The mapper must know the components by their own names: neither a naming strategy nor
    /// `@JsonProperty` may rename them.
    ///
    /// @throws IllegalArgumentException if the record has no components
    public static <T extends Record> Event<T> ofArguments(String name, Class<T> type) {
        var names =
                Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList();
        if (names.isEmpty()) {
            throw new IllegalArgumentException(type.getName() + " has no components");
        }
        return new Event<>(name, TypeRef.of(type), names);
    }

    /// The name.
    public String name() {
        return name;
    }

    /// The type of the payload.
    public TypeRef<T> type() {
        return type;
    }

    /// The names of the components that are the arguments; empty if the payload is one argument.
    public List<String> arguments() {
        return arguments;
    }

    @Override
    public String toString() {
        return "Event[" + name + ", " + type.type().getTypeName() + "]";
    }
}
