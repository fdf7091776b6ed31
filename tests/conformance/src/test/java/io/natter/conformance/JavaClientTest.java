package io.natter.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.natter.engine.EngineSession;
import io.natter.engine.TransportName;
import io.natter.socketio.SocketIoServer;
import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The official Java client 2.1.2 on each host, over each way to connect.
@ParameterizedClass
@MethodSource("hostsAndWays")
class JavaClientTest {
    enum Way {
        POLLING_THEN_WEBSOCKET("polling,websocket"),
        POLLING_ONLY("polling"),
        WEBSOCKET_ONLY("websocket");

        private final String transports;

        Way(String transports) {
            this.transports = transports;
        }
    }

    private static final Map<String, Running> SERVERS = new TreeMap<>();

    private final TestedHost host;
    private final Way way;
    private final Running server;

    JavaClientTest(TestedHost host, Way way) {
        this.host = host;
        this.way = way;
        this.server = Objects.requireNonNull(SERVERS.get(host.name()));
    }

    static Stream<Arguments> hostsAndWays() {
        return Hosts.named().stream()
                .flatMap(host -> Arrays.stream(Way.values()).map(way -> Arguments.of(host, way)));
    }

    private final List<Socket> opened = new ArrayList<>();

    @AfterEach
    void leave() {
        opened.forEach(Socket::close);
    }

    private Socket socket(String namespace, Consumer<IO.Options> change) {
        return socket(server.url(), namespace, change);
    }

    private Socket socket(String url, String namespace, Consumer<IO.Options> change) {
        var options = new IO.Options();
        options.forceNew = true;
        options.reconnectionDelay = 10;
        options.transports = way.transports.split(",", -1);
        change.accept(options);
        var socket = IO.socket(URI.create(url + namespace), options);
        opened.add(socket);
        return socket;
    }

    private Socket socket(String namespace) {
        return socket(namespace, _ -> {});
    }

    /// The arguments of each such event from now on.
    private static BlockingQueue<Object[]> events(Socket socket, String name) {
        var queue = new LinkedBlockingQueue<Object[]>();
        socket.on(name, queue::add);
        return queue;
    }

    private static Object[] next(BlockingQueue<Object[]> queue) throws InterruptedException {
        var args = queue.poll(10, TimeUnit.SECONDS);
        assertThat(args).as("an event within ten seconds").isNotNull();
        return args;
    }

    private Socket connected(String namespace) throws InterruptedException {
        var socket = socket(namespace);
        var connect = events(socket, Socket.EVENT_CONNECT);
        socket.connect();
        next(connect);
        return socket;
    }

    private static Object[] ask(Socket socket, String event, Object... args)
            throws InterruptedException {
        var answers = new LinkedBlockingQueue<Object[]>();
        socket.emit(event, args, (Ack) answers::add);
        return next(answers);
    }

    @Test
    void connectsAndIsGreeted() throws Exception {
        var socket = socket("/");
        var message = events(socket, "message");
        socket.connect();
        assertThat(next(message)).containsExactly("hello client");
        assertThat(socket.id()).hasSize(20);
    }

    @Test
    void getsBackWhatItSends() throws Exception {
        var socket = connected("/");
        var back = events(socket, "echoBack");
        socket.emit("echo", "てすと — 🙂", 5, 1.5, true, JSONObject.NULL);
        assertThat(next(back)).containsExactly("てすと — 🙂", 5, 1.5, true, null);
        socket.emit("echo", new JSONObject(Map.of("a", new JSONArray(List.of(1, 2)))));
        assertThat(next(back)[0].toString()).isEqualTo("{\"a\":[1,2]}");
    }

    @Test
    void getsBackBytesAloneAndInsideJson() throws Exception {
        var socket = connected("/");
        var back = events(socket, "echoBack");
        socket.emit("echo", (Object) new byte[] {0, 1, -1});
        assertThat((byte[]) next(back)[0]).containsExactly(0, 1, -1);
        socket.emit("echo", new JSONObject().put("b", new byte[] {7}), new byte[200_000]);
        var both = next(back);
        assertThat((byte[]) ((JSONObject) both[0]).get("b")).containsExactly(7);
        assertThat((byte[]) both[1]).hasSize(200_000);
    }

    @Test
    void isAcknowledged() throws Exception {
        var socket = connected("/");
        assertThat(ask(socket, "ack", 5, "a")).containsExactly(5, "a");
        assertThat(ask(socket, "ack")).isEmpty();
        assertThat((byte[]) ask(socket, "getAckBinary", "x")[0])
                .isEqualTo("huehue".getBytes(UTF_8));
        assertThat((String) ask(socket, "getAckDate", "x")[0]).matches("\\d{4}-.*T.*\\.\\d{3}Z");
    }

    @Test
    void acknowledgesTextAndBytes() throws Exception {
        var socket = connected("/");
        var back = events(socket, "ackBack");
        socket.once("ack", args -> ((Ack) args[0]).call("yes", 1));
        socket.emit("callAck");
        assertThat(next(back)).containsExactly("yes", 1);
        socket.once("ack", args -> ((Ack) args[0]).call((Object) new byte[] {3, 4}));
        socket.emit("callAckBinary");
        assertThat((byte[]) next(back)[0]).containsExactly(3, 4);
    }

