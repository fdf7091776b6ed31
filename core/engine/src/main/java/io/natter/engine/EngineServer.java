package io.natter.engine;

import io.natter.host.Endpoint;
import io.natter.host.HttpExchange;
import io.natter.host.HttpResponse;
import io.natter.host.Loggers;
import io.natter.host.Strand;
import io.natter.host.UpgradeExchange;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// An Engine.IO server: opens sessions for clients of protocol 4 (and 3 where allowed) over
/// polling, WebSocket and WebTransport, on whatever host carries it. Any thread, unless a method
/// says otherwise; hooks are added before the server is given to a host.
public final class EngineServer implements Endpoint {
    private static final Logger log = Loggers.of(EngineServer.class);
    private static final long CLOSE_SECONDS = 5;

    private final SessionContext context;
    private final String prefix;
    private final RequestPipeline pipeline;

    /// The entry of requests where servers pass requests on; null on a single server.
    private volatile @Nullable ForwardingEntry forwarding;

    /// Makes a server, for a host to carry.
    ///
    /// @param options the options of the server
    /// @param listeners called on the strand of each new session, once the handshake is answered;
    ///   gives the session its listener
    public EngineServer(EngineOptions options, Function<EngineSession, EngineListener> listeners) {
        this.context = new SessionContext(options, listeners);
        this.prefix = options.prefix();
        this.pipeline = new RequestPipeline(context);
    }

    /// The options of this server.
    public EngineOptions options() {
        return context.options();
    }

    /// The counters of this server.
    public EngineMetrics metrics() {
        return context.metrics();
    }

    /// The number of open sessions.
    public int clientsCount() {
        return context.open().size();
    }

    /// The open sessions, as a live view.
    public Collection<EngineSession> sessions() {
        return Collections.unmodifiableCollection(context.open().values());
    }

    /// The session of that `sid`, or null.
    public @Nullable EngineSession session(String sid) {
        return context.session(sid);
    }

    /// The strands that have or had sessions, as a live view: one for each event loop of the host.
    public Collection<Strand> strands() {
        return context.strands();
    }

    /// Adds a middleware behind those there are.
    public EngineServer use(EngineMiddleware middleware) {
        pipeline.use(middleware);
        return this;
    }

    /// Adds a hook that is called for each new session, on its strand, after its listener was made.
    /// If it throws, the session ends. (npm `engine.io`: `connection`.)
    public EngineServer onConnection(Consumer<EngineSession> hook) {
        context.onConnection.add(hook);
        return this;
    }

    /// Adds a hook that may change the headers of the answer to a handshake.
    public EngineServer onInitialHeaders(HeadersListener listener) {
        context.onInitialHeaders.add(listener);
        return this;
    }

    /// Adds a hook that may change the headers of every answer of a session, the handshake
    /// included. Errors have no session and are not seen.
    public EngineServer onHeaders(HeadersListener listener) {
        context.onHeaders.add(listener);
        return this;
    }

    /// Adds a hook that is called for refused requests, on a strand.
    public EngineServer onConnectionError(Consumer<ConnectionError> listener) {
        context.onError.add(listener);
        return this;
    }

    /// Adds a hook that is called when a client exceeds a limit of Engine.IO or of a layer above.
    /// The limit is also logged and counted. Called on a strand, and sometimes on a virtual thread:
    /// it must not block.
    public EngineServer onLimit(Consumer<LimitExceeded> hook) {
        context.onLimit.add(hook);
        return this;
    }

    /// Sets the observer of the packets of new sessions. It replaces the one before.
    public EngineServer observe(PacketObserver observer) {
        context.observer = observer;
        return this;
    }

    /// Passes requests of sessions that other servers have on by `forwarder`, so that a proxy needs
    /// no sticky sessions. The ids of sessions that open from now on begin with
    /// [SessionForwarder#idPrefix]. It is closed with this server.
    ///
    /// @throws IllegalStateException where there is a forwarder already, or where the option
    ///   `generateId` makes ids that do not name their server
    public synchronized EngineServer forwardBy(SessionForwarder forwarder) {
        if (forwarding != null) {
            throw new IllegalStateException("this server passes requests on already");
        } else if (options().generateId() != null) {
            throw new IllegalStateException(
                    "requests cannot be passed on with the option generateId: other servers find"
                            + " the server of a session by the id that Natter makes");
        }
        context.forwardBy(forwarder);
        forwarding = new ForwardingEntry(context, pipeline, forwarder);
        return this;
    }

    @Override
    public boolean matches(String path) {
        return path.startsWith(prefix);
    }

    @Override
    public boolean matchesWebTransport(String path) {
        return matches(path) && options().transports().contains(TransportName.WEBTRANSPORT);
    }

    @Override
    public String served() {
        return prefix;
    }

    @Override
    public void http(HttpExchange exchange) {
        var entry = forwarding;
        if (entry != null) {
            entry.http(exchange);
            return;
        }
        pipeline.enter(new PollingRequest(context, exchange));
    }

    @Override
    public void upgrade(UpgradeExchange exchange) {
        var entry = forwarding;
        if (entry != null) {
            entry.upgrade(exchange);
            return;
        }
        pipeline.enter(new UpgradeRequest(context, exchange));
    }

    /// Refuses handshakes from now on with `answer`. This includes handshakes that wait for
    /// middleware, `allowRequest` or `generateId`. Open sessions go on. A handshake by WebSocket
    /// that was accepted a moment before gets its 101 and is closed.
    public void refuseNew(HttpResponse answer) {
        context.newcomersRefused = answer;
    }

    /// Closes every session with `server shutting down`, and refuses new ones. Messages that wait
    /// are lost. Returns when all are closed, after five seconds at the latest.
    @Override
    public void close() {
        context.closing = true;
        var entry = forwarding;
        if (entry != null) {
            entry.forwarder().close();
        }
        var sessions = List.copyOf(context.open().values());
        var left = new CountDownLatch(sessions.size());
        for (var session : sessions) {
            Runnable end =
                    () -> {
                        session.discard(CloseReason.SERVER_SHUTTING_DOWN, "the server closes");
                        left.countDown();
                    };
            if (session.strand().isCurrent()) {
                end.run();
            } else if (!session.strand().tryExecute(end)) {
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
}
