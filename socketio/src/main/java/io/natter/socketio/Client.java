package io.natter.socketio;

import io.natter.engine.CloseReason;
import io.natter.engine.Deadlines;
import io.natter.engine.EngineListener;
import io.natter.engine.EngineSession;
import io.natter.engine.Outgoing;
import io.natter.protocol.Packet;
import io.natter.protocol.Parser;
import io.natter.protocol.Parsers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection: reads its packets and hands them to the sockets that it has in namespaces.
/// Everything here is for its strand, but for `encode`.
///
/// A connection is open until [#close] or the engine ends it. Whatever breaks a rule of the
/// protocol ends the whole connection, not only a socket.
final class Client implements EngineListener {
    private static final Logger LOG = LoggerFactory.getLogger(Client.class);

    final SocketIoServer server;
    final EngineSession session;
    final StrandSlot slot;
    private final Parser parser;
    private final Parser.Decoder decoder;
    private final Map<String, Socket> sockets = new HashMap<>(2);

    /// The one of `sockets` whose packet came last, which most clients have alone.
    private @Nullable Socket latest;

    /// Namespaces that were asked for and not answered yet.
    private Map<String, Connecting> connecting = Map.of();

    private volatile List<ConnListener> observers = List.of();
    private Deadlines.@Nullable Entry unjoined;
    private boolean closed;

    Client(SocketIoServer server, EngineSession session) {
        this.server = server;
        this.session = session;
        this.slot = server.slot(session.strand());
        this.parser =
                session.protocol() == 3 ? Parsers.socketIo2(server.parser()) : server.parser();
        this.decoder = parser.newDecoder(server.options().limits());
    }

    /// A Socket.IO 2 client is in the main namespace unasked.
    void opened() {
        var deadline =
                new Deadlines.Entry() {
                    @Override
                    protected void expired() {
                        connectTimedOut();
                    }
                };
        unjoined = deadline;
        slot.connectTimeout.add(deadline);
        if (session.protocol() == 3) {
            connect(new Packet.Connect("/", null));
        }
    }

    private void connectTimedOut() {
        String detail = "joined no namespace in time";
        server.hit(LimitReached.Limit.CONNECT_TIMEOUT, session.id(), detail);
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

    /// Any thread.
    synchronized void observe(ConnListener observer) {
        observers = Listeners.with(observers, observer);
    }

    @Override
    public void upgrading() {
        observers.forEach(ConnListener::upgrading);
    }

    @Override
    public void upgraded() {
        observers.forEach(ConnListener::upgraded);
    }

    @Override
    public void heartbeat() {
        observers.forEach(ConnListener::heartbeat);
    }

    @Override
    public void drained() {
        observers.forEach(ConnListener::drained);
    }

    @Override
    public void text(byte[] buffer, int from, int to) {
        if (!closed) {
            noted();
            step(decoder.text(buffer, from, to));
        }
    }

    @Override
    public void binary(byte[] data) {
        if (!closed) {
            noted();
            step(decoder.binary(data));
        }
    }

    private void noted() {
        var now = observers;
        if (!now.isEmpty()) {
            now.forEach(ConnListener::message);
        }
    }

    private void step(Parser.Step step) {
        switch (step) {
            case Parser.Step.Decoded(Packet packet) -> received(packet);
            case Parser.Step.Incomplete _ -> {}
            case Parser.Step.Malformed(String reason) -> {
                LOG.debug("session {}: {}", session.id(), reason);
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
            Connecting pending = connecting.get(packet.namespace());
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
                    socket.received(event);
                }
            }
            case Packet.Ack ack -> socket.answered(ack);
            case Packet.Disconnect _ -> {
                sockets.remove(packet.namespace());
                latest = null;
                socket.left(DisconnectReason.CLIENT_NAMESPACE_DISCONNECT, "");
            }
            case Packet.ConnectError _ -> violation("a connect error from a client");
            case Packet.Connect _ -> throw new AssertionError();
        }
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
        var procedure = new Connecting(this, packet);
        if (connecting.isEmpty()) {
            connecting = new HashMap<>(2);
        }
        connecting.put(name, procedure);
        procedure.start();
    }

    /// The procedure has let the socket in.
    void admitted(String name, Socket socket) {
        cancelConnectTimeout();
        sockets.put(name, socket);
    }

    /// The procedure is over.
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
        LOG.debug("session {} is closed: {}", session.id(), detail);
        close(DisconnectReason.FORCED_SERVER_CLOSE, detail);
    }

    /// The client has run into a bound: it is told by an event, then the connection is closed, on
    /// WebSocket with the same text in the close frame.
    void limit(Socket socket, LimitReached.Limit limit, String detail) {
        server.hit(limit, session.id(), detail);
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

    /// Tells every socket that the connection is going to be closed, and closes it in time.
    void drain(Duration in) {
        String event = server.options().drainEvent();
        if (event != null) {
            for (Socket socket : List.copyOf(sockets.values())) {
                socket.emit(event, Map.of("in", in.toMillis()));
            }
        }
        slot.strand.schedule(
                () -> close(DisconnectReason.SERVER_SHUTTING_DOWN, "draining"), in.toNanos());
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
        cancelConnectTimeout();
        var leaving = List.copyOf(sockets.values());
        sockets.clear();
        latest = null;
        for (Socket socket : leaving) {
            socket.left(reason, detail);
        }
        server.gone(this);
    }

    @Override
    public void closed(CloseReason reason, String detail) {
        leaveAll(DisconnectReason.of(reason), detail);
        observers.forEach(observer -> observer.closed(reason, detail));
    }
}