    @Test
    void hearsBroadcastsOfOthersAndItsOwnRoom() throws Exception {
        var one = connected("/");
        var other = connected("/");
        var heard = events(other, "broadcastBack");
        var own = events(one, "broadcastBack");
        var room = events(one, "roomBack");
        one.emit("broadcast", "hi");
        assertThat(next(heard)).containsExactly("hi");
        one.emit("room", "mine");
        assertThat(next(room)).containsExactly("mine");
        assertThat(own).isEmpty();
    }

    @Test
    void usesSeveralNamespaces() throws Exception {
        var foo = connected("/foo");
        var room = events(foo, "roomBack");
        foo.emit("room", "x");
        assertThat(next(room)).containsExactly("x");
        connected("/asd");
    }

    @Test
    void isToldWhyItWasRefused() throws Exception {
        var no = socket("/no");
        var errors = events(no, Socket.EVENT_CONNECT_ERROR);
        no.connect();
        var error = (JSONObject) next(errors)[0];
        assertThat(error.getString("message")).isEqualTo("auth failed");
        assertThat(error.getJSONObject("data").getString("a")).isEqualTo("b");
        assertThat(error.getJSONObject("data").getInt("c")).isEqualTo(3);
        var unknown = socket("/unknown");
        var unknownErrors = events(unknown, Socket.EVENT_CONNECT_ERROR);
        unknown.connect();
        assertThat(((JSONObject) next(unknownErrors)[0]).getString("message"))
                .isEqualTo("Invalid namespace");
    }

    @Test
    void itsQueryAndCredentialsAreSeen() throws Exception {
        var socket =
                socket(
                        "/abc",
                        options -> {
                            options.query = "a=b%20c";
                            options.auth = Map.of("token", "123");
                        });
        var handshake = events(socket, "handshake");
        socket.connect();
        var seen = (JSONObject) next(handshake)[0];
        assertThat(seen.getJSONObject("query").getString("a")).isEqualTo("b c");
        assertThat(seen.getJSONObject("auth").getString("token")).isEqualTo("123");
    }

    @Test
    void reconnectsWhenTheLineBreaks() throws Exception {
        try (var own = Running.start(host, Mode.JAVA_CLIENT, Mode.Settings.NONE);
                var line = new BreakableLine(own.port())) {
            var socket = socket(line.url(), "/", _ -> {});
            var connects = events(socket, Socket.EVENT_CONNECT);
            socket.connect();
            next(connects);
            var first = socket.id();
            var engine = ((SocketIoServer) own.endpoint()).engine();
            Awaitility.await().until(() -> engine.sessions().stream().allMatch(this::hasSettled));
            var gone = events(socket, Socket.EVENT_DISCONNECT);
            line.cut();
            next(gone);
            line.mend();
            next(connects);
            assertThat(socket.id()).isNotEqualTo(first);
            assertThat(ask(socket, "ack", 1)).containsExactly(1);
            socket.close();
        }
    }

    /// Whether a session has made the move to WebSocket, if it is to make one: a client that loses
    /// both lines at that very moment notices by its heartbeat only.
    private boolean hasSettled(EngineSession session) {
        return way == Way.POLLING_ONLY || session.transport() == TransportName.WEBSOCKET;
    }

    @Test
    void isToldThatItWasSentAway() throws Exception {
        var socket = connected("/");
        var gone = events(socket, Socket.EVENT_DISCONNECT);
        socket.emit("requestDisconnect");
        assertThat(next(gone)[0]).isEqualTo("io server disconnect");
    }

    @Test
    void aHeaderComesBackOnEveryAnswer() throws Exception {
        var socket =
                socket("/", options -> options.extraHeaders = Map.of("X-SocketIO", List.of("hi")));
        var seen = new LinkedBlockingQueue<Object[]>();
        socket.io()
                .on(
                        io.socket.client.Manager.EVENT_TRANSPORT,
                        args ->
                                ((io.socket.engineio.client.Transport) args[0])
                                        .on(
                                                io.socket.engineio.client.Transport
                                                        .EVENT_RESPONSE_HEADERS,
                                                seen::add));
        socket.connect();
        var headers = (Map<?, ?>) next(seen)[0];
        assertThat(headers.entrySet())
                .anySatisfy(
                        header -> {
                            assertThat(String.valueOf(header.getKey()))
                                    .isEqualToIgnoringCase("X-SocketIO");
                            assertThat(header.getValue()).isEqualTo(List.of("hi"));
                        });
    }

    @BeforeAll
    static void serve() throws Exception {
        for (var host : Hosts.all()) {
            SERVERS.put(host.name(), Running.start(host, Mode.JAVA_CLIENT, Mode.Settings.NONE));
        }
    }

    @AfterAll
    static void stop() {
        SERVERS.values().forEach(Running::close);
    }
}
