package io.natter.socketio.payload;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/// A generic type as a value: `new TypeRef<List<Message>>() {}`.
///
/// @param <T> the type
public abstract class TypeRef<T> {
    private final Type type;

    /// Reads the type from the subclass's declaration.
    protected TypeRef() {
        if (!(getClass().getGenericSuperclass() instanceof ParameterizedType parameterized)) {
            throw new IllegalStateException("write new TypeRef<Some<Type>>() {}");
        }
        type = parameterized.getActualTypeArguments()[0];
    }

    private TypeRef(Type type) {
        this.type = type;
    }

    /// The type of a class, where a [TypeRef] is asked for.
    public static <T> TypeRef<T> of(Class<T> type) {
        return new OfClass<>(type);
    }

    /// Any type, for code that finds types by reflection.
    public static TypeRef<?> of(Type type) {
        return new OfClass<>(type);
    }

    private static final class OfClass<T> extends TypeRef<T> {
        OfClass(Type type) {
            super(type);
        }
    }

    /// The type itself.
    public final Type type() {
        return type;
    }
}
