package io.natter.socketio.event;

import org.jspecify.annotations.Nullable;

/// Turns what the compiler makes of variable arguments into the values to be sent.
///
/// `emit("x", null)` is one null, as in JavaScript, though Java passes no array at all. An array of
/// any other type than `Object[]` was meant as one value, whether it is an `int[]`, which Java does
/// not spread, or a `String[]`, which it does.
public final class Varargs {
    private Varargs() {}

    public static @Nullable Object[] of(@Nullable Object @Nullable [] args) {
        if (args == null) {
            return new @Nullable Object[] {null};
        }
        return args.getClass() == Object[].class ? args : new @Nullable Object[] {args};
    }
}
