package io.natter.socketio;

import java.util.List;

/// The part of a [Socket] in which an application says what it wants to hear. Any thread.
abstract sealed class SocketHandlers permits SocketLife {
    final Listeners listeners = new Listeners();

    /// Those of [#onAnyOutgoing]. Here and not in `listeners`, where each message of a broadcast
    /// would have to look for it.
    volatile List<Listener.CatchAll> outgoing = List.of();

    abstract Socket self();

    /// Handles an event, its arguments left alone.
    ///
    /// @throws IllegalArgumentException for a reserved name, here and in all of its kind
    public Socket on(String event, Listener.NoArgs handler) {
        return add(event, handler, (_, _) -> handler.on(), false);
    }

    /// Handles an event by its first argument. If that is missing, `null` or does not fit the type,
    /// the handler is not called: the mishap is logged, counted, reported to
    /// [SocketIoServer#onError], and an acknowledgement that the client asked for gets the [error
    /// answer][SocketIoOptions#errorAnswer]. So it is for all handlers that name types.
    public <T> Socket on(String event, Class<T> type, Listener.Value<T> handler) {
        return add(event, handler, (args, _) -> handler.on(args.require(0, type)), false);
    }

    /// As [#on(String, Class, Listener.Value)], with the acknowledgement.
    public <T> Socket on(String event, Class<T> type, Listener.ValueAck<T> handler) {
        return add(event, handler, (args, ack) -> handler.on(args.require(0, type), ack), false);
    }

    /// As [#on(String, Class, Listener.Value)], for a generic type.
    public <T> Socket on(String event, TypeRef<T> type, Listener.Value<T> handler) {
        return add(event, handler, (args, _) -> handler.on(args.require(0, type)), false);
    }

    /// As [#on(String, Class, Listener.Value)], for a generic type, with the acknowledgement.
    public <T> Socket on(String event, TypeRef<T> type, Listener.ValueAck<T> handler) {
        return add(event, handler, (args, ack) -> handler.on(args.require(0, type), ack), false);
    }

    /// Handles an event by its first two arguments.
    public <A, B> Socket on(
            String event, Class<A> first, Class<B> second, Listener.Values<A, B> handler) {
        return add(
                event,
                handler,
                (args, _) -> handler.on(args.require(0, first), args.require(1, second)),
                false);
    }

    /// Handles an event by its first two arguments, with the acknowledgement.
    public <A, B> Socket on(
            String event, Class<A> first, Class<B> second, Listener.ValuesAck<A, B> handler) {
        return add(
                event,
                handler,
                (args, ack) -> handler.on(args.require(0, first), args.require(1, second), ack),
                false);
    }

    /// Handles an event with whatever arguments it has.
    public Socket on(String event, Listener.Any handler) {
        return add(event, handler, handler, false);
    }

    /// Handles the next event of that name only.
    public Socket once(String event, Listener.NoArgs handler) {
        return add(event, handler, (_, _) -> handler.on(), true);
    }

    /// Handles the next event of that name only.
    public <T> Socket once(String event, Class<T> type, Listener.ValueAck<T> handler) {
        return add(event, handler, (args, ack) -> handler.on(args.require(0, type), ack), true);
    }

    /// Handles the next event of that name only.
    public <T> Socket once(String event, Class<T> type, Listener.Value<T> handler) {
        return add(event, handler, (args, _) -> handler.on(args.require(0, type)), true);
    }

    /// Handles the next event of that name only.
    public Socket once(String event, Listener.Any handler) {
        return add(event, handler, handler, true);
    }

    /// Removes a handler.
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
        return onDisconnecting((reason, _) -> listener.on(reason));
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
        return onDisconnect((reason, _) -> listener.on(reason));
    }

    /// As [#onDisconnect(Listener.Value)], with a sentence that says more.
    public Socket onDisconnect(Listener.Values<DisconnectReason, String> listener) {
        synchronized (listeners) {
            listeners.disconnect = Listeners.with(listeners.disconnect, listener);
        }
        return self();
    }

    /// Hears what an [EventMiddleware] has thrown.
    public Socket onError(Listener.Value<Exception> listener) {
        synchronized (listeners) {
            listeners.error = Listeners.with(listeners.error, listener);
        }
        return self();
    }

    private Socket add(String event, Object original, Listener.Any run, boolean once) {
        EventNames.check(event);
        listeners.add(event, original, run, once);
        return self();
    }
}
