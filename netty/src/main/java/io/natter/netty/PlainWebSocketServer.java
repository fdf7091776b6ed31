package io.natter.netty;

import io.natter.engine.Endpoint;
import io.natter.engine.HttpExchange;
import io.natter.engine.HttpRequest;
import io.natter.engine.HttpResponse;
import io.natter.engine.Outgoing;
import io.natter.engine.UpgradeExchange;
import io.natter.engine.UpgradeExchange.Acceptance;
import io.natter.engine.WebSocketConnection;
import io.natter.engine.WebSocketListener;
import io.natter.protocol.Frame;
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
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Plain WebSockets, as npm `ws` is used, on a [NettyHost] or attached to another server. It takes
/// only requests to become a WebSocket; the pages at the same path stay with the host.
///
/// ```java
/// var server = PlainWebSocketServer.create();
/// server.onConnection(socket -> socket.onMessage(server::broadcast));
/// NettyHost.listen(server, 1337);
/// ```
///
/// Any thread.
public final class PlainWebSocketServer implements Endpoint {
    private static final Logger LOG = LoggerFactory.getLogger(PlainWebSocketServer.class);
    private static final int GOING_AWAY = 1001;
    private static final long CLOSE_SECONDS = 2;

    private final PlainOptions options;
    private final List<Consumer<PlainSocket>> onConnection = new CopyOnWriteArrayList<>();
    private final Set<PlainSocket> clients = ConcurrentHashMap.newKeySet();

    /// The members of each strand; a set is touched on its strand only.
    private final Map<EventLoopStrand, Set<PlainSocket>> members = new ConcurrentHashMap<>();

    private final CountDownLatch allGone = new CountDownLatch(1);
    private volatile boolean closing;

    private PlainWebSocketServer(PlainOptions options) {
        this.options = options;
    }

    /// A server with the default options: every path, pages of the same origin only.
    public static PlainWebSocketServer create() {
        return create(PlainOptions.builder().build());
    }

    /// A server with these options.
    public static PlainWebSocketServer create(PlainOptions options) {
        return new PlainWebSocketServer(options);
    }

    /// Adds a handler for new sockets, called before anything of theirs is handled.
    public PlainWebSocketServer onConnection(Consumer<PlainSocket> handler) {
        onConnection.add(handler);
        return this;
    }

    /// The open sockets, as a live view.
    public Collection<PlainSocket> clients() {
        return Collections.unmodifiableCollection(clients);
    }

    /// Sends a text message to all; its bytes are made once per event loop.
    public void broadcast(String text) {
        broadcast(text, _ -> true);
    }

    /// Sends a binary message to all; the array must not change afterwards.
    public void broadcast(byte[] data) {
        broadcast(data, _ -> true);
    }

    /// Sends a text message to those for whom `to` holds; it is called on event loops and must not
    /// block.
    public void broadcast(String text, Predicate<PlainSocket> to) {
        broadcast(message(text), to);
    }

    /// Sends a binary message to those for whom `to` holds.
    public void broadcast(byte[] data, Predicate<PlainSocket> to) {
        broadcast(Outgoing.of(new Frame.Binary(data)), to);
    }

    private void broadcast(Outgoing message, Predicate<PlainSocket> to) {
        members.forEach(
                (strand, sockets) -> {
                    Runnable pass =
                            () ->
                                    strand.fanOut(
                                            message,
                                            () -> {
                                                // A copy: a receiver that is closed for its
                                                // slowness leaves the set meanwhile.
                                                for (var each : List.copyOf(sockets)) {
                                                    if (to.test(each)) {
                                                        each.write(message);
                                                    }
                                                }
                                            });
                    if (strand.isCurrent()) {
                        pass.run();
                    } else {
                        strand.execute(pass);
                    }
                });
    }

    static Outgoing message(String text) {
        return Outgoing.of(new Frame.Text(text.getBytes(StandardCharsets.UTF_8)));
    }

    long maxWaitingBytes() {
        return options.maxWaitingBytes();
    }

    void overflowed(NettyWebSocket socket) {
        socket.metrics().overflows.increment();
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
                                        PlainOptions.offered(exchange.request()),
                                        exchange.request());
            }
        } catch (RuntimeException e) {
            LOG.error("Admitting a WebSocket threw", e);
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
        var socket = new PlainSocket(line, this, request, subprotocol);
        var events = new PlainEvents(this, socket, line, options.dispatch());
        clients.add(socket);
        members.computeIfAbsent(line.strand(), _ -> new LinkedHashSet<>()).add(socket);
        events.opened(onConnection);
        if (closing) {
            line.close(GOING_AWAY, "the server shuts down");
        }
        return events;
    }

    /// On the strand, before the application hears of it.
    void left(PlainSocket socket, EventLoopStrand strand) {
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
        clients.forEach(each -> each.close(GOING_AWAY, "the server shuts down"));
        if (clients.isEmpty()) {
            allGone.countDown();
        }
        try {
            if (!allGone.await(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                clients.forEach(PlainSocket::terminate);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
