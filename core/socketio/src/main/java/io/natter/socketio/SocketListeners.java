package io.natter.socketio;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The part of a [Socket] to which the application adds its listeners for every event, its
/// middleware, and its listeners for the end.
abstract sealed class SocketListeners extends SocketLife permits SocketHandlers {
    SocketListeners(Namespace nsp, Client client, String id, @Nullable String pid) {
        super(nsp, client, id, pid);
    }

    // ---- every event

    /// Calls `listener` with every event of the client, before its handlers.
    public Socket onAny(Listener.CatchAll listener) {
        synchronized (listeners) {
            listeners.incoming = Listeners.with(listeners.incoming, listener);
        }
        return self();
    }

    /// As [#onAny], but before the present listeners.
    public Socket prependAny(Listener.CatchAll listener) {
        synchronized (listeners) {
            listeners.incoming = Listeners.withFirst(listeners.incoming, listener);
        }
        return self();
    }

    /// Removes a listener of [#onAny].
    public Socket offAny(Listener.CatchAll listener) {
        synchronized (listeners) {
            listeners.incoming = Listeners.without(listeners.incoming, listener);
        }
        return self();
    }

    /// Removes all listeners of [#onAny].
    public Socket offAny() {
        listeners.incoming = List.of();
        return self();
    }

    /// The listeners of [#onAny].
    public List<Listener.CatchAll> listenersAny() {
        return listeners.incoming;
    }

    /// Calls `listener` with every event to this client, also with broadcasts, but not with
    /// acknowledgements. It runs like a handler, in the order in which the events were sent.
    public Socket onAnyOutgoing(Listener.CatchAll listener) {
        synchronized (listeners) {
            outgoing = Listeners.with(outgoing, listener);
        }
        return self();
    }

    /// As [#onAnyOutgoing], but before the present listeners.
    public Socket prependAnyOutgoing(Listener.CatchAll listener) {
        synchronized (listeners) {
            outgoing = Listeners.withFirst(outgoing, listener);
        }
        return self();
    }

    /// Removes a listener of [#onAnyOutgoing].
    public Socket offAnyOutgoing(Listener.CatchAll listener) {
        synchronized (listeners) {
            outgoing = Listeners.without(outgoing, listener);
        }
        return self();
    }

    /// Removes all listeners of [#onAnyOutgoing].
    public Socket offAnyOutgoing() {
        outgoing = List.of();
        return self();
    }

    /// The listeners of [#onAnyOutgoing].
    public List<Listener.CatchAll> listenersAnyOutgoing() {
        return outgoing;
    }

    // ---- middleware and the end

    /// Adds a middleware for events, behind the present ones.
    public Socket use(EventMiddleware middleware) {
        synchronized (listeners) {
            listeners.middlewares = Listeners.with(listeners.middlewares, middleware);
        }
        return self();
    }

    /// Calls `listener` with the reason when the socket leaves, while [Socket#rooms] still has its
    /// rooms. Broadcasts do not reach it any more.
    public Socket onDisconnecting(Listener.Value<DisconnectReason> listener) {
        return onDisconnecting((reason, ignored) -> listener.on(reason));
    }

    /// As [#onDisconnecting(Listener.Value)], also with a sentence about the cause.
    public Socket onDisconnecting(Listener.Values<DisconnectReason, String> listener) {
        synchronized (listeners) {
            listeners.disconnecting = Listeners.with(listeners.disconnecting, listener);
        }
        return self();
    }

    /// Calls `listener` with the reason when the socket has left: once, after its earlier events.
    public Socket onDisconnect(Listener.Value<DisconnectReason> listener) {
        return onDisconnect((reason, ignored) -> listener.on(reason));
    }

    /// As [#onDisconnect(Listener.Value)], also with a sentence about the cause.
    public Socket onDisconnect(Listener.Values<DisconnectReason, String> listener) {
        synchronized (listeners) {
            listeners.disconnect = Listeners.with(listeners.disconnect, listener);
        }
        return self();
    }

    /// Calls `listener` with the exception of an [EventMiddleware]. Also with a
    /// [MalformedPacketException] if the client has sent invalid data, for which its connection is
    /// closed. (Node.js: `error`.)
    public Socket onError(Listener.Value<Exception> listener) {
        synchronized (listeners) {
            listeners.error = Listeners.with(listeners.error, listener);
        }
        return self();
    }
}
