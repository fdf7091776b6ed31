package io.natter.socketio;

import io.natter.socketio.event.EventNames;
import io.natter.socketio.payload.Event;
import io.natter.socketio.payload.Request;
import io.natter.socketio.payload.TypeRef;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The part of a [Socket] to which the application adds its handlers.
abstract sealed class SocketHandlers extends SocketLife permits Socket {
    SocketHandlers(Namespace nsp, Client client, String id, @Nullable String pid) {
        super(nsp, client, id, pid);
    }

    // ---- events

    /// Handles an event, its arguments left alone.
    ///
    /// @throws IllegalArgumentException for a reserved name, here and in all of its kind
    public Socket on(String event, Listener.NoArgs handler) {
        return add(event, handler, (ignored, ignored2) -> handler.on());
    }

    /// Handles an event by its first argument. If that is missing, `null` or does not fit the type,
    /// the handler is not called: the mishap is logged, counted, reported to
    /// [SocketIoServer#onError], and an acknowledgement that the client asked for gets the [error
    /// answer][SocketIoOptions#errorAnswer]. So it is for all handlers that name types. An argument
    /// of type `Optional` may be missing.
    public <T> Socket on(String event, Class<T> type, Listener.Value<T> handler) {
        return add(event, handler, (args, ignored) -> handler.on(args.require(0, type)));
    }

    /// As [#on(String, Class, Listener.Value)], with the acknowledgement.
    public <T> Socket on(String event, Class<T> type, Listener.ValueAck<T> handler) {
        return add(event, handler, (args, ack) -> handler.on(args.require(0, type), ack));
    }

    /// As [#on(String, Class, Listener.Value)], for a generic type.
    public <T> Socket on(String event, TypeRef<T> type, Listener.Value<T> handler) {
        return add(event, handler, (args, ignored) -> handler.on(args.require(0, type)));
    }

    /// As [#on(String, Class, Listener.Value)], for a generic type, with the acknowledgement.
    public <T> Socket on(String event, TypeRef<T> type, Listener.ValueAck<T> handler) {
        return add(event, handler, (args, ack) -> handler.on(args.require(0, type), ack));
    }

    /// Handles an event by its first two arguments. For more of them, see [Event#ofArguments].
    public <A, B> Socket on(
            String event, Class<A> first, Class<B> second, Listener.Values<A, B> handler) {
        return add(
                event,
                handler,
                (args, ignored) -> handler.on(args.require(0, first), args.require(1, second)));
    }

    /// Handles an event by its first two arguments, with the acknowledgement.
    public <A, B> Socket on(
            String event, Class<A> first, Class<B> second, Listener.ValuesAck<A, B> handler) {
        return add(
                event,
                handler,
                (args, ack) -> handler.on(args.require(0, first), args.require(1, second), ack));
    }

    /// Handles an event with whatever arguments it has.
    public Socket on(String event, Listener.Any handler) {
        return add(event, handler, handler);
    }

    /// As [#on(String, Class, Listener.Value)], for an event as a value.
    public <T> Socket on(Event<T> event, Listener.Value<T> handler) {
        return add(event.name(), handler, (args, ignored) -> handler.on(args.require(event)));
    }

    /// As [#on(Event, Listener.Value)], with the acknowledgement.
    public <T> Socket on(Event<T> event, Listener.ValueAck<T> handler) {
        return add(event.name(), handler, (args, ack) -> handler.on(args.require(event), ack));
    }

    // ---- events whose handler returns the acknowledgement

    /// Handles a request: what the handler returns is the acknowledgement. If it throws, the client
    /// gets the [error answer][SocketIoOptions#errorAnswer]. If the client asked for none, nothing
    /// is sent.
    public <A, R> Socket on(Request<A, R> request, Listener.ValueReply<A, R> handler) {
        String name = request.name();
        return add(
                name,
                handler,
                (args, ack) -> reply(name, handler.on(args.require(request.event())), ack));
    }

    /// As [#on(Request, Listener.ValueReply)], for a handler that does not wait for the answer: it
    /// is sent when the stage is completed. (Name of its own, because a lambda fits both.)
    public <A, R> Socket onAsync(
            Request<A, R> request,
            Listener.ValueReply<A, ? extends CompletionStage<? extends R>> handler) {
        String name = request.name();
        return add(
                name,
                handler,
                (args, ack) -> reply(name, handler.on(args.require(request.event())), ack));
    }

