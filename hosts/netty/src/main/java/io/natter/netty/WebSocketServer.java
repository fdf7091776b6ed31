package io.natter.netty;

import io.natter.host.CloseCode;
import io.natter.host.Endpoint;
import io.natter.host.HttpExchange;
import io.natter.host.HttpRequest;
import io.natter.host.HttpResponse;
import io.natter.host.Loggers;
import io.natter.host.PreparedMessage;
import io.natter.host.UpgradeExchange;
import io.natter.host.UpgradeExchange.Acceptance;
import io.natter.host.WebSocketConnection;
import io.natter.host.WebSocketListener;
import io.natter.netty.loop.EventLoopStrand;
import io.natter.netty.loop.FailureLog;
import io.natter.netty.websocket.NettyWebSocket;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// Plain WebSockets, as npm `ws` is used, on a [NettyHost] or attached to another server. It takes
/// only requests to become a WebSocket; the pages at the same path stay with the host.
///
/// ```java
/// var server = WebSocketServer.create();
/// server.onConnection(socket -> socket.onMessage(server::broadcast));
/// NettyHost.listen(server, 1337);
/// ```
///
/// Any thread.
public final class WebSocketServer implements Endpoint {
    private static final Logger LOG = Loggers.of(WebSocketServer.class);
    private static final FailureLog FAILURES = new FailureLog(LOG);
    private static final long CLOSE_SECONDS = 2;

    private final WebSocketServerOptions options;
    private final List<Consumer<WebSocketSession>> onConnection = new CopyOnWriteArrayList<>();
    private final Set<WebSocketSession> clients = ConcurrentHashMap.newKeySet();

    /// The members of each strand; a set is touched on its strand only.
    private final Map<EventLoopStrand, Set<WebSocketSession>> members = new ConcurrentHashMap<>();

    private final CountDownLatch allGone = new CountDownLatch(1);
    private volatile boolean closing;

    private WebSocketServer(WebSocketServerOptions options) {
        this.options = options;
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

    /// Sends a text message to all; its bytes are made once per event loop.
    public void broadcast(String text) {
        broadcast(text, ignored -> true);
    }

    /// Sends a binary message to all; the array must not change afterwards.
    public void broadcast(byte[] data) {
        broadcast(data, ignored -> true);
    }

    /// Sends a text message to those for whom `to` holds; it is called on event loops and must not
    /// block.
    public void broadcast(String text, Predicate<WebSocketSession> to) {
        broadcast(message(text), to);
    }

    /// Sends a binary message to those for whom `to` holds.
    public void broadcast(byte[] data, Predicate<WebSocketSession> to) {
        broadcast(new PreparedMessage(data), to);
    }

    private void broadcast(PreparedMessage message, Predicate<WebSocketSession> to) {
        members.forEach(
                (strand, sockets) -> {
                    Runnable pass = () -> strand.fanOut(message, () -> write(message, sockets, to));
                    if (strand.isCurrent()) {
                        pass.run();
                    } else {
                        execute(strand, pass);
                    }
                });
    }

    private static void execute(EventLoopStrand strand, Runnable pass) {
        try {
            strand.execute(pass);
        } catch (RejectedExecutionException e) {
            FAILURES.report("An event loop has ended; its WebSockets miss a broadcast", e);
        }
    }

    private static void write(
            PreparedMessage message,
            Set<WebSocketSession> sockets,
            Predicate<WebSocketSession> to) {
        // A copy: a receiver that is closed for its slowness leaves the set meanwhile.
        for (var each : List.copyOf(sockets)) {
            try {
                if (to.test(each)) {
                    each.write(message);
                }
            } catch (Throwable t) {
                each.failed("A broadcast failed for a WebSocket, which is closed", t);
            }
        }
    }

    static PreparedMessage message(String text) {
        return new PreparedMessage(text);
    }

    long maxWaitingBytes() {
        return options.maxWaitingBytes();
    }

    void overflowed(NettyWebSocket socket) {
        socket.counters().overflows.increment();
    }

    @Override
    public boolean matches(String path) {
        return false;
    }

    @Override
    public boolean matchesUpgrade(String path) {
        var only = options.path();
        return only == null || only.equals(path);
    }

    @Override
    public String served() {
        var only = options.path();
        return "WebSocket at " + (only == null ? "every path" : only);
    }

    /// Not called, since no path matches.
    @Override
    public void http(HttpExchange exchange) {
        exchange.respond(refusal(426, "a WebSocket is served here"));
    }

    @Override
    public void upgrade(UpgradeExchange exchange) {
        if (options.dispatch() == Dispatch.INLINE) {
            decide(exchange);
        } else {
            Thread.ofVirtual().name("natter-handshake").start(() -> decide(exchange));
        }
    }

    private void decide(UpgradeExchange exchange) {
        HttpResponse refusal;
        String subprotocol = null;
        try {
            refusal =
                    closing
                            ? refusal(503, "the server shuts down")
                            : options.admission().refusal(exchange.request());
            if (refusal == null) {
                subprotocol =
                        options.subprotocol()
                                .choose(
                                        WebSocketServerOptions.offered(exchange.request()),
                                        exchange.request());
            }
        } catch (Throwable t) {
            FAILURES.report("Admitting a WebSocket threw; it is refused", t);
            refusal = refusal(500, "the server failed on this request");
        }
        if (refusal != null) {
            exchange.refuse(refusal);
            return;
        }
        var chosen = subprotocol;
        exchange.accept(
                exchange.strand(),
                new Acceptance(Map.of(), chosen, options.maxMessageBytes(), options.deflate()),
                connection -> open(connection, exchange.request(), chosen));
    }

    static HttpResponse refusal(int status, String reason) {
        return new HttpResponse(
                status,
                Map.of("Content-Type", List.of("text/plain; charset=utf-8")),
                (reason + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private WebSocketListener open(
            WebSocketConnection connection, HttpRequest request, @Nullable String subprotocol) {
        if (!(connection instanceof NettyWebSocket line)) {
            throw new IllegalStateException("not on a Netty host: " + connection);
        }
        var socket = new WebSocketSession(line, this, request, subprotocol);
        var events = new WebSocketEvents(this, socket, line, options.dispatch());
        clients.add(socket);
        members.computeIfAbsent(line.strand(), ignored -> new LinkedHashSet<>()).add(socket);
        events.opened(onConnection);
        if (closing) {
            line.close(CloseCode.GOING_AWAY, "the server shuts down");
        }
        return events;
    }

    /// On the strand, before the application hears of it.
    void left(WebSocketSession socket, EventLoopStrand strand) {
        socket.ended();
        clients.remove(socket);
        var sockets = members.get(strand);
        if (sockets != null) {
            sockets.remove(socket);
        }
        if (closing && clients.isEmpty()) {
            allGone.countDown();
        }
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
