package io.natter.socketio;

import io.natter.host.dispatch.Dispatch;
import io.natter.socketio.event.ListenerLists;
import io.natter.socketio.rooms.StrandContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The part of a [Namespace] that knows the application's code for its sockets. A superclass and
/// not an object beside it, so that an event takes no detour. Any thread.
abstract sealed class NamespaceHandlers permits Namespace {
    final SocketIoServer server;
    private volatile List<Middleware> middlewares = List.of();
    private volatile List<HandlerInterceptor> interceptors = List.of();
    private volatile List<Listener.Value<Socket>> connectionListeners = List.of();
    private volatile Dispatch dispatch;

    /// @param parent the namespace begins with the code of this one, if it is not null
    NamespaceHandlers(SocketIoServer server, @Nullable NamespaceHandlers parent) {
        this.server = server;
        if (parent == null) {
            dispatch = server.options().dispatch();
        } else {
            middlewares = parent.middlewares;
            interceptors = parent.interceptors;
            connectionListeners = parent.connectionListeners;
            dispatch = parent.dispatch;
        }
    }

    abstract Namespace self();

    /// Calls `listener` with every socket that joins. It runs in order with the socket's handlers
    /// and before any of them, so handlers that it adds before it returns miss nothing.
    public Namespace onConnection(Listener.Value<Socket> listener) {
        synchronized (this) {
            connectionListeners = ListenerLists.with(connectionListeners, listener);
        }
        return self();
    }

    /// Asks a middleware, behind those there are, before a client may join.
    public Namespace use(Middleware middleware) {
        synchronized (this) {
            middlewares = ListenerLists.with(middlewares, middleware);
        }
        return self();
    }

    /// Runs each call of a handler of this namespace's sockets inside `interceptor`, inside those
    /// there are. The interceptors of the server are outside of all of them. The sockets that have
    /// joined already are included.
    public Namespace around(HandlerInterceptor interceptor) {
        synchronized (this) {
            interceptors = ListenerLists.with(interceptors, interceptor);
        }
        return self();
    }

    /// Chooses where the handlers of sockets that join from now on run; else it is as
    /// [SocketIoOptions#dispatch] says.
    public Namespace dispatch(Dispatch chosen) {
        dispatch = chosen;
        return self();
    }

    final List<Middleware> middlewares() {
        return middlewares;
    }

    final List<Listener.Value<Socket>> connectionListeners() {
        return connectionListeners;
    }

    /// The interceptors of the server and of this namespace, the outermost first.
    final List<HandlerInterceptor> interceptors() {
        List<HandlerInterceptor> outer = server.interceptors();
        List<HandlerInterceptor> inner = interceptors;
        if (outer.isEmpty()) {
            return inner;
        }
        if (inner.isEmpty()) {
            return outer;
        }
        var all = new ArrayList<>(outer);
        all.addAll(inner);
        return all;
    }

    /// Where the handlers of a socket run.
    final Executor executor(StrandContext context) {
        return switch (dispatch) {
            case VIRTUAL -> context.handOff;
            case INLINE -> context::run;
        };
    }
}