    /// Handles an event without arguments: what the handler returns is the acknowledgement, here
    /// and in all of its kind. If it returns a `CompletionStage`, the answer is sent when that is
    /// completed. (A name of its own, because a lambda fits [#on] too.)
    public Socket onRequest(String event, Listener.Reply handler) {
        return add(event, handler, (ignored, ack) -> reply(event, handler.on(), ack));
    }

    /// As [#onRequest(String, Listener.Reply)], by the first argument.
    public <T> Socket onRequest(
            String event, Class<T> type, Listener.ValueReply<T, @Nullable Object> handler) {
        return add(
                event,
                handler,
                (args, ack) -> reply(event, handler.on(args.require(0, type)), ack));
    }

    /// As [#onRequest(String, Class, Listener.ValueReply)], for a generic type.
    public <T> Socket onRequest(
            String event, TypeRef<T> type, Listener.ValueReply<T, @Nullable Object> handler) {
        return add(
                event,
                handler,
                (args, ack) -> reply(event, handler.on(args.require(0, type)), ack));
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
        return addOnce(event, handler, (ignored, ignored2) -> handler.on(), null);
    }

    /// Handles the next event of that name whose first argument fits, and none after that.
    public <T> Socket once(String event, Class<T> type, Listener.Value<T> handler) {
        return addOnce(
                event,
                handler,
                (args, ignored) -> handler.on(args.require(0, type)),
                args -> args.require(0, type));
    }

    /// As [#once(String, Class, Listener.Value)], with the acknowledgement.
    public <T> Socket once(String event, Class<T> type, Listener.ValueAck<T> handler) {
        return addOnce(
                event,
                handler,
                (args, ack) -> handler.on(args.require(0, type), ack),
                args -> args.require(0, type));
    }

    /// As [#once(String, Class, Listener.Value)], for a generic type.
    public <T> Socket once(String event, TypeRef<T> type, Listener.Value<T> handler) {
        return addOnce(
                event,
                handler,
                (args, ignored) -> handler.on(args.require(0, type)),
                args -> args.require(0, type));
    }

    /// As [#once(String, Class, Listener.Value)], for a generic type, with the acknowledgement.
    public <T> Socket once(String event, TypeRef<T> type, Listener.ValueAck<T> handler) {
        return addOnce(
                event,
                handler,
                (args, ack) -> handler.on(args.require(0, type), ack),
                args -> args.require(0, type));
    }

    /// As [#once(String, Class, Listener.Value)], for two arguments.
    public <A, B> Socket once(
            String event, Class<A> first, Class<B> second, Listener.Values<A, B> handler) {
        return addOnce(
                event,
                handler,
                (args, ignored) -> handler.on(args.require(0, first), args.require(1, second)),
                args -> checkBoth(args, first, second));
    }

    /// As [#once(String, Class, Listener.Value)], for two arguments, with the acknowledgement.
    public <A, B> Socket once(
            String event, Class<A> first, Class<B> second, Listener.ValuesAck<A, B> handler) {
        return addOnce(
                event,
                handler,
                (args, ack) -> handler.on(args.require(0, first), args.require(1, second), ack),
                args -> checkBoth(args, first, second));
    }

    /// Handles the next event of that name only.
    public Socket once(String event, Listener.Any handler) {
        return addOnce(event, handler, handler, null);
    }

    /// As [#once(String, Class, Listener.Value)], for an event as a value.
    public <T> Socket once(Event<T> event, Listener.Value<T> handler) {
        return addOnce(
                event.name(),
                handler,
                (args, ignored) -> handler.on(args.require(event)),
                args -> args.require(event));
    }

    /// As [#once(Event, Listener.Value)], with the acknowledgement.
    public <T> Socket once(Event<T> event, Listener.ValueAck<T> handler) {
        return addOnce(
                event.name(),
                handler,
                (args, ack) -> handler.on(args.require(event), ack),
                args -> args.require(event));
    }

    // ---- away with them

    /// Removes a handler: the object that was given to `on` or `once`.
    public Socket off(String event, Object handler) {
        listeners.remove(event, handler);
        return self();
    }

    /// Removes the handlers of an event.
    public Socket off(String event) {
        listeners.removeAll(event);
        return self();
    }

    /// Removes all handlers of events.
    public Socket off() {
        listeners.removeAll();
        return self();
    }

