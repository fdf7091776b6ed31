package io.natter.socketio;

import io.natter.protocol.Packet;
import io.natter.protocol.Payload;
import io.natter.socketio.adapter.Adapter;
import io.natter.socketio.adapter.BroadcastOptions;
import io.natter.socketio.adapter.RoomListener;
import io.natter.socketio.event.EventNames;
import io.natter.socketio.event.Varargs;
import io.natter.socketio.payload.Event;
import io.natter.socketio.rooms.NamespaceSockets;
import io.natter.socketio.rooms.RecoverableSockets;
import io.natter.socketio.rooms.RecoveryLog;
import io.natter.socketio.rooms.SocketIds;
import io.natter.socketio.rooms.UnfinishedSessions;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A namespace: clients join it by its name, with handlers, middleware and rooms of its own. Any
/// thread.
public sealed class Namespace extends NamespaceHandlers implements BroadcastTarget
        permits ParentNamespace {
    private final String name;
    private final @Nullable ParentNamespace parent;
    private final NamespaceSockets<Socket> local;
    private final Adapter adapter;
    private final boolean recovers;
    private final Broadcast all = new Broadcast(this, BroadcastOptions.ALL);
    private final ServerSideEvents serverSide;
    private final UnfinishedSessions unfinished = new UnfinishedSessions();
    private final RecoverableSockets<Socket> recoverable = new RecoverableSockets<>();

    /// The number of sockets that are in the namespace or joining it. Guarded by the server's lock
    /// of children.
    int users;

    /// Whether only clients have asked for it by name. Written under the same lock.
    volatile boolean madeByClient;

    Namespace(SocketIoServer server, String name, @Nullable ParentNamespace parent) {
        super(server, parent);
        this.name = name;
        this.parent = parent;
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
    }

    /// The name, which starts with `/`.
    public String name() {
        return name;
    }

    @Override
    Namespace self() {
        return this;
    }

    /// The server.
    public SocketIoServer server() {
        return server;
    }

    @Override
    public Broadcast all() {
        return all;
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

    RecoverableSockets<Socket> recoverable() {
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
        recoverable.entered(socket.pid(), socket);
        server.metrics().connections.increment();
        if (socket.recovered()) {
            server.metrics().recoveries.increment();
        }
    }

    void left(Socket socket, DisconnectReason reason) {
        local.remove(socket);
        server.metrics().disconnected(reason);
        recoverable.left(socket.pid(), socket);
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
