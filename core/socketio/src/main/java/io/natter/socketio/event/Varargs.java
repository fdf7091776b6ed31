package io.natter.socketio.event;

import org.jspecify.annotations.Nullable;

/// Turns what the compiler makes of variable arguments into the values to be sent.
///
/// `emit("x", null)` is one null, as in JavaScript, though Java passes no array at all. An array of
/// any other type than `Object[]` is one value. Java spreads a `String[]` and not an `int[]`, but
/// the caller means the same.
public final class Varargs {
    private Varargs() {}

    public static @Nullable Object[] of(@Nullable Object @Nullable [] args) {
        if (args == null) {
            return new @Nullable Object[] {null};
        }
        return args.getClass() == Object[].class ? args : new @Nullable Object[] {args};
    }
}
