package io.natter.socketio;

import io.natter.engine.CloseReason;
import io.natter.engine.EngineSession;
import io.natter.engine.LimitExceeded;
import io.natter.engine.Outgoing;
import io.natter.host.Loggers;
import io.natter.host.Query;
import io.natter.host.TimeoutList;
import io.natter.protocol.Packet;
import io.natter.protocol.Parser;
import io.natter.protocol.Parsers;
import io.natter.protocol.Payload;
import io.natter.socketio.event.EventNames;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// One connection: reads its packets and hands them to the sockets that it has in namespaces.
/// Everything here is for its strand, but for `encode`.
///
/// A connection is open until [#close] or the engine ends it. A packet that breaks a rule of the
/// protocol ends the whole connection, not only a socket.
final class Client extends ClientEvents {
    private static final Logger LOG = Loggers.of(Client.class);

    private final Parser parser;

    /// Null when the client has left: an unfinished packet goes before the connection does, whose
    /// closing handshake may take the client long.
    private Parser.@Nullable Decoder decoder;

    private final Map<String, Socket> sockets = new HashMap<>(2);

    /// The one of `sockets` whose packet came last, which most clients have alone.
    private @Nullable Socket latest;

    /// Namespaces that were asked for and not answered yet.
    private Map<String, NamespaceJoin> connecting = Map.of();

    private TimeoutList.@Nullable Timeout unjoined;
    private boolean closed;

    /// Whether the server goes out of service, and by the strand's clock when this connection is
    /// closed for that.
    private boolean draining;

    private long drainedAt;

    Client(SocketIoServer server, EngineSession session) {
        super(server, session);
        this.parser =
                session.protocol() == 3
                        ? Parsers.socketIo2(server.parser(), Query::lists)
                        : server.parser();
        this.decoder = parser.newDecoder(server.options().limits());
    }

    /// A Socket.IO 2 client is in the main namespace unasked.
    void opened() {
        var deadline =
                new TimeoutList.Timeout() {
                    @Override
                    protected void expired() {
                        connectTimedOut();
                    }
                };
        unjoined = deadline;
        context.connectTimeout.add(deadline);
        if (session.protocol() == 3) {
            connect(new Packet.Connect("/", null));
        }
    }

    private void connectTimedOut() {
        String detail = "joined no namespace in time";
        session.limitExceeded(LimitExceeded.Limit.CONNECT_TIMEOUT, detail);
        close(DisconnectReason.FORCED_SERVER_CLOSE, detail);
    }

    private void cancelConnectTimeout() {
        if (unjoined != null) {
            unjoined.cancel();
            unjoined = null;
        }
    }

    boolean closed() {
        return closed;
    }

    // ---- in

    @Override
    public void text(byte[] buffer, int from, int to) {
        var reader = decoder;
        if (reader != null) {
            try {
                noted();
                step(reader, reader.text(buffer, from, to));
            } catch (Throwable failure) {
                broken(failure);
            }
        }
    }

    @Override
    public void binary(byte[] data) {
        var reader = decoder;
        if (reader != null) {
            try {
                noted();
                step(reader, reader.binary(data));
            } catch (Throwable failure) {
                broken(failure);
            }
        }
    }

    /// Something was thrown that nobody nearer has caught. It costs this connection, not the others
    /// of its strand.
    void broken(Throwable failure) {
        String detail = "internal error";
        try {
            server.failed(
                    new HandlerError(HandlerError.Kind.HANDLER, null, "a packet", failure),
                    session.id());
            leaveAll(DisconnectReason.FORCED_SERVER_CLOSE, detail);
        } finally {
            session.discard(CloseReason.FORCED_CLOSE, detail);
        }
    }

    private void step(Parser.Decoder reader, Parser.Step step) {
        switch (step) {
            case Parser.Step.Decoded(Packet packet) -> {
                holdsUnfinished(0);
                received(packet);
            }
            case Parser.Step.Incomplete ignored -> holdsUnfinished(reader.heldBytes());
            case Parser.Step.Malformed(String reason) -> {
                LOG.debug("session {}: {}", ErrorReporter.shortened(session.id()), reason);
                var malformed = new MalformedPacketException(reason);
                for (Socket socket : sockets.values()) {
                    socket.malformed(malformed);
                }
                // Not `parse error`, which is the engine's: this one can be recovered, as in
                // Node.js.
                leaveAll(DisconnectReason.FORCED_CLOSE, reason);
                session.discard(CloseReason.FORCED_CLOSE, reason);
            }
        }
    }

    void received(Packet packet) {
        if (packet instanceof Packet.Connect connect) {
            connect(connect);
            return;
        }
        Socket socket = socket(packet.namespace());
        if (socket == null) {
            NamespaceJoin pending = connecting.get(packet.namespace());
            if (pending == null) {
                violation("a packet for a namespace that was not joined");
            } else if (!pending.hold(packet)) {
                violation("too many packets before the namespace was joined");
            }
            return;
        }
        switch (packet) {
            case Packet.Event event -> {
                if (EventNames.reserved(event.name())) {
                    violation("the reserved event name " + event.name());
                } else {
                    socket.received(compact(event));
                }
            }
            case Packet.Ack ack -> socket.answered(ack);
            case Packet.Disconnect ignored -> {
                sockets.remove(packet.namespace());
                latest = null;
                socket.left(DisconnectReason.CLIENT_NAMESPACE_DISCONNECT, "");
            }
            case Packet.ConnectError ignored -> violation("a connect error from a client");
            case Packet.Connect ignored -> throw new AssertionError();
        }
    }

