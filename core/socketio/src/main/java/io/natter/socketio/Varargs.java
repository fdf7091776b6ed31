package io.natter.socketio;

import org.jspecify.annotations.Nullable;

/// Turns what the compiler makes of variable arguments into the values to be sent.
///
/// `emit("x", null)` is one null, as in JavaScript, though Java passes no array at all. An array of
/// any other type than `Object[]` was meant as one value, whether it is an `int[]`, which Java does
/// not spread, or a `String[]`, which it does.
final class Varargs {
    private Varargs() {}

    static @Nullable Object[] of(@Nullable Object @Nullable [] args) {
        if (args == null) {
            return new @Nullable Object[] {null};
        }
        return args.getClass() == Object[].class ? args : new @Nullable Object[] {args};
    }

    /// As [#of], for a call that takes no callback.
    ///
    /// @throws IllegalArgumentException if there is one, which would be sent as an empty object
    static @Nullable Object[] withoutCallback(@Nullable Object @Nullable [] args) {
        @Nullable Object[] values = of(args);
        for (Object value : values) {
            if (value instanceof AckCallback) {
                throw new IllegalArgumentException(
                        "an AckCallback must be the last argument of socket.emit; everywhere else"
                                + " answers are asked for with emitWithAck");
            }
        }
        return values;
    }
}
