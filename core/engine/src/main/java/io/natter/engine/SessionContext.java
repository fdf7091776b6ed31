package io.natter.engine;

import io.natter.host.ConnectionsPerAddress;
import io.natter.host.HttpRequest;
import io.natter.host.HttpResponse;
import io.natter.host.Loggers;
import io.natter.host.RateLimitedLog;
import io.natter.host.Strand;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// The shared objects of the sessions and requests of one [EngineServer]: options, counters,
/// timers, hooks, and the open sessions. Any thread.
final class SessionContext {
    private static final Logger log = Loggers.of(EngineServer.class);

    private final RateLimitedLog logs = new RateLimitedLog(EngineServer.class);
    private final EngineOptions options;
    private final Function<EngineSession, EngineListener> listeners;
    private final EngineMetrics metrics = new EngineMetrics();
    private final Map<String, EngineSession> open = new ConcurrentHashMap<>();
    private final Map<Strand, SessionTimers> timersByStrand = new ConcurrentHashMap<>();
    private final ConnectionsPerAddress addresses = new ConnectionsPerAddress();
    final List<Consumer<EngineSession>> onConnection = new CopyOnWriteArrayList<>();
    final Hooks<HeadersListener> onInitialHeaders = new Hooks<>("onInitialHeaders", logs);
    final Hooks<HeadersListener> onHeaders = new Hooks<>("onHeaders", logs);
    final Hooks<Consumer<ConnectionError>> onError = new Hooks<>("onConnectionError", logs);
    final Hooks<Consumer<LimitExceeded>> onLimit = new Hooks<>("onLimit", logs);

    /// Sees the packets of the sessions that open from now on.
    volatile @Nullable PacketObserver observer;

    volatile boolean closing;

    /// The response to new clients while they are refused.
    volatile @Nullable HttpResponse newcomersRefused;

    /// Passes on requests of sessions that other servers have.
    private volatile @Nullable SessionForwarder forwarder;

    SessionContext(EngineOptions options, Function<EngineSession, EngineListener> listeners) {
        this.options = options;
        this.listeners = listeners;
    }

    EngineOptions options() {
        return options;
    }

    EngineMetrics metrics() {
        return metrics;
    }

    RateLimitedLog logs() {
        return logs;
    }

    /// The open sessions by their `sid`.
    Map<String, EngineSession> open() {
        return open;
    }

    @Nullable EngineSession session(String sid) {
        return open.get(sid);
    }

    @Nullable PacketObserver observer() {
        return observer;
    }

    void forwardBy(SessionForwarder chosen) {
        forwarder = chosen;
    }

    /// The id of a new session.
    String nextId() {
        var by = forwarder;
        return by == null ? SessionIds.next() : SessionIds.next(by.idPrefix());
    }

    boolean isClosing() {
        return closing;
    }

    @Nullable HttpResponse newcomersRefused() {
        return newcomersRefused;
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

    Collection<Strand> strands() {
        return Collections.unmodifiableSet(timersByStrand.keySet());
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
}
