package io.natter.socketio;

import io.natter.host.dispatch.Dispatch;
import io.natter.protocol.Packet;
import io.natter.protocol.Payload;
import io.natter.socketio.adapter.Adapter;
import io.natter.socketio.adapter.BroadcastOptions;
import io.natter.socketio.adapter.RoomListener;
import io.natter.socketio.event.EventNames;
import io.natter.socketio.event.Varargs;
import io.natter.socketio.payload.Event;
import io.natter.socketio.rooms.NamespaceSockets;
import io.natter.socketio.rooms.RecoveryLog;
import io.natter.socketio.rooms.SocketIds;
import io.natter.socketio.rooms.StrandContext;
import io.natter.socketio.rooms.UnfinishedSessions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// A namespace: clients join it by its name, with handlers, middleware and rooms of its own. Any
/// thread.
public sealed class Namespace implements BroadcastTarget permits ParentNamespace {
    private final SocketIoServer server;
    private final String name;
    private final @Nullable ParentNamespace parent;
    private final NamespaceSockets<Socket> local;
    private final Adapter adapter;
    private final boolean recovers;
    private final Broadcast all = new Broadcast(this, BroadcastOptions.ALL);
    private volatile List<Middleware> middlewares = List.of();
    private volatile List<HandlerInterceptor> interceptors = List.of();
    private volatile List<Listener.Value<Socket>> connectionListeners = List.of();
    private volatile Dispatch dispatch;
    private final ServerSideEvents serverSide;
    private final UnfinishedSessions unfinished = new UnfinishedSessions();
    private final RecoverableSockets recoverable = new RecoverableSockets();

    /// The number of sockets that are in the namespace or joining it. Guarded by the server's lock
    /// of children.
    int users;

    /// Whether only clients have asked for it by name. Written under the same lock.
    volatile boolean madeByClient;

    Namespace(SocketIoServer server, String name, @Nullable ParentNamespace parent) {
        this.server = server;
        this.name = name;
        this.parent = parent;
        this.dispatch = server.options().dispatch();
        this.serverSide =
                new ServerSideEvents(server.mapping(), server::execute, server::handlerFailed);
        this.local =
                new NamespaceSockets<>(
                        name,
                        server.parser(),
                        server.mapping(),
                        server::execute,
                        failure -> server.handlerFailed("a room", failure));
        var recovery = server.options().connectionStateRecovery();
        if (recovery != null) {
            local.recoverFor(recovery.maxDisconnectionDuration());
        }
        var factory = server.options().adapter();
        if (factory != null) {
            adapter = factory.create(local, serverSide::received);
        } else {
            if (recovery != null) {
                local.keep(
                        new RecoveryLog(
                                recovery.maxDisconnectionDuration(),
                                recovery.maxBytes(),
                                server.options().clock(),
                                SocketIds.next()));
            }
            adapter = local;
        }
        recovers = recovery != null && adapter.recovers();
        if (recovers) {
            local.post();
        }
        if (parent != null) {
            middlewares = parent.middlewares();
            interceptors = ((Namespace) parent).interceptors;
            connectionListeners = parent.connectionListeners();
            dispatch = ((Namespace) parent).dispatch;
        }
    }

    /// The name, which starts with `/`.
    public String name() {
        return name;
    }

    /// The server.
    public SocketIoServer server() {
        return server;
    }

    @Override
    public Broadcast all() {
        return all;
    }

    /// Calls `listener` with every socket that joins. It runs in order with the socket's handlers
    /// and before any of them, so handlers that it adds before it returns miss nothing.
    public Namespace onConnection(Listener.Value<Socket> listener) {
        synchronized (this) {
            connectionListeners = Listeners.with(connectionListeners, listener);
        }
        return this;
    }

    /// Asks a middleware, behind those there are, before a client may join.
    public Namespace use(Middleware middleware) {
        synchronized (this) {
            middlewares = Listeners.with(middlewares, middleware);
        }
        return this;
    }

    /// Runs each call of a handler of this namespace's sockets inside `interceptor`, inside those
    /// there are. The interceptors of the server are outside of all of them. The sockets that have
    /// joined already are included.
    public Namespace around(HandlerInterceptor interceptor) {
        synchronized (this) {
            interceptors = Listeners.with(interceptors, interceptor);
        }
        return this;
    }

    /// Chooses where the handlers of sockets that join from now on run; else it is as
    /// [SocketIoOptions#dispatch] says.
    public Namespace dispatch(Dispatch chosen) {
        dispatch = chosen;
        return this;
    }

