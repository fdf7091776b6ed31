package io.natter.socketio;

import io.natter.protocol.Packet;
import io.natter.protocol.Payload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How one client joins one namespace:
///
/// 1. on the strand: where the namespace exists, nobody has to be asked and nothing is to be
///    recovered, go to 3;
/// 2. on a virtual thread: find or make the namespace, look for a session to recover, ask the
///    middlewares in order;
/// 3. on the strand: let the socket in, send what it has missed and then the answer, or refuse it;
/// 4. in the socket's mailbox: the namespace's connection listeners, and only then the events that
///    have come meanwhile.
///
/// If the connection ends before step 3, nobody hears of the socket.
final class Connecting {
    private static final String OFFSET = "offset";

    private final Client client;
    private final Packet.Connect packet;
    private final List<Packet> held = new ArrayList<>(0);

    Connecting(Client client, Packet.Connect packet) {
        this.client = client;
        this.packet = packet;
    }

    /// Keeps a packet that came before its time; false when there are too many.
    boolean hold(Packet early) {
        return held.size() < client.server.options().maxWaitingEvents() && held.add(early);
    }

    void start() {
        Namespace known = client.server.namespaces().acquireKnown(packet.namespace());
        if (known != null && known.middlewares().isEmpty() && recoverable(known) == null) {
            admit(newSocket(known, null), null);
        } else {
            client.server.executor().execute(() -> decide(known));
        }
    }

    /// Off the strand; may block.
    private void decide(@Nullable Namespace known) {
        Namespace nsp = known;
        Socket socket = null;
        try {
            var server = client.server;
            if (nsp == null) {
                nsp = server.namespaces().acquire(packet.namespace(), handshake());
            }
            if (nsp == null) {
                refuse(null, null, new ConnectException("Invalid namespace"));
                return;
            }
            Adapter.Recovery recovery = null;
            Recoverable wanted = recoverable(nsp);
            if (wanted != null) {
                recovery = nsp.adapter().restoreSession(wanted.pid, wanted.offset).join();
            }
            socket = newSocket(nsp, recovery == null ? null : recovery.session());
            if (recovery == null || !server.options().skipMiddlewares()) {
                for (Middleware middleware : nsp.middlewares()) {
                    middleware.accept(socket);
                }
            }
            Socket passed = socket;
            Adapter.Recovery found = recovery;
            client.slot.strand.execute(() -> admit(passed, found));
        } catch (ConnectException refusal) {
            refuse(nsp, socket, refusal);
        } catch (Throwable failure) {
            client.server.failed(
                    new HandlerError(
                            HandlerError.Kind.MIDDLEWARE, socket, packet.namespace(), failure));
            refuse(nsp, socket, new ConnectException("internal error"));
        }
    }

    private Handshake handshake() {
        return new Handshake(
                client.session.request(),
                client.server.options().clock().instant(),
                client.server.mapping(),
                packet.data());
    }

    private Socket newSocket(Namespace nsp, Adapter.@Nullable Session session) {
        String id = session != null ? session.sid() : client.server.socketId(client, nsp);
        String pid =
                session != null
                        ? session.pid()
                        : nsp.recovers() && client.session.protocol() != 3
                                ? SocketIds.next()
                                : null;
        return new Socket(nsp, client, id, pid, handshake(), session);
    }

    /// On the strand.
    private void admit(Socket socket, Adapter.@Nullable Recovery recovery) {
        String name = packet.namespace();
        client.connected(name);
        if (client.closed()) {
            socket.refused();
            socket.nsp().release();
            return;
        }
        client.admitted(name, socket);
        socket.nsp().entered(socket);
        socket.enter(recovery);
        Map<String, Object> answer = new LinkedHashMap<>(4);
        answer.put("sid", socket.id());
        if (socket.pid() != null) {
            answer.put("pid", socket.pid());
        }
        client.send(new Packet.Connect(name, client.server.mapping().write(answer)));
        socket.mailbox.offer(new SocketJobs.Connection(socket));
        for (Packet early : held) {
            if (!client.closed()) {
                client.received(early);
            }
        }
    }

    private void refuse(
            @Nullable Namespace nsp, @Nullable Socket socket, ConnectException refusal) {
        Map<String, Object> error = new LinkedHashMap<>(4);
        error.put("message", String.valueOf(refusal.getMessage()));
        if (refusal.data() != null) {
            error.put("data", refusal.data());
        }
        Payload payload = client.server.mapping().write(error);
        client.server.metrics().refusals.increment();
        client.slot.strand.execute(
                () -> {
                    client.connected(packet.namespace());
                    if (socket != null) {
                        socket.refused();
                    }
                    if (nsp != null) {
                        nsp.release();
                    }
                    if (!client.closed()) {
                        client.send(new Packet.ConnectError(packet.namespace(), payload));
                    }
                });
    }

    /// What a client must bring to be recovered.
    private record Recoverable(String pid, String offset) {}

    private @Nullable Recoverable recoverable(Namespace nsp) {
        Payload auth = packet.data();
        if (!nsp.recovers() || auth == null) {
            return null;
        }
        return client.server.mapping().read(auth, Map.class) instanceof Map<?, ?> map
                        && map.get("pid") instanceof String pid
                        && map.get(OFFSET) instanceof String offset
                ? new Recoverable(pid, offset)
                : null;
    }
}
