package io.natter.websocket;

import io.natter.host.CloseCode;
import io.natter.host.ConnectionsPerAddress.Place;
import io.natter.host.Endpoint;
import io.natter.host.HttpExchange;
import io.natter.host.HttpRequest;
import io.natter.host.HttpResponse;
import io.natter.host.PreparedMessage;
import io.natter.host.RateLimitedLog;
import io.natter.host.Strand;
import io.natter.host.UpgradeExchange;
import io.natter.host.WebSocketConnection;
import io.natter.host.WebSocketListener;
import io.natter.host.dispatch.BroadcastBacklog;
import io.natter.host.dispatch.HandlerThreads;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Plain WebSockets, as npm `ws` is used, on any host. It takes only requests to become a
/// WebSocket; the pages at the same path stay with the host.
///
/// ```java
/// var server = WebSocketServer.create();
/// server.onConnection(socket -> socket.onMessage(server::broadcast));
/// NettyHost.listen(server, 1337);
/// ```
///
/// Any thread.
public final class WebSocketServer implements Endpoint {
    private static final long CLOSE_SECONDS = 2;

    private final WebSocketServerOptions options;
    private final WebSocketMetrics metrics = new WebSocketMetrics();
    private final RateLimitedLog logs = new RateLimitedLog(WebSocketServer.class);
    private final UpgradeVerifier verifier;
    private final HandlerThreads handlerThreads;
    private final List<Consumer<WebSocketSession>> onConnection = new CopyOnWriteArrayList<>();
    private final Set<WebSocketSession> clients = ConcurrentHashMap.newKeySet();
    private final Map<Strand, StrandSockets> strands = new ConcurrentHashMap<>();
    private final CountDownLatch allGone = new CountDownLatch(1);
    private volatile boolean closing;

    @SuppressWarnings("this-escape") // The class is final, and the verifier only keeps it.
    private WebSocketServer(WebSocketServerOptions options) {
        this.options = options;
        this.verifier = new UpgradeVerifier(this, options);
        this.handlerThreads = new HandlerThreads(options.executor, this::refusedWork);
    }

    /// A server with the default options: every path, pages of the same origin only.
    public static WebSocketServer create() {
        return create(WebSocketServerOptions.builder().build());
    }

    /// A server with these options.
    public static WebSocketServer create(WebSocketServerOptions options) {
        return new WebSocketServer(options);
    }

    /// Adds a handler for new sockets, called before anything of theirs is handled.
    public WebSocketServer onConnection(Consumer<WebSocketSession> handler) {
        onConnection.add(handler);
        return this;
    }

    /// The open sockets, as a live view.
    public Collection<WebSocketSession> clients() {
        return Collections.unmodifiableCollection(clients);
    }

    /// The counters of this server.
    public WebSocketMetrics metrics() {
        return metrics;
    }

    /// Sends a text message to all; its bytes are made once per strand.
    public void broadcast(String text) {
        broadcast(text, ignored -> true);
    }

    /// Sends a binary message to all; the array must not change afterwards.
    public void broadcast(byte[] data) {
        broadcast(data, ignored -> true);
    }

    /// Sends a text message to the sockets for which `to` holds; it is called on strands and must
    /// not block.
    public void broadcast(String text, Predicate<WebSocketSession> to) {
        broadcast(new PreparedMessage(text), to);
    }

    /// Sends a binary message to the sockets for which `to` holds.
    public void broadcast(byte[] data, Predicate<WebSocketSession> to) {
        broadcast(new PreparedMessage(data), to);
    }

    private void broadcast(PreparedMessage message, Predicate<WebSocketSession> to) {
        var backlog = BroadcastBacklog.current();
        for (var strand : strands.values()) {
            strand.broadcast(message, to, backlog);
        }
    }

    @Override
    public boolean matches(String path) {
        return false;
    }

    @Override
    public boolean matchesUpgrade(String path) {
        var only = options.path;
        return only == null || only.equals(path);
    }

    @Override
    public String served() {
        var only = options.path;
        return "WebSocket at " + (only == null ? "every path" : only);
    }

    /// Not called, since no path matches.
    @Override
    public void http(HttpExchange exchange) {
        exchange.respond(HttpResponse.text(426, "a WebSocket is served here\n"));
    }

    @Override
    public void upgrade(UpgradeExchange exchange) {
        verifier.check(exchange);
    }

    boolean isClosing() {
        return closing;
    }

    RateLimitedLog logs() {
        return logs;
    }

    WebSocketServerOptions options() {
        return options;
    }

    /// On the strand of the connection.
    WebSocketListener open(
            WebSocketConnection connection,
            HttpRequest request,
            @Nullable String subprotocol,
            Place place) {
        var strand = strands.computeIfAbsent(connection.strand(), this::newStrand);
        var session = new WebSocketSession(this, connection, strand, request, subprotocol, place);
        metrics.opened.increment();
        clients.add(session);
        try {
            strand.add(session);
            var handlers = new HandlerQueue(session, connection, strand, options.memoryBudget);
            var events = new WebSocketEvents(this, session, strand, handlers);
            events.opened(onConnection);
            if (closing) {
                session.close(CloseCode.GOING_AWAY, "the server shuts down");
            }
            return events;
        } catch (Throwable t) {
            left(session); // the host closes the connection and calls nobody
            throw t;
        }
    }

    private StrandSockets newStrand(Strand strand) {
        return new StrandSockets(
                strand, options.dispatch, handlerThreads, metrics.messagesIn.cell());
    }

    /// On the strand, before the application gets the session.
    void left(WebSocketSession session) {
        session.ended();
        if (clients.remove(session)) {
            metrics.closed.increment();
        }
        if (closing && clients.isEmpty()) {
            allGone.countDown();
        }
    }

    void exceededMemory(WebSocketSession session, String detail) {
        metrics.closedForMemory.increment();
        exceeded("memoryBudget", session, detail);
    }

    void tooSlow(WebSocketSession session, String detail) {
        metrics.closedSlow.increment();
        exceeded("maxWaitingBytes", session, detail);
    }

    private void exceeded(String limit, WebSocketSession session, String detail) {
        logs.info(
                "limit " + limit,
                "a WebSocket exceeded {}: {}; address {}",
                limit,
                RateLimitedLog.text(detail),
                session.request().remoteAddress().getHostString());
    }

    private void refusedWork(Throwable cause, int waiting) {
        logs.failure("executor", "the executor refused; handlers wait: " + waiting, cause);
    }

    /// Refuses new sockets, closes all with 1001, and the slow ones at once after two seconds.
    @Override
    public void close() {
        closing = true;
        clients.forEach(each -> each.close(CloseCode.GOING_AWAY, "the server shuts down"));
        if (clients.isEmpty()) {
            allGone.countDown();
        }
        try {
            if (!allGone.await(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                clients.forEach(WebSocketSession::terminate);
            }
        } catch (InterruptedException ignored) {
            Thread.currentThread().interrupt();
        }
    }
}
