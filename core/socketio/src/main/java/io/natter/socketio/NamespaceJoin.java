package io.natter.socketio;

import io.natter.engine.CloseReason;
import io.natter.engine.LimitExceeded;
import io.natter.host.Loggers;
import io.natter.protocol.Packet;
import io.natter.protocol.Payload;
import io.natter.protocol.json.JsonValues;
import io.natter.socketio.adapter.Adapter;
import io.natter.socketio.connection.EarlyPackets;
import io.natter.socketio.payload.JsonMapping;
import io.natter.socketio.payload.PayloadException;
import io.natter.socketio.rooms.SocketIds;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// How one client joins one namespace:
///
/// 1. on the strand: if the namespace exists, has no middleware, and nothing is to be recovered, go
///    to 3. A client that comes back waits here for the end of its lost connection;
/// 2. on a virtual thread: restore the lost session, and ask the middlewares;
/// 3. on the strand: answer, and pass on the packets that came early.
///
/// If the connection ends before step 3, no handler gets the socket.
final class NamespaceJoin {
    private static final Logger LOG = Loggers.of(SocketIoServer.class);
    private static final String OFFSET = "offset";
    private static final int LONGEST_ID = 200;

    /// How long a returning client waits for the handlers of its lost connection.
    private static final Duration HANDLERS_OF_LOST = Duration.ofSeconds(5);

    /// The time that a returning client waits for the end of its lost connection.
    private static final Duration LATE_END = Duration.ofSeconds(1);

    /// Roughly what a socket takes beside its credentials.
    private static final long SOCKET_BYTES = 2048;

    private final Client client;
    private final Packet.Connect packet;
    private final EarlyPackets early;

    NamespaceJoin(Client client, Packet.Connect packet) {
        this.client = client;
        this.early = new EarlyPackets(client, client.server.options().maxWaitingEvents());
        this.packet =
                packet.data() == null
                        ? packet
                        : new Packet.Connect(packet.namespace(), packet.data().compact());
    }

    /// The bytes that the socket keeps in memory from now to its end.
    static long bytes(@Nullable Payload auth) {
        return SOCKET_BYTES + (auth == null ? 0 : auth.heldBytes());
    }

    /// Keeps a packet that came before its time; false when there are too many.
    boolean hold(Packet packet) {
        return early.hold(packet);
    }

    void start() {
        client.holdsForNamespace(bytes(packet.data()));
        Namespace known = client.server.registry().acquireKnown(packet.namespace());
        Recoverable wanted = known == null ? null : recoverable(known);
        if (known == null || (wanted == null && !known.middlewares().isEmpty())) {
            ask(known);
        } else if (wanted == null) {
            admit(newSocket(known, null), null);
        } else {
            afterLostConnection(known, wanted.pid);
        }
    }

    /// A client may come back before the server knows that its connection is lost. The end may be
    /// on its way through another thread, or the network may never report it. So the client waits
    /// for it, and then the lost connection is closed. Only the client itself knows the private id.
    private void afterLostConnection(Namespace nsp, String pid) {
        Socket lost = nsp.recoverable().get(pid);
        if (lost == null || lost.client.equals(client)) {
            afterHandlersOf(nsp, pid);
            return;
        }
        Runnable next = () -> afterHandlersOf(nsp, pid);
        client.context.await(
                nsp.recoverable().departure(pid),
                LATE_END,
                next,
                () -> {
                    lost.client.context.execute(
                            () ->
                                    lost.client.session.discard(
                                            CloseReason.TRANSPORT_CLOSE,
                                            "the client has come back by another connection"));
                    client.context.await(
                            nsp.recoverable().departure(pid), HANDLERS_OF_LOST, next, next);
                });
    }

    /// A client may come back before the handlers of its lost connection have finished. It waits
    /// for them, up to a limit.
    private void afterHandlersOf(Namespace nsp, String pid) {
        var pending = nsp.unfinished().get(pid);
        if (pending == null) {
            ask(nsp);
        } else {
            client.context.await(pending, HANDLERS_OF_LOST, () -> ask(nsp), () -> ask(nsp));
        }
    }

    private void ask(@Nullable Namespace known) {
        try {
            client.server.executor().execute(() -> decide(known));
        } catch (Throwable refused) {
            failed(known, null, refused);
        }
    }

