package io.natter.socketio;

import io.natter.engine.CloseReason;
import io.natter.engine.EngineSession;
import io.natter.engine.LimitExceeded;
import io.natter.engine.Outgoing;
import io.natter.host.Loggers;
import io.natter.protocol.Packet;
import io.natter.socketio.connection.Drain;
import io.natter.socketio.event.EventNames;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// One connection: passes its packets to its sockets in the namespaces. On its strand, unless a
/// method says otherwise.
///
/// A connection is open until [#close] or until the engine ends it. A packet that breaks a rule of
/// the protocol ends the whole connection, not only a socket.
final class Client extends ClientNamespaces implements Drain.Drainable {
    private static final Logger LOG = Loggers.of(Client.class);

    private boolean closed;

    /// While the server drains.
    private @Nullable Draining draining;

    /// @param end the time of the strand's clock at which the connection is closed
    private record Draining(long end) {}

    Client(SocketIoServer server, EngineSession session) {
        super(server, session);
    }

    /// A Socket.IO 2 client joins the main namespace without asking.
    void opened() {
        startConnectTimeout();
        if (session.protocol() == 3) {
            connect(new Packet.Connect("/", null));
        }
    }

    @Override
    Client self() {
        return this;
    }

    boolean closed() {
        return closed;
    }

    // ---- in

    /// It ends this connection; the others of its strand go on.
    @Override
    protected void broken(Throwable failure) {
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

    @Override
    protected void malformed(String reason) {
        LOG.debug("session {}: {}", ErrorReporter.shortened(session.id()), reason);
        var malformed = new MalformedPacketException(reason);
        for (Socket socket : sockets()) {
            socket.malformed(malformed);
        }
        // Not `parse error`, which is the engine's: as in Node.js, a client may be recovered after
        // this one.
        leaveAll(DisconnectReason.FORCED_CLOSE, reason);
        session.discard(CloseReason.FORCED_CLOSE, reason);
    }

    @Override
    protected void received(Packet packet) {
        if (packet instanceof Packet.Connect connect) {
            connect(connect);
            return;
        }
        Socket socket = socket(packet.namespace());
        if (socket == null) {
            NamespaceJoin pending = join(packet.namespace());
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
                    socket.received(event.compact());
                }
            }
            case Packet.Ack ack -> socket.answered(ack);
            case Packet.Disconnect ignored -> {
                remove(socket);
                socket.left(DisconnectReason.CLIENT_NAMESPACE_DISCONNECT, "");
            }
            case Packet.ConnectError ignored -> violation("a connect error from a client");
            case Packet.Connect ignored -> throw new AssertionError();
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

    @Override
    void send(Packet packet) {
        send(encode(packet, true));
    }

    // ---- the end

    /// [Socket#disconnect()].
    void disconnect(Socket socket) {
        if (remove(socket)) {
            send(new Packet.Disconnect(socket.nsp().name()));
            socket.left(DisconnectReason.SERVER_NAMESPACE_DISCONNECT, "");
        }
    }

    /// [Socket#disconnect(boolean)] with true: every socket leaves. Then the connection closes when
    /// all sent messages have left.
    void disconnectAll() {
        for (Socket socket : sockets()) {
            disconnect(socket);
        }
        close(DisconnectReason.FORCED_SERVER_CLOSE, "");
    }

    @Override
    void violation(String detail) {
        LOG.debug("session {} is closed: {}", ErrorReporter.shortened(session.id()), detail);
        close(DisconnectReason.FORCED_SERVER_CLOSE, detail);
    }

    /// The client has exceeded a limit. An event tells it so, and then the connection is closed, on
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

    @Override
    public void drain(Duration in) {
        context.run(() -> beginDrain(in));
    }

    /// Tells every socket that the connection is going to be closed, also those that join in the
    /// meantime.
    private void beginDrain(Duration in) {
        if (draining != null || closed) {
            return;
        }
        draining = new Draining(context.strand.nanoTime() + in.toNanos());
        sockets().forEach(this::tellOfDrain);
        context.strand.schedule(
                () -> close(DisconnectReason.SERVER_SHUTTING_DOWN, "draining"), in.toNanos());
    }

    /// Tells a socket that has joined, if the connection is going to be closed.
    void tellOfDrain(Socket socket) {
        String event = server.options().drainEvent();
        if (draining != null && event != null) {
            long left = Math.max(0, draining.end() - context.strand.nanoTime());
            socket.emit(event, Map.of("in", Duration.ofNanos(left).toMillis()));
        }
    }

    /// Every socket leaves for `reason`, and the connection closes when all sent messages have
    /// left.
    @Override
    void close(DisconnectReason reason, String detail) {
        leaveAll(reason, detail);
        session.close();
    }

    private void leaveAll(DisconnectReason reason, String detail) {
        if (closed) {
            return;
        }
        closed = true;
        ignoreInput();
        cancelConnectTimeout();
        var leaving = removeAll();
        try {
            for (Socket socket : leaving) {
                leave(socket, reason, detail);
            }
        } finally {
            server.connections().remove(this);
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
        sockets().forEach(Socket::replayOn);
    }

    @Override
    public void closed(CloseReason reason, String detail) {
        leaveAll(DisconnectReason.of(reason), detail);
        tell(observer -> observer.closed(reason, detail));
    }
}
