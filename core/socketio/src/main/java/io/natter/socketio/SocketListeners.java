package io.natter.socketio;

import io.natter.socketio.event.HandlerTable;
import io.natter.socketio.event.ListenerLists;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The part of a [Socket] to which the application adds its listeners for every event, its
/// middleware, and its listeners for the end. A list is replaced by each change and read without a
/// lock.
abstract sealed class SocketListeners extends SocketLife permits SocketHandlers {
    /// The handlers of events. Its lock guards the changes of the lists here.
    final HandlerTable<Listener.Any, Args> handlers = new HandlerTable<>();

    volatile List<Listener.CatchAll> incoming = List.of();
    volatile List<EventMiddleware> middlewares = List.of();
    volatile List<Listener.Values<DisconnectReason, String>> disconnecting = List.of();
    volatile List<Listener.Values<DisconnectReason, String>> disconnect = List.of();
    volatile List<Listener.Value<Exception>> error = List.of();

    SocketListeners(Namespace nsp, Client client, String id, @Nullable String pid) {
        super(nsp, client, id, pid);
    }

    // ---- every event

    /// Calls `listener` with every event of the client, before its handlers.
    public Socket onAny(Listener.CatchAll listener) {
        synchronized (handlers) {
            incoming = ListenerLists.with(incoming, listener);
        }
        return self();
    }

    /// As [#onAny], but before the present listeners.
    public Socket prependAny(Listener.CatchAll listener) {
        synchronized (handlers) {
            incoming = ListenerLists.withFirst(incoming, listener);
        }
        return self();
    }

    /// Removes a listener of [#onAny].
    public Socket offAny(Listener.CatchAll listener) {
        synchronized (handlers) {
            incoming = ListenerLists.without(incoming, listener);
        }
        return self();
    }

    /// Removes all listeners of [#onAny].
    public Socket offAny() {
        incoming = List.of();
        return self();
    }

    /// The listeners of [#onAny].
    public List<Listener.CatchAll> listenersAny() {
        return incoming;
    }

    /// Calls `listener` with every event to this client, also with broadcasts, but not with
    /// acknowledgements. It runs like a handler, in the order in which the events were sent.
    public Socket onAnyOutgoing(Listener.CatchAll listener) {
        synchronized (handlers) {
            outgoing = ListenerLists.with(outgoing, listener);
        }
        return self();
    }

    /// As [#onAnyOutgoing], but before the present listeners.
    public Socket prependAnyOutgoing(Listener.CatchAll listener) {
        synchronized (handlers) {
            outgoing = ListenerLists.withFirst(outgoing, listener);
        }
        return self();
    }

    /// Removes a listener of [#onAnyOutgoing].
    public Socket offAnyOutgoing(Listener.CatchAll listener) {
        synchronized (handlers) {
            outgoing = ListenerLists.without(outgoing, listener);
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
        synchronized (handlers) {
            middlewares = ListenerLists.with(middlewares, middleware);
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
        synchronized (handlers) {
            disconnecting = ListenerLists.with(disconnecting, listener);
        }
        return self();
    }

    /// Calls `listener` with the reason when the socket has left: once, after its earlier events.
    public Socket onDisconnect(Listener.Value<DisconnectReason> listener) {
        return onDisconnect((reason, ignored) -> listener.on(reason));
    }

    /// As [#onDisconnect(Listener.Value)], also with a sentence about the cause.
    public Socket onDisconnect(Listener.Values<DisconnectReason, String> listener) {
        synchronized (handlers) {
            disconnect = ListenerLists.with(disconnect, listener);
        }
        return self();
    }

    /// Calls `listener` with the exception of an [EventMiddleware]. Also with a
    /// [MalformedPacketException] if the client has sent invalid data, for which its connection is
    /// closed. (Node.js: `error`.)
    public Socket onError(Listener.Value<Exception> listener) {
        synchronized (handlers) {
            error = ListenerLists.with(error, listener);
        }
        return self();
    }

    // ---- inside

    /// The client has sent invalid data. On the strand.
    final void malformed(MalformedPacketException packet) {
        if (!error.isEmpty()) {
            mailbox.offer(new SocketJobs.Malformed(self(), packet));
        }
    }
}
