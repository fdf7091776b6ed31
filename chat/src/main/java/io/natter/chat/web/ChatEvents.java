package io.natter.chat.web;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.ChatException;
import io.natter.chat.domain.ChatStore;
import io.natter.chat.domain.Person;
import io.natter.chat.domain.Session;
import io.natter.chat.domain.SessionToken;
import io.natter.engine.HttpResponse;
import io.natter.protocol.Parser;
import io.natter.socketio.ConnectException;
import io.natter.socketio.JacksonMapping;
import io.natter.socketio.PayloadException;
import io.natter.socketio.Socket;
import io.natter.socketio.SocketIoOptions;
import io.natter.socketio.SocketIoServer;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The chat over Socket.IO: who may connect, who is told what. What a client may say is in
/// [Visitor], the contract in `docs/chat-events.md`.
final class ChatEvents {
    private static final Logger log = LoggerFactory.getLogger(ChatEvents.class);

    /// No frame and no request body of a client is longer.
    static final int MAX_FRAME = 64 * 1024;

    private static final int SOCKETS_PER_PERSON = 20;
    private static final String SESSION = "session";

    private final ChatStore store;
    private final Presence presence;
    private final Limits limits;
    private final Origins origins;
    private final InstantSource clock;
    private final SocketIoServer io;

    ChatEvents(
            ChatStore store,
            Presence presence,
            Limits limits,
            Origins origins,
            InstantSource clock) {
        this.store = store;
        this.presence = presence;
        this.limits = limits;
        this.origins = origins;
        this.clock = clock;
        this.io =
                SocketIoServer.create(
                        SocketIoOptions.builder()
                                // Ours is stricter than the engine's and knows --origin.
                                .engine(
                                        e ->
                                                e.checkOrigin(false)
                                                        .maxWaitingPackets(256)
                                                        .maxConnectionsPerAddress(
                                                                Limits.SOCKETS_PER_ADDRESS)
                                                        .clientAddress(ChatEvents::counted))
                                .maxHttpBufferSize(MAX_FRAME)
                                .limits(new Parser.Limits(0, 0, 16))
                                .connectTimeout(Duration.ofSeconds(10))
                                .maxWaitingEvents(256)
                                // Far above every limit of a person; bounds what those do not see.
                                .maxEventsPerSecond(100)
                                .mapping(new JacksonMapping(Wire.JSON))
                                .errorAnswer(ChatEvents::errorAnswer)
                                .clock(clock)
                                .build());
        io.engine()
                .use((request, _) -> checkOrigin(request))
                .onLimit(hit -> log.debug("A client reached a limit: {}", hit.detail()));
        io.use(this::admit);
        io.onConnection(this::connected);
        store.onCommitted(message -> io.to(room(message.room())).emit("ev", Wire.ev(message)));
    }

    SocketIoServer io() {
        return io;
    }

    // ---- rooms of Socket.IO; the prefixes keep ids of one kind from meaning another

    static String room(String id) {
        return "room:" + id;
    }

    static String person(Person person) {
        return "person:" + person.id();
    }

    private static String session(Session session) {
        return "session:" + session.id();
    }

    // ---- who may connect

    private static @Nullable InetAddress counted(io.natter.engine.HttpRequest request) {
        InetAddress address = request.remoteAddress().getAddress();
        return Limits.isShared(address) ? null : address;
    }

    private @Nullable HttpResponse checkOrigin(io.natter.engine.HttpRequest request) {
        if (origins.allow(request.header("origin"), request.header("sec-fetch-site"))) {
            return null;
        }
        return new HttpResponse(
                403,
                Map.of("Content-Type", List.of("application/json")),
                Wire.JSON.writeValueAsBytes(Wire.refused(ChatError.foreignOrigin())));
    }

    private void admit(Socket socket) throws ConnectException {
        var request = socket.handshake().request();
        Duration wait = limits.connect(request.remoteAddress().getAddress());
        if (!wait.isZero()) {
            throw refusal(ChatError.rate(wait));
        }
        Session session;
        try {
            session =
                    token(socket)
                            .flatMap(store::session)
                            .orElseThrow(() -> ChatError.noSession().exception());
        } catch (ChatException e) {
            throw refusal(e.error());
        }
        if (presence.sockets(session.person()) >= SOCKETS_PER_PERSON) {
            throw refusal(ChatError.tooManySockets());
        }
        socket.data().put(SESSION, session);
    }

    private static ConnectException refusal(ChatError error) {
        // The sentence is the contract's; the code says the same to programs.
        String message = error.code().equals("no_session") ? "Sign in first" : error.message();
        return new ConnectException(message, Wire.refused(error).err());
    }

    private Optional<SessionToken> token(Socket socket) {
        var request = socket.handshake().request();
        return SessionCookie.read(request.header("cookie"), origins.secure(request.header("host")));
    }

    private void connected(Socket socket) {
        if (!(socket.data().get(SESSION) instanceof Session session)) {
            throw new IllegalStateException("a socket passed without a session");
        }
        Person me = session.person();
        presence.arrive(me);
        socket.onDisconnect(_ -> presence.leave(me));
        socket.use((event, _) -> check(socket, me, event));
        // Refusals of check: answered already, and nothing the operator could do about.
        socket.onError(refused -> log.debug("{} was refused: {}", me.id(), refused.getMessage()));
        new Visitor(store, presence, limits, clock, socket, session).listen();
        socket.join(session(session), person(me));
        // Ended between the check and the join, where endSession could not see this socket.
        if (token(socket).flatMap(store::session).isEmpty()) {
            socket.disconnect(true);
        }
    }

    private void check(Socket socket, Person me, String event) {
        if (limits.of(me.id()).overrun()) {
            log.info("{} does not heed the limits and is cut off", me.id());
            socket.disconnect(true);
        }
        if (!Visitor.EVENTS.contains(event)) {
            throw ChatError.unknown("event").exception();
        }
    }

    /// Closes the sockets of a session that has ended.
    void endSession(Session session) {
        presence.signOut(session.person());
        io.in(session(session)).disconnectSockets(true);
    }

    // ---- who is told

    /// Tells everybody who came and who went since the last time.
    void gatherPresence() {
        presence.gather().ifPresent(change -> io.to(room("general")).emit("presence", change));
        limits.forget();
    }

    /// Tells everybody that the server closes soon.
    void announceClosing(Duration in) {
        io.emit("server.closing", new Wire.Closing(in.toMillis()));
    }

    /// What a client is answered when a handler threw.
    static Object errorAnswer(Throwable thrown) {
        if (thrown instanceof PayloadException) {
            return Wire.refused(
                    ChatError.badRequest("What was sent has not the form of this event."));
        }
        return Wire.refused(ChatError.of(thrown));
    }
}