    /// An event that waits keeps no more than itself in memory.
    private static Packet.Event compact(Packet.Event event) {
        Payload args = event.args();
        return args.isCompact()
                ? event
                : new Packet.Event(event.namespace(), event.id(), event.name(), args.compact());
    }

    private @Nullable Socket socket(String namespace) {
        Socket socket = latest;
        if (socket == null || !socket.nsp.name().equals(namespace)) {
            socket = sockets.get(namespace);
            latest = socket;
        }
        return socket;
    }

    private void connect(Packet.Connect packet) {
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
        var join = new NamespaceJoin(this, packet);
        if (connecting.isEmpty()) {
            connecting = new HashMap<>(2);
        }
        connecting.put(name, join);
        join.start();
    }

    /// A bound keeps the client out of a namespace; its connection stays.
    private void refuse(String namespace, LimitExceeded.Limit limit, String detail) {
        session.limitExceeded(limit, detail);
        server.metrics().refusals.increment();
        Payload error = server.mapping().write(Map.of("message", detail));
        send(new Packet.ConnectError(namespace, error));
    }

    /// The join has let the socket in.
    void admitted(String name, Socket socket) {
        cancelConnectTimeout();
        sockets.put(name, socket);
    }

    /// The join is over.
    void connected(String name) {
        connecting.remove(name);
        if (connecting.isEmpty()) {
            connecting = Map.of(); // most connections join one namespace and stay
        }
    }

    // ---- out

    List<Outgoing> encode(Packet packet, boolean compress) {
        return Outgoing.all(parser.encode(packet), compress);
    }

    void send(List<Outgoing> messages) {
        if (messages.size() == 1) {
            session.send(messages.getFirst());
        } else {
            session.send(messages);
        }
    }

    void send(Packet packet) {
        send(encode(packet, true));
    }

    // ---- the end

    /// [Socket#disconnect()].
    void disconnect(Socket socket) {
        if (sockets.remove(socket.nsp().name(), socket)) {
            latest = null;
            send(new Packet.Disconnect(socket.nsp().name()));
            socket.left(DisconnectReason.SERVER_NAMESPACE_DISCONNECT, "");
        }
    }

    /// [Socket#disconnect(boolean)] with true: every socket leaves, then the connection closes once
    /// all that was sent has left.
    void disconnectAll() {
        for (Socket socket : List.copyOf(sockets.values())) {
            disconnect(socket);
        }
        close(DisconnectReason.FORCED_SERVER_CLOSE, "");
    }

    private void violation(String detail) {
        LOG.debug("session {} is closed: {}", ErrorReporter.shortened(session.id()), detail);
        close(DisconnectReason.FORCED_SERVER_CLOSE, detail);
    }

    /// The client has exceeded a limit: it is told by an event, then the connection is closed, on
    /// WebSocket with the same text in the close frame.
    void limit(Socket socket, LimitExceeded.Limit limit, String detail) {
        session.limitExceeded(limit, detail);
        send(
                socket.nsp()
                        .event(
                                "limit_exceeded",
                                new Object[] {
                                    Map.of(
                                            "limit",
                                            limit.name().toLowerCase(java.util.Locale.ROOT),
                                            "message",
                                            detail)
                                },
                                Packet.NO_ID));
        leaveAll(DisconnectReason.FORCED_SERVER_CLOSE, detail);
        session.close(detail);
    }

    /// Tells every socket that the connection is going to be closed, those too that join meanwhile,
    /// and closes it in time. Only the first call counts.
    void drain(Duration in) {
        if (draining || closed) {
            return;
        }
        draining = true;
        drainedAt = context.strand.nanoTime() + in.toNanos();
        List.copyOf(sockets.values()).forEach(this::tellOfDrain);
        context.strand.schedule(
                () -> close(DisconnectReason.SERVER_SHUTTING_DOWN, "draining"), in.toNanos());
    }

    /// Tells a socket that has joined, if the connection is going to be closed.
    void tellOfDrain(Socket socket) {
        String event = server.options().drainEvent();
        if (draining && event != null) {
            long left = Math.max(0, drainedAt - context.strand.nanoTime());
            socket.emit(event, Map.of("in", Duration.ofNanos(left).toMillis()));
        }
    }

    /// Every socket leaves for `reason`, and the connection closes once all that was sent has left.
    void close(DisconnectReason reason, String detail) {
        leaveAll(reason, detail);
        session.close();
    }

    private void leaveAll(DisconnectReason reason, String detail) {
        if (closed) {
            return;
        }
        closed = true;
        decoder = null;
        holdsUnfinished(0);
        cancelConnectTimeout();
        var leaving = List.copyOf(sockets.values());
        sockets.clear();
        latest = null;
        try {
            for (Socket socket : leaving) {
                leave(socket, reason, detail);
            }
        } finally {
            server.gone(this);
        }
    }

    private void leave(Socket socket, DisconnectReason reason, String detail) {
        try {
            socket.left(reason, detail);
        } catch (Throwable failure) {
            socket.failed(HandlerError.Kind.HANDLER, "disconnect", failure);
        }
    }

    @Override
    void replayOn() {
        List.copyOf(sockets.values()).forEach(Socket::replayOn);
    }

    @Override
    public void closed(CloseReason reason, String detail) {
        leaveAll(DisconnectReason.of(reason), detail);
        tell(observer -> observer.closed(reason, detail));
    }
}
