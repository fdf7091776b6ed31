package io.natter.engine;

import io.natter.host.ConnectionsPerAddress;
import io.natter.host.Endpoint;
import io.natter.host.HttpExchange;
import io.natter.host.HttpRequest;
import io.natter.host.HttpResponse;
import io.natter.host.Loggers;
import io.natter.host.RateLimitedLog;
import io.natter.host.Strand;
import io.natter.host.UpgradeExchange;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// An Engine.IO server: opens sessions for clients of protocol 4 (and 3 where allowed) over polling
/// and WebSocket, on whatever host carries it. Any thread, unless a method says otherwise; hooks
/// are added before the server is given to a host.
public final class EngineServer implements Endpoint {
    private static final Logger log = Loggers.of(EngineServer.class);
    private static final long CLOSE_SECONDS = 5;

    private final RateLimitedLog logs = new RateLimitedLog(EngineServer.class);

    private final EngineOptions options;
    private final String prefix;
    private final Function<EngineSession, EngineListener> listeners;
    private final RequestPipeline pipeline;
    private final EngineMetrics metrics = new EngineMetrics();
    private final Map<String, EngineSession> open = new ConcurrentHashMap<>();
    private final Map<Strand, SessionTimers> timersByStrand = new ConcurrentHashMap<>();
    private final ConnectionsPerAddress addresses = new ConnectionsPerAddress();
    private final List<Consumer<EngineSession>> onConnection = new CopyOnWriteArrayList<>();
    private final Hooks<HeadersListener> onInitialHeaders = new Hooks<>("onInitialHeaders", logs);
    private final Hooks<HeadersListener> onHeaders = new Hooks<>("onHeaders", logs);
    private final Hooks<Consumer<ConnectionError>> onError = new Hooks<>("onConnectionError", logs);
    private final Hooks<Consumer<LimitExceeded>> onLimit = new Hooks<>("onLimit", logs);
    private volatile @Nullable PacketObserver observer;
    private volatile boolean closing;
    private volatile @Nullable HttpResponse newcomersRefused;

    /// Makes a server; a host carries it.
    ///
    /// @param options how it behaves
    /// @param listeners called on the strand of each new session, once the handshake is answered;
    ///   gives the session its listener
    @SuppressWarnings(
            "this-escape") // The class is final, and RequestPipeline only keeps the reference.
    public EngineServer(EngineOptions options, Function<EngineSession, EngineListener> listeners) {
        this.options = options;
        this.prefix = options.prefix();
        this.listeners = listeners;
        this.pipeline = new RequestPipeline(this);
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
        pipeline.use(middleware);
        return this;
    }

    /// Adds a hook that is told of each session that has opened, on its strand, after its listener
    /// was named; one that throws ends the session. (npm `engine.io`: `connection`.)
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

    /// Adds a hook that is called when a client exceeds a limit of Engine.IO or of a layer above,
    /// each of which is also logged and counted. Called on a strand, and sometimes on a virtual
    /// thread: it must not block.
    public EngineServer onLimit(Consumer<LimitExceeded> hook) {
        onLimit.add(hook);
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
        pipeline.enter(new PollingRequest(this, exchange));
    }

    @Override
    public void upgrade(UpgradeExchange exchange) {
        pipeline.enter(new UpgradeRequest(this, exchange));
    }

    /// Refuses handshakes from now on with `answer`, those included that are under way and wait for
    /// middleware, `allowRequest` or `generateId`. The sessions that are open go on. A handshake by
    /// WebSocket that was accepted a moment before gets its 101 and is closed.
    public void refuseNew(HttpResponse answer) {
        newcomersRefused = answer;
    }

    @Nullable HttpResponse newcomersRefused() {
        return newcomersRefused;
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
            try {
                if (session.strand().isCurrent()) {
                    end.run();
                } else {
                    session.strand().execute(end);
                }
            } catch (RejectedExecutionException e) {
                log.debug("a session whose strand has ended is left as it is", e);
                left.countDown();
            }
        }
        try {
            if (!left.await(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                log.warn("{} sessions were not closed in time", left.getCount());
            }
        } catch (InterruptedException ignored) {
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

    SessionTimers timers(Strand strand) {
        var known = timersByStrand.get(strand);
        return known != null
                ? known
                : timersByStrand.computeIfAbsent(
                        strand, s -> new SessionTimers(s, options, metrics));
    }

    /// A place for one more session from the request's address, or null where there are as many as
    /// may be.
    ConnectionsPerAddress.@Nullable Place place(HttpRequest request) {
        int max = options.maxConnectionsPerAddress();
        var address = max > 0 ? options.clientAddress().of(request) : null;
        return address == null
                ? ConnectionsPerAddress.Place.UNCOUNTED
                : addresses.take(address, max);
    }

    /// Makes a new session known. False, with the call refused, where its id is taken.
    boolean register(EngineSession session, EngineRequest call) {
        if (open.putIfAbsent(session.id(), session) != null) {
            refused(
                    call.request(),
                    new Refusal(ConnectionError.Code.BAD_REQUEST, "ID_GENERATION_ERROR"));
            return false;
        }
        metrics.handshakes.increment();
        return true;
    }

    void closed(EngineSession session, CloseReason reason) {
        metrics.closed(reason);
        open.remove(session.id(), session);
    }

    void sessionHeaders(EngineRequest call) {
        if (call.sid() == null) {
            onInitialHeaders.tell(hook -> hook.headers(call.headers(), call.request()));
        }
        onHeaders.tell(hook -> hook.headers(call.headers(), call.request()));
    }

    void refused(HttpRequest request, Refusal refusal) {
        if (log.isDebugEnabled()) {
            log.debug(
                    "refused {}: {} ({})",
                    RateLimitedLog.text(request.path()),
                    RateLimitedLog.text(refusal.message()),
                    RateLimitedLog.text(refusal.detail()));
        }
        metrics.refused(refusal.code());
        var error =
                new ConnectionError(request, refusal.code(), refusal.message(), refusal.detail());
        onError.tell(hook -> hook.accept(error));
    }

    void limitExceeded(
            LimitExceeded.Limit limit, HttpRequest request, @Nullable String sid, String detail) {
        metrics.exceeded(limit);
        logs.info(
                "limit " + limit,
                "a client exceeded {}: {}; session {}, address {}",
                limit,
                RateLimitedLog.text(detail),
                RateLimitedLog.id(sid),
                request.remoteAddress().getHostString());
        var exceeded = new LimitExceeded(limit, request, sid, detail);
        onLimit.tell(hook -> hook.accept(exceeded));
    }

    RateLimitedLog logs() {
        return logs;
    }
}