    /// Off the strand; may block.
    private void decide(@Nullable Namespace known) {
        Namespace nsp = known;
        Socket socket = null;
        try {
            var server = client.server;
            if (nsp == null) {
                nsp = server.registry().acquire(packet.namespace(), handshake());
            }
            if (nsp == null) {
                refuse(null, null, new ConnectException("Invalid namespace"));
                return;
            }
            Recoverable wanted = recoverable(nsp);
            Adapter.Recovery recovery = wanted == null ? null : restore(nsp, wanted);
            socket = newSocket(nsp, recovery == null ? null : recovery.session());
            if (recovery == null || !server.options().skipMiddlewares()) {
                for (Middleware middleware : nsp.middlewares()) {
                    middleware.accept(socket);
                }
            }
            Socket passed = socket;
            Adapter.Recovery found = recovery;
            client.context.execute(() -> admit(passed, found));
        } catch (ConnectException refusal) {
            refuse(nsp, socket, refusal);
        } catch (Namespaces.FullException full) {
            String detail = String.valueOf(full.getMessage());
            client.session.limitExceeded(LimitExceeded.Limit.NAMESPACES, detail);
            refuse(null, null, new ConnectException(detail));
        } catch (Throwable failure) {
            failed(nsp, socket, failure);
        }
    }

    /// A middleware or its caller has thrown. A client's input is no fault of the middleware's.
    private void failed(@Nullable Namespace nsp, @Nullable Socket socket, Throwable failure) {
        boolean payload = failure instanceof PayloadException;
        client.server.failed(
                new HandlerError(
                        payload ? HandlerError.Kind.PAYLOAD : HandlerError.Kind.MIDDLEWARE,
                        socket,
                        packet.namespace(),
                        failure),
                client.session.id());
        refuse(nsp, socket, new ConnectException(payload ? "bad payload" : "internal error"));
    }

    /// The lost session, or null where there is none to be had.
    private Adapter.@Nullable Recovery restore(Namespace nsp, Recoverable wanted)
            throws InterruptedException {
        try {
            return nsp.adapter()
                    .restoreSession(wanted.pid, wanted.offset)
                    .get(HANDLERS_OF_LOST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException | RuntimeException e) {
            LOG.debug("a session is not recovered", e);
            return null;
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
        early.release();
        if (client.closed()) {
            socket.refused();
            over(socket.nsp());
            return;
        }
        try {
            client.admitted(name, socket);
            socket.nsp().entered(socket);
            socket.enter(recovery, answer(socket));
            client.tellOfDrain(socket);
        } catch (Throwable failure) {
            client.broken(failure);
            return;
        }
        socket.mailbox.offer(new SocketJobs.Connection(socket));
        for (Packet next : early.packets()) {
            if (!client.closed()) {
                client.received(next);
            }
        }
    }

    private Packet answer(Socket socket) {
        Map<String, Object> answer = new LinkedHashMap<>(4);
        answer.put("sid", socket.id());
        if (socket.pid() != null) {
            answer.put("pid", socket.pid());
        }
        return new Packet.Connect(packet.namespace(), client.server.mapping().write(answer));
    }

    /// Any thread.
    private void refuse(
            @Nullable Namespace nsp, @Nullable Socket socket, ConnectException refusal) {
        Payload payload = error(refusal);
        client.server.metrics().refusals.increment();
        client.context.execute(
                () -> {
                    client.connected(packet.namespace());
                    early.release();
                    if (socket != null) {
                        socket.refused();
                    }
                    over(nsp);
                    if (!client.closed()) {
                        client.send(new Packet.ConnectError(packet.namespace(), payload));
                    }
                });
    }

    /// The socket never came to be.
    private void over(@Nullable Namespace nsp) {
        client.holdsForNamespace(-bytes(packet.data()));
        if (nsp != null) {
            nsp.release();
        }
    }

    /// The error for the client, without the data where that cannot be written.
    private Payload error(ConnectException refusal) {
        JsonMapping mapping = client.server.mapping();
        Map<String, Object> error = new LinkedHashMap<>(4);
        error.put("message", String.valueOf(refusal.getMessage()));
        if (refusal.data() == null) {
            return mapping.write(error);
        }
        try {
            var whole = new LinkedHashMap<>(error);
            whole.put("data", refusal.data());
            return mapping.write(whole);
        } catch (RuntimeException | StackOverflowError failure) {
            client.server.failed(
                    new HandlerError(
                            HandlerError.Kind.MIDDLEWARE, null, packet.namespace(), failure),
                    client.session.id());
            return mapping.write(error);
        }
    }

    /// The data that a client must bring to be recovered.
    private record Recoverable(String pid, String offset) {}

    /// Found by looking at the bytes: what else the client put there is not read here, on the
    /// strand.
    private @Nullable Recoverable recoverable(Namespace nsp) {
        Payload auth = packet.data();
        if (!nsp.recovers() || auth == null) {
            return null;
        }
        String pid = text(auth.member("pid"));
        String offset = pid == null ? null : text(auth.member(OFFSET));
        return pid == null || offset == null ? null : new Recoverable(pid, offset);
    }

    /// Those that the server gave are plain.
    private static @Nullable String text(@Nullable Payload value) {
        return value == null || value.length() > LONGEST_ID
                ? null
                : JsonValues.plainText(value.buffer(), value.from(), value.to());
    }
}
