package io.natter.engine;

import java.net.InetAddress;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An Engine.IO server: opens sessions for clients of protocol 4 (and 3 where allowed) over polling
/// and WebSocket, on whatever host carries it. Any thread, unless a method says otherwise; hooks
/// are added before the server is given to a host.
public final class EngineServer implements Endpoint {
    private static final Logger log = LoggerFactory.getLogger(EngineServer.class);
    private static final long CLOSE_SECONDS = 5;

    private final EngineOptions options;
    private final String prefix;
    private final Function<EngineSession, EngineListener> listeners;
    private final Entrance entrance;
    private final EngineMetrics metrics = new EngineMetrics();
    private final Map<String, EngineSession> open = new ConcurrentHashMap<>();
    private final Map<Strand, StrandShare> shares = new ConcurrentHashMap<>();
    private final Map<InetAddress, Integer> perAddress = new ConcurrentHashMap<>();
    private final List<Consumer<EngineSession>> onConnection = new CopyOnWriteArrayList<>();
    private final List<HeadersListener> onInitialHeaders = new CopyOnWriteArrayList<>();
    private final List<HeadersListener> onHeaders = new CopyOnWriteArrayList<>();
    private final List<Consumer<ConnectionError>> onError = new CopyOnWriteArrayList<>();
    private final List<Consumer<LimitHit>> onLimit = new CopyOnWriteArrayList<>();
    private volatile @Nullable PacketObserver observer;
    private volatile boolean closing;

    /// Makes a server; a host carries it.
    ///
    /// @param options how it behaves
    /// @param listeners called on the strand of each new session, once the handshake is answered;
    ///   gives the session its listener
    @SuppressWarnings("this-escape") // The class is final, and Entrance only keeps the reference.
    public EngineServer(EngineOptions options, Function<EngineSession, EngineListener> listeners) {
        this.options = options;
        this.prefix = options.prefix();
        this.listeners = listeners;
        this.entrance = new Entrance(this);
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
        return open.size();
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
        entrance.use(middleware);
        return this;
    }

    /// Adds a hook that is told of each session that has opened, on its strand, after its listener
    /// was named. (npm `engine.io`: `connection`.)
    public EngineServer onConnection(Consumer<EngineSession> hook) {
        onConnection.add(hook);
        return this;
    }

    /// Adds a hook that may change the headers of the answer to a handshake.
    public EngineServer onInitialHeaders(HeadersListener listener) {
        onInitialHeaders.add(listener);
        return this;
    }

    /// Adds a hook that may change the headers of every answer of a session, the handshake
    /// included. Errors have no session and are not seen.
    public EngineServer onHeaders(HeadersListener listener) {
        onHeaders.add(listener);
        return this;
    }

    /// Adds a hook that is told of refused requests, on a strand.
    public EngineServer onConnectionError(Consumer<ConnectionError> listener) {
        onError.add(listener);
        return this;
    }

    /// Adds a hook that is told of clients that run into a bound, on a strand.
    public EngineServer onLimit(Consumer<LimitHit> listener) {
        onLimit.add(listener);
        return this;
    }

    /// Sets who sees the packets of the sessions opened from now on, in place of who did before.
    public EngineServer observe(PacketObserver observer) {
        this.observer = observer;
        return this;
    }

    @Nullable PacketObserver observer() {
        return observer;
    }

    @Override
    public boolean matches(String path) {
        return path.startsWith(prefix);
    }

    @Override
    public String served() {
        return prefix;
    }

    @Override
    public void http(HttpExchange exchange) {
        entrance.enter(new HttpCall(this, exchange));
    }

    @Override
    public void upgrade(UpgradeExchange exchange) {
        entrance.enter(new UpgradeCall(this, exchange));
    }

    /// Closes every session with `server shutting down`, throwing away what waits, and refuses new
    /// ones. Returns when all are closed, after five seconds at the latest.
    @Override
    public void close() {
        closing = true;
        var sessions = List.copyOf(open.values());
        var left = new CountDownLatch(sessions.size());
        for (var session : sessions) {
            Runnable end =
                    () -> {
                        session.discard(CloseReason.SERVER_SHUTTING_DOWN, "the server closes");
                        left.countDown();
                    };
            if (session.strand().isCurrent()) {
                end.run();
            } else {
                session.strand().execute(end);
            }
        }
        try {
            if (!left.await(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                log.warn("{} sessions were not closed in time", left.getCount());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isClosing() {
        return closing;
    }

    EngineListener listenerOf(EngineSession session) {
        return listeners.apply(session);
    }

    void opened(EngineSession session) {
        onConnection.forEach(hook -> hook.accept(session));
    }

    StrandShare share(Strand strand) {
        var known = shares.get(strand);
        return known != null
                ? known
                : shares.computeIfAbsent(strand, s -> new StrandShare(s, options, metrics));
    }

    boolean isFull(HttpRequest request) {
        var address = countedAddress(request);
        return address != null
                && perAddress.getOrDefault(address, 0) >= options.maxConnectionsPerAddress();
    }

    /// Makes a new session known. False, with the call refused, where its id is taken.
    boolean register(EngineSession session, Call call) {
        if (open.putIfAbsent(session.id(), session) != null) {
            refused(
                    call.request(),
                    new Refusal(ConnectionError.Code.BAD_REQUEST, "ID_GENERATION_ERROR"));
            return false;
        }
        metrics.handshakes.increment();
        var address = countedAddress(session.request());
        if (address != null) {
            perAddress.merge(address, 1, Integer::sum);
        }
        return true;
    }

    void closed(EngineSession session, CloseReason reason) {
        metrics.closed(reason);
        open.remove(session.id(), session);
        var address = countedAddress(session.request());
        if (address != null) {
            perAddress.computeIfPresent(address, (_, n) -> n == 1 ? null : n - 1);
        }
    }

    /// Null where sessions of this request's address are not counted.
    private @Nullable InetAddress countedAddress(HttpRequest request) {
        return options.maxConnectionsPerAddress() > 0 ? options.clientAddress().of(request) : null;
    }

    void sessionHeaders(Call call) {
        if (call.sid() == null) {
            onInitialHeaders.forEach(hook -> hook.headers(call.headers(), call.request()));
        }
        onHeaders.forEach(hook -> hook.headers(call.headers(), call.request()));
    }

    void refused(HttpRequest request, Refusal refusal) {
        log.debug("refused {}: {} ({})", request.path(), refusal.message(), refusal.detail());
        metrics.refused(refusal.code());
        var error =
                new ConnectionError(request, refusal.code(), refusal.message(), refusal.detail());
        onError.forEach(hook -> hook.accept(error));
    }

    void hit(LimitHit.Limit limit, HttpRequest request, @Nullable String sid, String detail) {
        metrics.hit(limit);
        var hit = new LimitHit(limit, request, sid, detail);
        onLimit.forEach(hook -> hook.accept(hit));
    }
}
