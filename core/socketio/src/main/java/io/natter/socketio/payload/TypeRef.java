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

    /// The type itself.
    public final Type type() {
        return type;
    }
}
