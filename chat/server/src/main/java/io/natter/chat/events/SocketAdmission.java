package io.natter.chat.events;

import io.natter.chat.access.ClientAddresses;
import io.natter.chat.access.Limits;
import io.natter.chat.access.Origins;
import io.natter.chat.access.SessionCookie;
import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.ChatException;
import io.natter.chat.domain.integration.BotStore;
import io.natter.chat.domain.integration.Secret;
import io.natter.chat.domain.person.Session;
import io.natter.chat.domain.person.SessionStore;
import io.natter.chat.domain.person.SessionToken;
import io.natter.chat.watch.Operations;
import io.natter.chat.wire.WireErrors;
import io.natter.chat.wire.WireJson;
import io.natter.host.HttpResponse;
import io.natter.socketio.ConnectException;
import io.natter.socketio.Socket;
import io.natter.socketio.payload.PayloadException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides which sockets may connect: by origin, address, session, and the number of sockets.
final class SocketAdmission {
    private static final int SOCKETS_PER_PERSON = 20;
    private static final String SESSION = "session";

    private final SessionStore sessions;
    private final BotStore bots;
    private final Presence presence;
    private final Limits limits;
    private final Origins origins;
    private final ClientAddresses addresses;
    private final Operations operations;

    SocketAdmission(
            SessionStore sessions,
            BotStore bots,
            Presence presence,
            Limits limits,
            Origins origins,
            ClientAddresses addresses,
            Operations operations) {
        this.sessions = sessions;
        this.bots = bots;
        this.presence = presence;
        this.limits = limits;
        this.origins = origins;
        this.addresses = addresses;
        this.operations = operations;
    }

    /// The answer to a request that comes from another site's page; null for others.
    @Nullable HttpResponse checkOrigin(io.natter.host.HttpRequest request) {
        if (origins.allow(request.header("origin"), request.header("sec-fetch-site"))) {
            return null;
        }
        operations.refused("connect", ChatError.foreignOrigin());
        return new HttpResponse(
                403,
                Map.of("Content-Type", List.of("application/json")),
                WireJson.JSON.writeValueAsBytes(WireErrors.refused(ChatError.foreignOrigin())));
    }

    /// Lets a socket in that has a session, and notes the session.
    ///
    /// @throws ConnectException with an error of the chat
    void admit(Socket socket) throws ConnectException {
        var request = socket.handshake().request();
        Duration wait = limits.connect(addresses.of(request));
        if (!wait.isZero()) {
            throw refusal(ChatError.rate(wait));
        }
        Session session;
        try {
            session = open(socket).orElseThrow(() -> ChatError.noSession().exception());
        } catch (ChatException e) {
            throw refusal(e.error());
        }
        if (presence.sockets(session.person()) >= SOCKETS_PER_PERSON) {
            throw refusal(ChatError.tooManySockets());
        }
        socket.data().put(SESSION, session);
    }

    /// A bot shows its token as `auth: {token}`, a browser its cookie.
    private Optional<Session> open(Socket socket) {
        Optional<String> bearer = bearer(socket);
        return bearer.isPresent()
                ? bearer.flatMap(Secret::parse).flatMap(bots::open)
                : token(socket).flatMap(sessions::open);
    }

    record Auth(@Nullable String token) {}

    private static Optional<String> bearer(Socket socket) {
        try {
            Auth auth = socket.handshake().auth(Auth.class);
            return Optional.ofNullable(auth).map(Auth::token);
        } catch (PayloadException _) {
            return Optional.empty(); // of another form, so it is not meant for the chat
        }
    }

    private ConnectException refusal(ChatError error) {
        operations.refused("connect", error);
        // The sentence is the contract's; the code says the same to programs.
        String message = error.code().equals("no_session") ? "Sign in first" : error.message();
        return new ConnectException(message, WireErrors.refused(error).err());
    }

    /// The session of a socket that was let in.
    static Session session(Socket socket) {
        if (socket.data().get(SESSION) instanceof Session session) {
            return session;
        }
        throw new IllegalStateException("a socket passed without a session");
    }

    /// Whether the session of a socket has not ended.
    boolean stillValid(Socket socket) {
        Optional<String> bearer = bearer(socket);
        return bearer.isPresent()
                ? bearer.flatMap(Secret::parse).flatMap(bots::open).isPresent()
                : token(socket).flatMap(sessions::session).isPresent();
    }

    private Optional<SessionToken> token(Socket socket) {
        var request = socket.handshake().request();
        return SessionCookie.read(
                request.header("cookie"), origins.cookies(request.header("host")));
    }
}
