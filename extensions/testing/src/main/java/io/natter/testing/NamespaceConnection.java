package io.natter.testing;

import io.natter.host.inprocess.InProcessWebSocket;
import io.natter.protocol.Packet;
import io.natter.protocol.Payload;
import io.natter.socketio.DisconnectReason;
import io.natter.socketio.Socket;
import io.natter.socketio.payload.Event;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A client's connection in its namespace, from CONNECT to its end. For the event loop's thread,
/// except where a method says otherwise.
final class NamespaceConnection implements PacketConnection.Receiver {
    private final TestServer server;
    private final String namespace;
    private final PacketConnection connection;
    private final Inbox inbox;
    private @Nullable ConnectRefusedException refusal;
    private boolean admitted;
    private volatile @Nullable Socket socket;
    private volatile @Nullable DisconnectReason serverReason;

    NamespaceConnection(TestServer server, TestClientBuilder options, InProcessWebSocket socket) {
        this.server = server;
        this.namespace = options.namespace();
        this.inbox = new Inbox(server.mapping(), server.eventLoop(), this::acknowledge);
        this.connection = options.open(socket, this);
    }

    Inbox inbox() {
        return inbox;
    }

    // ---- sending

    void connect(@Nullable Object auth) {
        var data = auth == null ? null : server.mapping().write(auth);
        connection.send(new Packet.Connect(namespace, data));
    }

    void emit(String event, @Nullable Object[] args, long ackId) {
        var all = new @Nullable Object[args.length + 1];
        all[0] = event;
        System.arraycopy(args, 0, all, 1, args.length);
        emit(event, server.mapping().writeArray(all), ackId);
    }

    <T> void emit(Event<T> event, @Nullable T value, long ackId) {
        emit(event.name(), server.mapping().writeEvent(event, value), ackId);
    }

    private void emit(String event, Payload all, long ackId) {
        send(new Packet.Event(namespace, ackId, event, all));
    }

    private void acknowledge(long id, @Nullable Object[] values) {
        send(new Packet.Ack(namespace, id, server.mapping().writeArray(values)));
    }

    private void send(Packet packet) {
        if (isDisconnected()) {
            throw new IllegalStateException(
                    "the client is disconnected: " + inbox.disconnectReason());
        }
        connection.send(packet);
    }

    // ---- receiving

    void read() {
        connection.read();
        if (!connection.isOpen()) {
            inbox.disconnected("transport close");
        }
    }

    @Override
    public void received(Packet packet) {
        if (!packet.namespace().equals(namespace)) {
            return;
        }
        switch (packet) {
            case Packet.Connect(var ignored, var data) -> admitted(data);
            case Packet.ConnectError(var ignored, var data) -> refused(data);
            case Packet.Event event -> event(event);
            case Packet.Ack(var ignored, var id, var args) -> inbox.acknowledged(id, args);
            case Packet.Disconnect ignored -> inbox.disconnected("io server disconnect");
        }
    }

    /// The function that the test gave to answer events may throw.
    private void event(Packet.Event event) {
        try {
            inbox.event(event);
        } catch (RuntimeException | Error failure) {
            server.failed(failure);
        }
    }

    @Override
    public void malformed(String reason) {
        inbox.disconnected("parse error: " + reason);
        connection.close(1002);
    }

    private void admitted(@Nullable Payload data) {
        admitted = true;
        String id;
        if (server.read(data) instanceof Map<?, ?> answer) {
            id = String.valueOf(answer.get("sid"));
            inbox.connected(answer.get("pid") instanceof String pid ? pid : null);
        } else {
            id = namespace.equals("/") ? connection.sid() : namespace + "#" + connection.sid();
        }
        var entered = server.namespace(namespace).socket(id);
        if (entered != null) {
            entered.onDisconnect(reason -> serverReason = reason);
        }
        socket = entered;
    }

    private void refused(Payload data) {
        var error = server.read(data);
        refusal =
                error instanceof Map<?, ?> map
                        ? new ConnectRefusedException(
                                String.valueOf(map.get("message")), map.get("data"))
                        : new ConnectRefusedException(String.valueOf(error), null);
    }

    /// Whether the CONNECT has its answer, or never will.
    boolean isAnswered() {
        return admitted || refusal != null || isDisconnected();
    }

    /// @throws ConnectRefusedException if the client is not in the namespace
    void requireAdmitted() {
        var refused = refusal;
        if (refused != null) {
            throw refused;
        }
        if (!admitted) {
            throw new ConnectRefusedException(
                    "the connection ended: " + inbox.disconnectReason(), null);
        }
    }

    // ---- the server's side, from any thread

    /// Names the client in the failure of a test.
    String name() {
        var known = socket;
        return (known == null ? "" : known.id() + " ") + "of " + namespace;
    }

    /// @throws IllegalStateException if it was disconnected before the client saw it
    Socket socket() {
        var known = socket;
        if (known == null) {
            throw new IllegalStateException("a handler disconnected the socket at once");
        }
        return known;
    }

    /// The reason with which the server's socket was disconnected, or null.
    @Nullable DisconnectReason serverReason() {
        return serverReason;
    }

    /// Completed when the socket's handlers of all that came before have returned.
    CompletableFuture<Boolean> whenHandlersReturn() {
        var returned = new CompletableFuture<Boolean>();
        var known = socket;
        if (known == null) {
            returned.complete(true);
        } else {
            known.execute(() -> server.eventLoop().execute(() -> returned.complete(true)));
        }
        return returned;
    }

    // ---- the end

    boolean isDisconnected() {
        return inbox.disconnectReason() != null;
    }

    void disconnect() {
        send(new Packet.Disconnect(namespace));
        inbox.disconnected("io client disconnect");
        connection.close(1000);
    }

    void breakOff() {
        inbox.disconnected("transport close");
        connection.close(1006);
    }

    void stopHeartbeat() {
        connection.stopHeartbeat();
    }

    long packets() {
        return connection.packets();
    }

    /// The credentials of a new connection that is to be recovered from this one.
    @Nullable Object authWithRecovery(@Nullable Object auth) {
        var all = new LinkedHashMap<String, @Nullable Object>();
        inbox.addRecovery(all);
        if (all.isEmpty()) {
            return auth;
        }
        if (auth != null && server.read(server.mapping().write(auth)) instanceof Map<?, ?> own) {
            own.forEach((key, value) -> all.put(String.valueOf(key), value));
        }
        return all;
    }
}
