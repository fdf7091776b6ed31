package io.natter.admin;

import io.natter.host.RateLimitedLog;
import io.natter.socketio.SocketIoServer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// How the [AdminUi] behaves. The names are those of npm `@socket.io/admin-ui`. Not for several
/// threads.
public final class AdminUiBuilder {
    private static final RateLimitedLog LOG = new RateLimitedLog(AdminUi.class);
    private static final AtomicInteger OF_THIS_PROCESS = new AtomicInteger();

    String namespaceName = "/admin";
    String pagePath = "/admin-ui";
    AdminMode mode = AdminMode.PRODUCTION;
    boolean readOnly;
    int maxEventsPerSecond = 100;
    int maxSockets = 1_000;
    final Set<String> redacted = new HashSet<>();
    final String hostname = hostname();
    String serverId = "";
    private boolean everybody;
    private @Nullable Credentials credentials;
    private String secret = "";
    private @Nullable AdminSessions sessions;
    private Duration sessionDuration = Duration.ofDays(1);

    AdminUiBuilder() {}

    /// Lets in who knows this name and password. Ten wrong attempts of an address in a minute are
    /// one too many.
    ///
    /// @param passwordHash a hash of bcrypt or Argon2, such as `$2b$10$…`
    /// @throws IllegalArgumentException if it is no such hash
    public AdminUiBuilder basicAuth(String username, String passwordHash) {
        credentials = new Credentials(username, passwordHash);
        secret = username + " " + passwordHash;
        everybody = false;
        return this;
    }

    /// Lets in everybody. Only where nobody else reaches the server.
    public AdminUiBuilder noAuth() {
        everybody = true;
        credentials = null;
        return this;
    }

    /// How much the page shows; [AdminMode#PRODUCTION] by default (Node.js: development, unless
    /// `NODE_ENV` says otherwise).
    public AdminUiBuilder mode(AdminMode shown) {
        mode = Objects.requireNonNull(shown, "mode must not be null");
        return this;
    }

    /// Gives the page no commands: it shows, and changes nothing.
    public AdminUiBuilder readOnly() {
        readOnly = true;
        return this;
    }

    /// The namespace of the admins, "/admin" by default.
    public AdminUiBuilder namespaceName(String name) {
        namespaceName = name.startsWith("/") ? name : "/" + name;
        return this;
    }

    /// The name of this server on the page, unique in the cluster. By default the host's name and
    /// the process id, as in `host#4711`.
    public AdminUiBuilder serverId(String id) {
        serverId = Objects.requireNonNull(id, "serverId must not be null");
        return this;
    }

    /// Keeps the sessions of admins. By default an id is signed with the hash of the password. So
    /// it is valid on all servers with the same password, and needs no store.
    public AdminUiBuilder sessions(AdminSessions store) {
        sessions = store;
        return this;
    }

    /// How long a session of the default kind is valid; one day by default.
    ///
    /// @throws IllegalArgumentException if it is not positive
    public AdminUiBuilder sessionDuration(Duration time) {
        if (!time.isPositive()) {
            throw new IllegalArgumentException("sessionDuration must be positive");
        }
        sessionDuration = time;
        return this;
    }

    /// Hides the values of further headers and query parameters. Hidden are in any case cookies,
    /// `authorization`, and names such as `token`, `password` and `x-api-key`.
    public AdminUiBuilder redact(String... names) {
        redacted.addAll(List.of(names));
        return this;
    }

    /// So many events of clients of this server are shown in a second, in development mode; 100 by
    /// default. A broadcast counts once for each receiver.
    ///
    /// @throws IllegalArgumentException if it is negative
    public AdminUiBuilder maxEventsPerSecond(int events) {
        if (events < 0) {
            throw new IllegalArgumentException("maxEventsPerSecond must not be negative");
        }
        maxEventsPerSecond = events;
        return this;
    }

    /// So many sockets of this server are watched, in development mode; 1,000 by default.
    ///
    /// @throws IllegalArgumentException if it is not positive
    public AdminUiBuilder maxSockets(int sockets) {
        if (sockets <= 0) {
            throw new IllegalArgumentException("maxSockets must be positive");
        }
        maxSockets = sockets;
        return this;
    }

    /// The path of [AdminUi#page], "/admin-ui" by default.
    ///
    /// @throws IllegalArgumentException if it does not start with `/`, or ends with it
    public AdminUiBuilder pagePath(String path) {
        if (!path.startsWith("/") || path.endsWith("/")) {
            throw new IllegalArgumentException(
                    "pagePath must start with / and not end with it: " + path);
        }
        pagePath = path;
        return this;
    }

    /// Adds the Admin UI to a server.
    ///
    /// @throws IllegalStateException if neither [#basicAuth] nor [#noAuth] was called
    public AdminUi instrument(SocketIoServer io) {
        if (credentials == null && !everybody) {
            throw new IllegalStateException(
                    "say who may use the Admin UI: call basicAuth(username, passwordHash), or"
                            + " noAuth() to let in everybody");
        }
        if (everybody) {
            LOG.warn("no sign-in", "everybody may use the Admin UI: it has no sign-in");
        }
        if (serverId.isEmpty()) {
            int number = OF_THIS_PROCESS.incrementAndGet();
            String process = hostname + "#" + ProcessHandle.current().pid();
            serverId = number == 1 ? process : process + "." + number;
        }
        var admin = new AdminUi(io, this);
        admin.start();
        return admin;
    }

    SignIn signIn(InstantSource clock) {
        var store =
                sessions == null ? new SignedSessions(secret, sessionDuration, clock) : sessions;
        return new SignIn(credentials, store, new SignInLimiter(clock));
    }

    private static String hostname() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
