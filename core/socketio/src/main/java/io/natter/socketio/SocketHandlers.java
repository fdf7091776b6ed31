package io.natter.socketio;

import static io.natter.socketio.TypedHandlers.arguments;
import static io.natter.socketio.TypedHandlers.fits;
import static io.natter.socketio.TypedHandlers.noArgs;
import static io.natter.socketio.TypedHandlers.twoValues;
import static io.natter.socketio.TypedHandlers.twoValuesAck;
import static io.natter.socketio.TypedHandlers.value;
import static io.natter.socketio.TypedHandlers.valueAck;

import io.natter.socketio.event.EventInterface;
import io.natter.socketio.event.EventNames;
import io.natter.socketio.payload.Event;
import io.natter.socketio.payload.Request;
import io.natter.socketio.payload.TypeRef;
import java.lang.reflect.Type;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The part of a [Socket] to which the application adds its handlers of events.
abstract sealed class SocketHandlers extends SocketListeners permits Socket {
    SocketHandlers(Namespace nsp, Client client, String id, @Nullable String pid) {
        super(nsp, client, id, pid);
    }

    // ---- events

    /// Handles an event without its arguments.
    ///
    /// @throws IllegalArgumentException for a reserved name; this holds for all methods here
    public Socket on(String event, Listener.NoArgs handler) {
        return add(event, handler, noArgs(handler));
    }

    /// Handles an event by its first argument. If that is missing, `null` or does not fit the type,
    /// the handler is not called. The error is logged, counted and reported to
    /// [SocketIoServer#onError]. A client that waits for an acknowledgement gets the [error
    /// answer][SocketIoOptions#errorAnswer]. All handlers with types do the same. An argument of
    /// type `Optional` may be missing.
    public <T> Socket on(String event, Class<T> type, Listener.Value<T> handler) {
        return add(event, handler, value(type, handler));
    }

    /// As [#on(String, Class, Listener.Value)], with the acknowledgement.
    public <T> Socket on(String event, Class<T> type, Listener.ValueAck<T> handler) {
        return add(event, handler, valueAck(type, handler));
    }

    /// As [#on(String, Class, Listener.Value)], for a generic type.
    public <T> Socket on(String event, TypeRef<T> type, Listener.Value<T> handler) {
        return add(event, handler, value(type.type(), handler));
    }

    /// As [#on(String, Class, Listener.Value)], for a generic type, with the acknowledgement.
    public <T> Socket on(String event, TypeRef<T> type, Listener.ValueAck<T> handler) {
        return add(event, handler, valueAck(type.type(), handler));
    }

    /// Handles an event by its first two arguments. For more of them, see [Event#ofArguments].
    public <A, B> Socket on(
            String event, Class<A> first, Class<B> second, Listener.Values<A, B> handler) {
        return add(event, handler, twoValues(first, second, handler));
    }

    /// Handles an event by its first two arguments, with the acknowledgement.
    public <A, B> Socket on(
            String event, Class<A> first, Class<B> second, Listener.ValuesAck<A, B> handler) {
        return add(event, handler, twoValuesAck(first, second, handler));
    }

    /// Handles an event with any arguments.
    public Socket on(String event, Listener.Any handler) {
        return add(event, handler, handler);
    }

    /// As [#on(String, Class, Listener.Value)], for an event as a value.
    public <T> Socket on(Event<T> event, Listener.Value<T> handler) {
        return add(event.name(), handler, value(event, handler));
    }

    /// As [#on(Event, Listener.Value)], with the acknowledgement.
    public <T> Socket on(Event<T> event, Listener.ValueAck<T> handler) {
        return add(event.name(), handler, valueAck(event, handler));
    }

    /// Handles the events of an interface. Each abstract method is an event with its name, or with
    /// that of [io.natter.socketio.payload.EventName]. The parameters are the arguments. The
    /// returned value is the acknowledgement, also a `CompletionStage`. `handlers` is the object
    /// for [#off(String, Object)].
    ///
    /// An argument must be there and fit, as in [#on(String, Class, Listener.Value)]. It may be
    /// missing if its type is `Optional` or it has an annotation `@Nullable`. A parameter of type
    /// [Ack] gets the acknowledgement.
    ///
    /// @throws IllegalArgumentException also if the type is not an interface, has no abstract
    ///   methods, or two methods with the same event
    public <T> Socket on(Class<T> events, T handlers) {
        for (var event : EventInterface.of(events).entries()) {
            String name = event.name();
            add(
                    name,
                    handlers,
                    (args, ack) -> {
                        Object result = event.call(handlers, arguments(event, args, ack));
                        if (event.answer() != EventInterface.Answer.NONE) {
                            reply(name, result, ack);
                        }
                    });
        }
        return self();
    }

    // ---- events whose handler returns the acknowledgement

    /// Handles a request: the returned value is the acknowledgement. If the handler throws, the
    /// client gets the [error answer][SocketIoOptions#errorAnswer]. If the client wants no
    /// acknowledgement, nothing is sent.
    public <A, R> Socket on(Request<A, R> request, Listener.ValueReply<A, R> handler) {
        return add(request.name(), handler, requestReply(request, handler));
    }

    /// As [#on(Request, Listener.ValueReply)], for a handler that does not wait for the answer: it
    /// is sent when the stage is completed. (A separate name, because a lambda fits both.)
    public <A, R> Socket onAsync(
            Request<A, R> request,
            Listener.ValueReply<A, ? extends CompletionStage<? extends R>> handler) {
        return add(request.name(), handler, requestReply(request, handler));
    }

