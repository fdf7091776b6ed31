package io.natter.socketio;

import io.natter.engine.EngineSession;
import io.natter.engine.LimitExceeded;
import io.natter.host.Query;
import io.natter.host.TimeoutList;
import io.natter.protocol.Packet;
import io.natter.protocol.Parsers;
import io.natter.protocol.Payload;
import io.natter.socketio.connection.ConnectAnswer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The part of a [Client] that knows its namespaces: those that it has joined, each with its
/// socket, and those that it is joining. On the strand.
abstract sealed class ClientNamespaces extends ClientEvents permits Client {
    final SocketIoServer server;
    private final Map<String, Socket> sockets = new HashMap<>(2);

    /// The socket of the last packet. Most clients have no other.
    private @Nullable Socket latest;

    /// The joins that have not been answered yet.
    private Map<String, NamespaceJoin> connecting = Map.of();

    private TimeoutList.@Nullable Timeout unjoined;

    ClientNamespaces(SocketIoServer server, EngineSession session) {
        super(
                session,
                server.strands().of(session.strand()),
                session.protocol() == 3
                        ? Parsers.socketIo2(server.parser(), Query::lists)
                        : server.parser(),
                server.options().limits());
        this.server = server;
    }

    @Override
    protected final long maxWaitingBytes() {
        return server.options().maxWaitingEventBytes();
    }

    abstract Client self();

    abstract void send(Packet packet);

    /// Closes the connection, because the client broke a rule of the protocol.
    abstract void violation(String detail);

    abstract void close(DisconnectReason reason, String detail);

    @Override
    final void observerFailed(Throwable failure) {
        server.failed(
                new HandlerError(HandlerError.Kind.HANDLER, null, "connection", failure),
                session.id());
    }

    /// The sockets: a copy.
    final List<Socket> sockets() {
        return List.copyOf(sockets.values());
    }

    /// The join of a namespace, or null.
    final @Nullable NamespaceJoin join(String namespace) {
        return connecting.get(namespace);
    }

    /// Removes a socket that leaves.
    ///
    /// @return whether it was there
    final boolean remove(Socket socket) {
        boolean removed = sockets.remove(socket.nsp().name(), socket);
        latest = null;
        return removed;
    }

    /// Removes all sockets.
    ///
    /// @return the sockets
    final List<Socket> removeAll() {
        var all = sockets();
        sockets.clear();
        latest = null;
        return all;
    }

    // ---- joining

    final void startConnectTimeout() {
        var deadline =
                new TimeoutList.Timeout() {
                    @Override
                    protected void expired() {
                        connectTimedOut();
                    }
                };
        unjoined = deadline;
        context.connectTimeout.add(deadline);
    }

    private void connectTimedOut() {
        String detail = "joined no namespace in time";
        session.limitExceeded(LimitExceeded.Limit.CONNECT_TIMEOUT, detail);
        close(DisconnectReason.FORCED_SERVER_CLOSE, detail);
    }

    final void cancelConnectTimeout() {
        if (unjoined != null) {
            unjoined.cancel();
            unjoined = null;
        }
    }

    /// The socket in a namespace, or null.
    final @Nullable Socket socket(String namespace) {
        Socket socket = latest;
        if (socket == null || !socket.nsp.name().equals(namespace)) {
            socket = sockets.get(namespace);
            latest = socket;
        }
        return socket;
    }

    final void connect(Packet.Connect packet) {
        String name = packet.namespace();
        if (sockets.containsKey(name) || connecting.containsKey(name)) {
            violation("a second connect to a namespace");
            return;
        }
        SocketIoOptions options = server.options();
        if (sockets.size() + connecting.size() >= options.maxNamespacesPerConnection()) {
            refuse(
                    name,
                    LimitExceeded.Limit.NAMESPACES,
                    "a connection may join "
                            + options.maxNamespacesPerConnection()
                            + " namespaces and no more");
            return;
        }
        if (connecting.size() >= options.maxConnectsInFlight()) {
            refuse(
                    name,
                    LimitExceeded.Limit.CONNECTS_IN_FLIGHT,
                    options.maxConnectsInFlight()
                            + " namespaces are being joined over this connection, and no more at a"
                            + " time");
            return;
        }
        var join = new NamespaceJoin(self(), packet);
        if (connecting.isEmpty()) {
            connecting = new HashMap<>(2);
        }
        connecting.put(name, join);
        join.start();
    }

    /// A limit keeps the client out of a namespace. Its connection stays open.
    private void refuse(String namespace, LimitExceeded.Limit limit, String detail) {
        session.limitExceeded(limit, detail);
        server.metrics().refusals.increment();
        Payload error = ConnectAnswer.refused(server.mapping(), detail);
        send(new Packet.ConnectError(namespace, error));
    }

    /// The join has accepted the socket.
    final void admitted(String name, Socket socket) {
        cancelConnectTimeout();
        sockets.put(name, socket);
    }

    /// The join is over.
    final void connected(String name) {
        connecting.remove(name);
        if (connecting.isEmpty()) {
            connecting = Map.of(); // most connections join one namespace and stay
        }
    }
}
