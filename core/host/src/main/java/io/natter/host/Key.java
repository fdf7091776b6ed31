package io.natter.host;

import java.lang.invoke.MethodType;
import java.util.Objects;

/// The name of a value together with its type, for request [Attributes] and the data of sockets.
/// Usually a constant: `static final Key<User> USER = Key.of("user", User.class)`. Two keys with
/// the same name and type are equal. A primitive type, as `int.class`, stands for its box.
///
/// @param name the name
/// @param type the type of the value
/// @param <T> the type of the value
public record Key<T>(String name, Class<T> type) {

    /// Checks that there are a name and a type.
    public Key {
        Objects.requireNonNull(name, "name must not be null");
        type = boxed(Objects.requireNonNull(type, "type must not be null"));
    }

    /// The key of that name and type.
    public static <T> Key<T> of(String name, Class<T> type) {
        return new Key<>(name, type);
    }

    /// Values are objects, and `int.class` casts none of them. In Kotlin, `Int::class.java` is that
    /// class.
    @SuppressWarnings("unchecked") // Class<Integer> is the type of int.class, too
    private static <T> Class<T> boxed(Class<T> type) {
        return (Class<T>) MethodType.methodType(type).wrap().returnType();
    }
}