    /// Handles an event without arguments: the returned value is the acknowledgement. If it is a
    /// `CompletionStage`, the answer is sent when that is completed. The other forms of `onRequest`
    /// do the same. (A separate name, because a lambda also fits [#on].)
    public Socket onRequest(String event, Listener.Reply handler) {
        return add(event, handler, (ignored, ack) -> reply(event, handler.on(), ack));
    }

    /// As [#onRequest(String, Listener.Reply)], by the first argument.
    public <T> Socket onRequest(
            String event, Class<T> type, Listener.ValueReply<T, @Nullable Object> handler) {
        return add(event, handler, valueReply(event, type, handler));
    }

    /// As [#onRequest(String, Class, Listener.ValueReply)], for a generic type.
    public <T> Socket onRequest(
            String event, TypeRef<T> type, Listener.ValueReply<T, @Nullable Object> handler) {
        return add(event, handler, valueReply(event, type.type(), handler));
    }

    /// As [#onRequest(String, Listener.Reply)], by the first two arguments.
    public <A, B> Socket onRequest(
            String event, Class<A> first, Class<B> second, Listener.ValuesReply<A, B> handler) {
        return add(
                event,
                handler,
                (args, ack) ->
                        reply(
                                event,
                                handler.on(args.require(0, first), args.require(1, second)),
                                ack));
    }

    /// As [#onRequest(String, Listener.Reply)], by all arguments as they came.
    public Socket onRequest(String event, Listener.AnyReply handler) {
        return add(event, handler, (args, ack) -> reply(event, handler.on(args), ack));
    }

    // ---- the next event only

    /// Handles the next event of that name only.
    public Socket once(String event, Listener.NoArgs handler) {
        return addOnce(event, handler, noArgs(handler), null);
    }

    /// Handles the next event of that name whose first argument fits, and no later one.
    public <T> Socket once(String event, Class<T> type, Listener.Value<T> handler) {
        return addOnce(event, handler, value(type, handler), fits(type));
    }

    /// As [#once(String, Class, Listener.Value)], with the acknowledgement.
    public <T> Socket once(String event, Class<T> type, Listener.ValueAck<T> handler) {
        return addOnce(event, handler, valueAck(type, handler), fits(type));
    }

    /// As [#once(String, Class, Listener.Value)], for a generic type.
    public <T> Socket once(String event, TypeRef<T> type, Listener.Value<T> handler) {
        return addOnce(event, handler, value(type.type(), handler), fits(type.type()));
    }

    /// As [#once(String, Class, Listener.Value)], for a generic type, with the acknowledgement.
    public <T> Socket once(String event, TypeRef<T> type, Listener.ValueAck<T> handler) {
        return addOnce(event, handler, valueAck(type.type(), handler), fits(type.type()));
    }

    /// As [#once(String, Class, Listener.Value)], for two arguments.
    public <A, B> Socket once(
            String event, Class<A> first, Class<B> second, Listener.Values<A, B> handler) {
        return addOnce(event, handler, twoValues(first, second, handler), fits(first, second));
    }

    /// As [#once(String, Class, Listener.Value)], for two arguments, with the acknowledgement.
    public <A, B> Socket once(
            String event, Class<A> first, Class<B> second, Listener.ValuesAck<A, B> handler) {
        return addOnce(event, handler, twoValuesAck(first, second, handler), fits(first, second));
    }

    /// Handles the next event of that name only.
    public Socket once(String event, Listener.Any handler) {
        return addOnce(event, handler, handler, null);
    }

    /// As [#once(String, Class, Listener.Value)], for an event as a value.
    public <T> Socket once(Event<T> event, Listener.Value<T> handler) {
        return addOnce(event.name(), handler, value(event, handler), args -> args.require(event));
    }

    /// As [#once(Event, Listener.Value)], with the acknowledgement.
    public <T> Socket once(Event<T> event, Listener.ValueAck<T> handler) {
        return addOnce(
                event.name(), handler, valueAck(event, handler), args -> args.require(event));
    }

    // ---- removal

    /// Removes a handler: the object that was given to `on` or `once`.
    public Socket off(String event, Object handler) {
        handlers.remove(event, handler);
        return self();
    }

    /// Removes the handlers of an event.
    public Socket off(String event) {
        handlers.removeAll(event);
        return self();
    }

    /// Removes all handlers of events.
    public Socket off() {
        handlers.removeAll();
        return self();
    }

    // ---- inside

    private Socket add(String event, Object original, Listener.Any run) {
        EventNames.checkHandled(event);
        handlers.add(event, original, run, false, null);
        return self();
    }

    private Socket addOnce(
            String event, Object original, Listener.Any run, @Nullable Consumer<Args> check) {
        EventNames.checkHandled(event);
        handlers.add(event, original, run, true, check);
        return self();
    }

    private <A> Listener.Any requestReply(
            Request<A, ?> request, Listener.ValueReply<A, ? extends @Nullable Object> handler) {
        String name = request.name();
        return (args, ack) -> reply(name, handler.on(args.require(request.event())), ack);
    }

    private <T> Listener.Any valueReply(
            String event, Type type, Listener.ValueReply<T, @Nullable Object> handler) {
        return (args, ack) -> reply(event, handler.on(args.<T>require(0, type)), ack);
    }

    private void reply(String event, @Nullable Object result, Ack ack) {
        if (!(result instanceof CompletionStage<?> stage)) {
            ack.send(result);
            return;
        }
        var ignored =
                stage.whenComplete(
                        (value, failure) -> {
                            try {
                                if (failure != null) {
                                    throw failure;
                                }
                                ack.send(value);
                            } catch (Throwable failed) {
                                var cause =
                                        failed instanceof CompletionException
                                                        && failed.getCause() != null
                                                ? failed.getCause()
                                                : failed;
                                SocketJobs.handlerFailed(self(), event, cause, ack);
                            }
                        });
    }
}
