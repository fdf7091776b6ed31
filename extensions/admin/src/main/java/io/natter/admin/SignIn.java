package io.natter.admin;

import io.natter.host.Key;
import io.natter.host.RateLimitedLog;
import io.natter.socketio.ConnectException;
import io.natter.socketio.Middleware;
import io.natter.socketio.Socket;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Lets admins in: by a session that is known, or by name and password.
final class SignIn implements Middleware {
    private static final RateLimitedLog LOG = new RateLimitedLog(AdminUi.class);
    private static final Key<String> NEW_SESSION = Key.of("natter.admin.session", String.class);

    private final @Nullable Credentials credentials;
    private final AdminSessions sessions;
    private final SignInLimiter limiter;
    private final LongAdder failures = new LongAdder();

    /// @param credentials null lets in everybody
    SignIn(@Nullable Credentials credentials, AdminSessions sessions, SignInLimiter limiter) {
        this.credentials = credentials;
        this.sessions = sessions;
        this.limiter = limiter;
    }

    @Override
    public void accept(Socket socket) throws Exception {
        if (credentials == null) {
            return;
        }
        var auth = socket.handshake().auth();
        if (auth.get("sessionId") instanceof String id && sessions.isValid(id)) {
            return;
        }
        if (!(auth.get("username") instanceof String name)
                || !(auth.get("password") instanceof String password)) {
            throw refused(null); // the page asks without them first
        }
        String address = socket.handshake().address();
        var right = credentials;
        switch (limiter.attempt(address, () -> right.match(name, password))) {
            case RIGHT -> {
                LOG.info("sign-in", "an admin has signed in from {}", address);
                socket.handshake().attributes().set(NEW_SESSION, sessions.create());
            }
            case WRONG -> {
                failures.increment();
                LOG.warn("wrong password", "a sign-in to the Admin UI from {} failed", address);
                throw refused(null);
            }
            case TOO_MANY -> {
                failures.increment();
                LOG.warn("too many sign-ins", "sign-ins from {} are refused for a while", address);
                throw refused("too many attempts: wait a minute");
            }
        }
    }

    /// The page knows the message.
    private static ConnectException refused(@Nullable String reason) {
        return reason == null
                ? new ConnectException("invalid credentials")
                : new ConnectException("invalid credentials", Map.of("reason", reason));
    }

    /// The session that a socket has signed in with, or null if it had one already.
    static @Nullable String newSession(Socket socket) {
        return socket.handshake().attribute(NEW_SESSION);
    }

    long failures() {
        return failures.sum();
    }
}
