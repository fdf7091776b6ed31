package io.natter.socketio;

import io.natter.socketio.event.EventInterface;
import io.natter.socketio.payload.Event;
import java.lang.reflect.Type;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Makes a handler of any arguments from one that names its types. The call of the made handler
/// throws a [io.natter.socketio.payload.PayloadException] if an argument does not fit.
final class TypedHandlers {
    private TypedHandlers() {}

    static Listener.Any noArgs(Listener.NoArgs handler) {
        return (ignored, ignored2) -> handler.on();
    }

    static <T> Listener.Any value(Type type, Listener.Value<T> handler) {
        return (args, ignored) -> handler.on(args.<T>require(0, type));
    }

    static <T> Listener.Any valueAck(Type type, Listener.ValueAck<T> handler) {
        return (args, ack) -> handler.on(args.<T>require(0, type), ack);
    }

    static <T> Listener.Any value(Event<T> event, Listener.Value<T> handler) {
        return (args, ignored) -> handler.on(args.require(event));
    }

    static <T> Listener.Any valueAck(Event<T> event, Listener.ValueAck<T> handler) {
        return (args, ack) -> handler.on(args.require(event), ack);
    }

    static <A, B> Listener.Any twoValues(
            Class<A> first, Class<B> second, Listener.Values<A, B> handler) {
        return (args, ignored) -> handler.on(args.require(0, first), args.require(1, second));
    }

    static <A, B> Listener.Any twoValuesAck(
            Class<A> first, Class<B> second, Listener.ValuesAck<A, B> handler) {
        return (args, ack) -> handler.on(args.require(0, first), args.require(1, second), ack);
    }

    // ---- checks of arguments, for handlers that run once

    static Consumer<Args> fits(Type type) {
        return args -> args.<Object>require(0, type);
    }

    static Consumer<Args> fits(Class<?> first, Class<?> second) {
        return args -> {
            var ignored = List.of(args.require(0, first), args.require(1, second));
        };
    }

    // ---- the methods of an interface

    /// The values with which the method of an event is called.
    static @Nullable Object[] arguments(EventInterface.Entry event, Args args, Ack ack) {
        var parameters = event.parameters();
        var values = new @Nullable Object[parameters.size()];
        int next = 0;
        for (int i = 0; i < values.length; i++) {
            var parameter = parameters.get(i);
            if (parameter.type() == Ack.class) {
                values[i] = ack;
            } else if (parameter.isNullable()) {
                values[i] = args.read(next++, parameter.type());
            } else {
                values[i] = args.require(next++, parameter.type());
            }
        }
        return values;
    }
}