    // ---- every event

    /// Sees every event that comes, before its handlers.
    public Socket onAny(Listener.CatchAll listener) {
        synchronized (listeners) {
            listeners.incoming = Listeners.with(listeners.incoming, listener);
        }
        return self();
    }

    /// As [#onAny], before those there are.
    public Socket prependAny(Listener.CatchAll listener) {
        synchronized (listeners) {
            listeners.incoming = Listeners.withFirst(listeners.incoming, listener);
        }
        return self();
    }

    /// Removes one of [#onAny].
    public Socket offAny(Listener.CatchAll listener) {
        synchronized (listeners) {
            listeners.incoming = Listeners.without(listeners.incoming, listener);
        }
        return self();
    }

    /// Removes all of [#onAny].
    public Socket offAny() {
        listeners.incoming = List.of();
        return self();
    }

    /// Those of [#onAny].
    public List<Listener.CatchAll> listenersAny() {
        return listeners.incoming;
    }

    /// Sees every event that goes out to this client, broadcasts included and acknowledgements not;
    /// runs like a handler, in the order in which they went.
    public Socket onAnyOutgoing(Listener.CatchAll listener) {
        synchronized (listeners) {
            outgoing = Listeners.with(outgoing, listener);
        }
        return self();
    }

    /// As [#onAnyOutgoing], before those there are.
    public Socket prependAnyOutgoing(Listener.CatchAll listener) {
        synchronized (listeners) {
            outgoing = Listeners.withFirst(outgoing, listener);
        }
        return self();
    }

    /// Removes one of [#onAnyOutgoing].
    public Socket offAnyOutgoing(Listener.CatchAll listener) {
        synchronized (listeners) {
            outgoing = Listeners.without(outgoing, listener);
        }
        return self();
    }

    /// Removes all of [#onAnyOutgoing].
    public Socket offAnyOutgoing() {
        outgoing = List.of();
        return self();
    }

    /// Those of [#onAnyOutgoing].
    public List<Listener.CatchAll> listenersAnyOutgoing() {
        return outgoing;
    }

    // ---- middleware and the end

    /// Lets every event pass by a middleware, behind those there are.
    public Socket use(EventMiddleware middleware) {
        synchronized (listeners) {
            listeners.middlewares = Listeners.with(listeners.middlewares, middleware);
        }
        return self();
    }

    /// Hears why the socket leaves, while [#rooms] still tells its rooms. Broadcasts do not reach
    /// it any more.
    public Socket onDisconnecting(Listener.Value<DisconnectReason> listener) {
        return onDisconnecting((reason, ignored) -> listener.on(reason));
    }

    /// As [#onDisconnecting(Listener.Value)], with a sentence that says more.
    public Socket onDisconnecting(Listener.Values<DisconnectReason, String> listener) {
        synchronized (listeners) {
            listeners.disconnecting = Listeners.with(listeners.disconnecting, listener);
        }
        return self();
    }

    /// Hears why the socket has left; called once, after the events that came before.
    public Socket onDisconnect(Listener.Value<DisconnectReason> listener) {
        return onDisconnect((reason, ignored) -> listener.on(reason));
    }

    /// As [#onDisconnect(Listener.Value)], with a sentence that says more.
    public Socket onDisconnect(Listener.Values<DisconnectReason, String> listener) {
        synchronized (listeners) {
            listeners.disconnect = Listeners.with(listeners.disconnect, listener);
        }
        return self();
    }

    /// Hears what an [EventMiddleware] has thrown, and a [MalformedPacketException] when the client
    /// has sent what is no packet, for which its connection is closed. (Node.js: `error`.)
    public Socket onError(Listener.Value<Exception> listener) {
        synchronized (listeners) {
            listeners.error = Listeners.with(listeners.error, listener);
        }
        return self();
    }

    // ---- inside

    private Socket add(String event, Object original, Listener.Any run) {
        EventNames.checkHandled(event);
        listeners.add(event, original, run, false, null);
        return self();
    }

    private Socket addOnce(
            String event, Object original, Listener.Any run, @Nullable Consumer<Args> check) {
        EventNames.checkHandled(event);
        listeners.add(event, original, run, true, check);
        return self();
    }

    private static void checkBoth(Args args, Class<?> first, Class<?> second) {
        var ignored = List.of(args.require(0, first), args.require(1, second));
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