    /// The sockets on this server, as they are now.
    public Collection<Socket> sockets() {
        return local.all();
    }

    /// The socket of that id, or null when it is not on this server.
    public @Nullable Socket socket(String id) {
        return local.socket(id);
    }

    /// The rooms on this server that were joined by name.
    public Set<String> rooms() {
        return local.rooms();
    }

    /// Tells `listener` of rooms that come and go from now on.
    public Namespace onRooms(RoomListener listener) {
        local.onRooms(listener);
        return this;
    }

    /// Reaches sockets on other servers.
    public Adapter adapter() {
        return adapter;
    }

    /// Handles an event that another server has sent with [#serverSideEmit]. Runs on a virtual
    /// thread of its own.
    public Namespace onServerSide(String event, Listener.Any handler) {
        serverSide.add(event, handler);
        return this;
    }

    /// Sends an event to the other servers of the cluster; alone, this does nothing.
    ///
    /// @throws IllegalArgumentException for `connect`, `connection` and `new_namespace`
    public void serverSideEmit(String event, @Nullable Object... args) {
        EventNames.checkServerSide(event);
        adapter.serverSideEmit(array(event, args), null);
    }

    /// Sends an event to the other servers and gathers one value from each: at once none, when this
    /// server is alone. Fails with [BroadcastTimeoutException] when not all have answered within
    /// the adapter's timeout.
    ///
    /// @throws IllegalArgumentException for `connect`, `connection` and `new_namespace`
    public CompletableFuture<List<Args>> serverSideEmitWithAck(
            String event, @Nullable Object... args) {
        EventNames.checkServerSide(event);
        var gatherer = server.<Args>gatherer(1, answer -> answer);
        adapter.serverSideEmit(array(event, args), gatherer);
        return gatherer.future();
    }

    // ---- inside

    RecoverableSockets recoverable() {
        return recoverable;
    }

    UnfinishedSessions unfinished() {
        return unfinished;
    }

    NamespaceSockets<Socket> localSockets() {
        return local;
    }

    boolean recovers() {
        return recovers;
    }

    List<Middleware> middlewares() {
        return middlewares;
    }

    List<Listener.Value<Socket>> connectionListeners() {
        return connectionListeners;
    }

    /// The interceptors of the server and of this namespace, the outermost first.
    List<HandlerInterceptor> interceptors() {
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

    @Nullable ParentNamespace parent() {
        return parent;
    }

    /// The namespaces that a broadcast to this one goes to.
    Collection<Namespace> targets() {
        return List.of(this);
    }

    long nextAckId() {
        return local.nextAckId();
    }

    /// Where the handlers of a socket run.
    Executor executor(StrandContext context) {
        return switch (dispatch) {
            case VIRTUAL -> context.handOff;
            case INLINE -> context::run;
        };
    }

    Packet.Event event(String event, @Nullable Object @Nullable [] args, long id) {
        EventNames.checkSent(event);
        return event(event, array(event, args), id);
    }

    <T> Packet.Event event(Event<T> event, @Nullable T value, long id) {
        EventNames.checkSent(event.name());
        return event(event.name(), server.mapping().writeEvent(event, value), id);
    }

    private Packet.Event event(String event, Payload args, long id) {
        var packet = new Packet.Event(name, id, event, args);
        server.metrics().emits.increment();
        return packet;
    }

    private Payload array(String event, @Nullable Object @Nullable [] given) {
        @Nullable Object[] args = Varargs.of(given);
        var values = new @Nullable Object[args.length + 1];
        values[0] = event;
        for (int i = 0; i < args.length; i++) {
            if (args[i] instanceof AckCallback) {
                throw new IllegalArgumentException(
                        "an AckCallback must be the last argument of socket.emit; everywhere else"
                                + " answers are asked for with emitWithAck");
            }
            values[i + 1] = args[i];
        }
        return server.mapping().writeArray(values);
    }

    void entered(Socket socket) {
        local.add(socket);
        recoverable.entered(socket);
        server.metrics().connections.increment();
        if (socket.recovered()) {
            server.metrics().recoveries.increment();
        }
    }

    void left(Socket socket, DisconnectReason reason) {
        local.remove(socket);
        server.metrics().disconnected(reason);
        recoverable.left(socket);
        release();
    }

    void release() {
        server.registry().release(this);
    }

    @Override
    public String toString() {
        return "Namespace[" + name + "]";
    }
}
