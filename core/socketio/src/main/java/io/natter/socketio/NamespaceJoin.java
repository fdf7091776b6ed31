package io.natter.socketio;

import io.natter.engine.CloseReason;
import io.natter.engine.LimitExceeded;
import io.natter.protocol.Packet;
import io.natter.protocol.Payload;
import io.natter.socketio.adapter.Adapter;
import io.natter.socketio.connection.ConnectAnswer;
import io.natter.socketio.connection.EarlyPackets;
import io.natter.socketio.connection.RecoveryRequest;
import io.natter.socketio.payload.PayloadException;
import io.natter.socketio.rooms.SocketIds;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One client joins one namespace:
///
/// 1. on the strand: if the namespace exists, has no middleware, and nothing is to be recovered, go
///    to 3. A client that comes back waits here for the end of its lost connection;
/// 2. on a virtual thread: restore the lost session, and ask the middlewares;
/// 3. on the strand: answer, and pass on the packets that came early.
///
/// If the connection ends before step 3, no handler gets the socket.
final class NamespaceJoin {
    /// The time that a returning client waits for the handlers of its lost connection, and then for
    /// the adapter.
    private static final Duration HANDLERS_OF_LOST = Duration.ofSeconds(5);

    /// The time that a returning client waits for the end of its lost connection.
    private static final Duration LATE_END = Duration.ofSeconds(1);

    /// The bytes that a socket takes beside its credentials, roughly.
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
        RecoveryRequest wanted = known == null ? null : recoveryRequest(known);
        if (known == null || (wanted == null && !known.middlewares().isEmpty())) {
            ask(known);
        } else if (wanted == null) {
            admit(newSocket(known, null), null);
        } else {
            afterLostConnection(known, wanted.pid());
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
            RecoveryRequest wanted = recoveryRequest(nsp);
            Adapter.Recovery recovery =
                    wanted == null ? null : wanted.restore(nsp.adapter(), HANDLERS_OF_LOST);
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
            Payload answer =
                    ConnectAnswer.accepted(client.server.mapping(), socket.id(), socket.pid());
            socket.enter(recovery, new Packet.Connect(name, answer));
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

    /// Any thread.
    private void refuse(
            @Nullable Namespace nsp, @Nullable Socket socket, ConnectException refusal) {
        Payload payload =
                ConnectAnswer.refused(
                        client.server.mapping(),
                        String.valueOf(refusal.getMessage()),
                        refusal.data(),
                        this::unwritable);
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

    /// The client does not get a socket.
    private void over(@Nullable Namespace nsp) {
        client.holdsForNamespace(-bytes(packet.data()));
        if (nsp != null) {
            nsp.release();
        }
    }

    private void unwritable(Throwable failure) {
        client.server.failed(
                new HandlerError(HandlerError.Kind.MIDDLEWARE, null, packet.namespace(), failure),
                client.session.id());
    }

    private @Nullable RecoveryRequest recoveryRequest(Namespace nsp) {
        return nsp.recovers() ? RecoveryRequest.of(packet.data()) : null;
    }
}
