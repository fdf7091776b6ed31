package io.natter.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.natter.cluster.forwarding.SessionForwarding;
import io.natter.netty.NettyHost;
import io.natter.redis.RedisAdapter;
import io.natter.socketio.SocketIoOptions;
import io.natter.socketio.SocketIoServer;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The bounds of session forwarding, with two servers in this JVM and a real Redis.
class ForwardingBoundsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();

    @SuppressWarnings("NullAway.Init") // started before each test
    private RedisServer redis;

    @SuppressWarnings("NullAway.Init") // started before each test
    private Server owner;

    @SuppressWarnings("NullAway.Init") // started before each test
    private Server other;

    private record Server(
            RedisAdapter adapter, SocketIoServer io, NettyHost host, SessionForwarding forwarding) {
        static Server start(String redis, SessionForwarding.Builder options) {
            var adapter = RedisAdapter.connect(redis);
            var io = SocketIoServer.create(SocketIoOptions.builder().adapter(adapter).build());
            io.onConnection(
                    socket -> socket.on("echo", String.class, text -> socket.emit("echo", text)));
            var host = NettyHost.builder().endpoint(io).host("127.0.0.1").port(0).listen();
            var forwarding = options.address("http://127.0.0.1:" + host.port()).attach(io);
            return new Server(adapter, io, host, forwarding);
        }

        URI target(String query) {
            return URI.create("http://127.0.0.1:" + host.port() + "/socket.io/?EIO=4&" + query);
        }

        void close() {
            host.close();
            adapter.close();
        }
    }

    @BeforeEach
    void start() throws Exception {
        redis = new RedisServer();
        owner = Server.start(redis.url(), SessionForwarding.builder());
        other =
                Server.start(
                        redis.url(),
                        SessionForwarding.builder().maxInFlight(2).maxWaitingBytes(1_000));
        await().atMost(PATIENCE)
                .until(
                        () ->
                                owner.forwarding().otherServers() == 1
                                        && other.forwarding().otherServers() == 1);
    }

    @AfterEach
    void stop() {
        http.close();
        other.close();
        owner.close();
        redis.close();
    }

    /// A session of the owner with a socket: the query of its requests.
    private String session() throws Exception {
        var opened = get(owner, "transport=polling").body();
        var sid = opened.replaceAll("(?s).*\"sid\":\"([^\"]+)\".*", "$1");
        var query = "transport=polling&sid=" + sid;
        assertThat(post(owner, query, "40").body()).isEqualTo("ok");
        assertThat(get(owner, query).body()).startsWith("40{\"sid\":");
        return query;
    }

    private HttpResponse<String> get(Server at, String query) throws Exception {
        return http.send(HttpRequest.newBuilder(at.target(query)).build(), BodyHandlers.ofString());
    }

    private CompletableFuture<HttpResponse<String>> getLater(Server at, String query) {
        var request = HttpRequest.newBuilder(at.target(query)).build();
        return http.sendAsync(request, BodyHandlers.ofString());
    }

    private HttpResponse<String> post(Server at, String query, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(at.target(query))
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private void awaitInFlight(int count) {
        await().atMost(PATIENCE).until(() -> other.forwarding().metrics().inFlight() == count);
    }

    @Test
    void noMoreThanTheBoundArePassedOnAtATime() throws Exception {
        var first = session();
        var firstGet = getLater(other, first);
        var secondGet = getLater(other, session());
        awaitInFlight(2);
        var refused = get(other, session());
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(other.forwarding().metrics().refused()).isEqualTo(1);
        owner.io().emit("hello", 1);
        assertThat(firstGet.get(30, TimeUnit.SECONDS).body()).isEqualTo("42[\"hello\",1]");
        assertThat(secondGet.get(30, TimeUnit.SECONDS).body()).isEqualTo("42[\"hello\",1]");
        awaitInFlight(0);
        assertThat(post(other, first, "42[\"echo\",\"x\"]").body()).isEqualTo("ok");
        assertThat(get(other, first).body()).isEqualTo("42[\"echo\",\"x\"]");
    }

    @Test
    void bodiesThatWaitAreBounded() throws Exception {
        var session = session();
        var refused = post(other, session, "42[\"echo\",\"" + "x".repeat(1_000) + "\"]");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(post(other, session, "42[\"echo\",\"" + "x".repeat(500) + "\"]").statusCode())
                .isEqualTo(200);
        awaitInFlight(0);
    }

    @Test
    void aClientThatGoesAwayEndsItsSessionOnTheOtherServer() throws Exception {
        var session = session();
        assertThat(owner.io().sockets()).hasSize(1);
        var target = other.target(session);
        try (var line = new Socket(InetAddress.getLoopbackAddress(), target.getPort())) {
            var head = "GET " + target.getPath() + "?" + target.getQuery() + " HTTP/1.1\r\n";
            line.getOutputStream()
                    .write((head + "Host: x\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            awaitInFlight(1);
        }
        awaitInFlight(0);
        await().atMost(PATIENCE).until(() -> owner.io().sockets().isEmpty());
    }

    @Test
    void aRequestThatWaitsIsAnsweredWhenItsServerCloses() throws Exception {
        var waiting = getLater(other, session());
        awaitInFlight(1);
        owner.close();
        var answer = waiting.get(30, TimeUnit.SECONDS);
        assertThat(answer.body()).isIn("1", "6", "{\"code\":1,\"message\":\"Session ID unknown\"}");
        awaitInFlight(0);
    }

    @Test
    void aWebSocketCarriesLongMessagesInOrderAndEndsOnBothSides() throws Exception {
        var query = session();
        var messages = new Messages();
        var target = other.target(query.replace("polling", "websocket"));
        var socket =
                http.newWebSocketBuilder()
                        .buildAsync(URI.create("ws" + target.toString().substring(4)), messages)
                        .get(30, TimeUnit.SECONDS);
        socket.sendText("2probe", true).join();
        assertThat(messages.next()).isEqualTo("3probe");
        socket.sendText("5", true).join();
        for (int i = 0; i < 300; i++) {
            var text = "42[\"echo\",\"" + i + "x".repeat(i * 100) + "\"]";
            socket.sendText(text, true).join();
        }
        for (int i = 0; i < 300; i++) {
            assertThat(messages.next())
                    .isEqualTo("42[\"echo\",\"" + i + "x".repeat(i * 100) + "\"]");
        }
        assertThat(other.forwarding().metrics().inFlight()).isEqualTo(1);
        assertThat(other.forwarding().metrics().webSockets()).isEqualTo(1);
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        await().atMost(PATIENCE).until(() -> owner.io().sockets().isEmpty());
        awaitInFlight(0);
    }

    @Test
    void aWebSocketEndsWhenTheServerDisconnectsTheClient() throws Exception {
        var query = session();
        var messages = new Messages();
        var target = other.target(query.replace("polling", "websocket"));
        var socket =
                http.newWebSocketBuilder()
                        .buildAsync(URI.create("ws" + target.toString().substring(4)), messages)
                        .get(30, TimeUnit.SECONDS);
        socket.sendText("2probe", true).join();
        assertThat(messages.next()).isEqualTo("3probe");
        socket.sendText("5", true).join();
        await().atMost(PATIENCE).until(() -> owner.io().engine().metrics().upgrades() == 1);
        owner.io().disconnectSockets(true);
        await().atMost(PATIENCE).until(() -> messages.closed);
        awaitInFlight(0);
    }

    /// The messages of a WebSocket.
    private static final class Messages implements WebSocket.Listener {
        private final BlockingQueue<String> whole = new LinkedBlockingQueue<>();
        private final StringBuilder part = new StringBuilder();
        volatile boolean closed;

        String next() throws InterruptedException {
            return String.valueOf(whole.poll(30, TimeUnit.SECONDS));
        }

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket socket, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                whole.add(part.toString());
                part.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed = true;
            return null;
        }
    }
}
