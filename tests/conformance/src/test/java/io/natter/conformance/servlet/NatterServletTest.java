package io.natter.conformance.servlet;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.natter.conformance.container.Container;
import io.natter.socketio.SocketIoOptions;
import io.natter.socketio.SocketIoServer;
import io.socket.client.IO;
import io.socket.client.Socket;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// A Socket.IO server in a servlet container, behind the container's filters.
@ParameterizedClass
@EnumSource(Containers.class)
class NatterServletTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private final SocketIoServer io = SocketIoServer.create();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final Containers containers;

    NatterServletTest(Containers containers) {
        this.containers = containers;
    }

    @AfterEach
    void close() throws Exception {
        for (var each : open.reversed()) {
            each.close();
        }
        http.close();
    }

    private Container start(Container.Setup setup) {
        var container = containers.start(setup);
        open.add(container);
        return container;
    }

    private HttpResponse<String> get(Container container, String target) throws Exception {
        var uri = URI.create("http://127.0.0.1:" + container.port() + target);
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private Socket client(Container container, String... transports) throws Exception {
        var options =
                IO.Options.builder()
                        .setTransports(transports)
                        .setForceNew(true)
                        .setReconnection(false)
                        .build();
        var socket = IO.socket("http://127.0.0.1:" + container.port(), options);
        open.add(socket::close);
        return socket;
    }

    /// A filter that authenticates everybody as Ada.
    private static final Filter ADA =
            (request, response, chain) ->
                    chain.doFilter(
                            new HttpServletRequestWrapper((HttpServletRequest) request) {
                                @Override
                                public Principal getUserPrincipal() {
                                    return () -> "Ada";
                                }
                            },
                            response);

    @Test
    void theUserOfTheContainerIsThePrincipalOfTheHandshake() throws Exception {
        var names = new LinkedBlockingQueue<String>();
        io.onConnection(
                socket ->
                        names.add(
                                Objects.requireNonNull(socket.handshake().principal()).getName()));
        var container = start(Container.Setup.of(io).filter(ADA));
        client(container, "polling").connect();
        assertThat(names.poll(30, SECONDS)).isEqualTo("Ada");
        client(container, "websocket").connect();
        assertThat(names.poll(30, SECONDS)).isEqualTo("Ada");
    }

    @Test
    void aRequestThatAFilterRefusesIsRefused() throws Exception {
        Filter refusing =
                (request, response, chain) -> ((HttpServletResponse) response).sendError(401);
        var container = start(Container.Setup.of(io).filter(refusing));
        assertThat(get(container, "/socket.io/?EIO=4&transport=polling").statusCode())
                .isEqualTo(401);
        var errors = new LinkedBlockingQueue<Object>();
        var refused = client(container, "websocket");
        refused.on(Socket.EVENT_CONNECT_ERROR, args -> errors.add(args[0]));
        refused.connect();
        assertThat(errors.poll(30, SECONDS)).isNotNull();
        assertThat(io.engine().clientsCount()).isZero();
    }

    @Test
    void aFilterWithoutAsynchronousSupportIsNamedInTheError() throws Exception {
        Filter synchronous =
                (request, response, chain) ->
                        chain.doFilter(
                                new HttpServletRequestWrapper((HttpServletRequest) request) {
                                    @Override
                                    public boolean isAsyncSupported() {
                                        return false;
                                    }
                                },
                                response);
        var container = start(Container.Setup.of(io).filter(synchronous));
        var answer = get(container, "/socket.io/?EIO=4&transport=polling");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("async-supported");
    }

    @Test
    void withoutAWebSocketContainerClientsStayOnPolling() throws Exception {
        var connected = new LinkedBlockingQueue<String>();
        io.onConnection(socket -> connected.add("connected"));
        var container = start(Container.Setup.of(io).withoutWebSocket());
        client(container, "polling", "websocket").connect();
        assertThat(connected.poll(30, SECONDS)).isNotNull();
        var errors = new LinkedBlockingQueue<Object>();
        var refused = client(container, "websocket");
        refused.on(Socket.EVENT_CONNECT_ERROR, args -> errors.add(args[0]));
        refused.connect();
        assertThat(errors.poll(30, SECONDS)).isNotNull();
    }

    @Test
    void anotherPathIsNotFound() throws Exception {
        assertThat(get(start(Container.Setup.of(io)), "/else").statusCode()).isEqualTo(404);
    }

    @Test
    void stoppingTheContainerDisconnectsTheClients() throws Exception {
        var container = containers.start(Container.Setup.of(io));
        var reasons = new LinkedBlockingQueue<Object>();
        var connected = new LinkedBlockingQueue<Object>();
        var client = client(container, "websocket");
        client.on(Socket.EVENT_CONNECT, args -> connected.add("yes"));
        client.on(Socket.EVENT_DISCONNECT, args -> reasons.add(args[0]));
        client.connect();
        assertThat(connected.poll(30, SECONDS)).isNotNull();
        container.close();
        assertThat(reasons.poll(30, SECONDS)).isNotNull();
        assertThat(io.engine().clientsCount()).isZero();
    }

    /// A WebSocket of Engine.IO that joins the main namespace and then reads only on demand.
    private static final class Reader implements WebSocket.Listener {
        private final LinkedBlockingQueue<String> texts = new LinkedBlockingQueue<>();
        private final LinkedBlockingQueue<Integer> closes = new LinkedBlockingQueue<>();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            texts.add(data.toString());
            socket.request(1);
            return java.util.concurrent.CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closes.add(code);
            return java.util.concurrent.CompletableFuture.completedStage(null);
        }
    }

    private WebSocket join(Container container, Reader reader) {
        var socket =
                http.newWebSocketBuilder()
                        .buildAsync(
                                URI.create(
                                        "ws://127.0.0.1:"
                                                + container.port()
                                                + "/socket.io/?EIO=4&transport=websocket"),
                                reader)
                        .join();
        open.add(socket::abort);
        socket.sendText("40", true).join();
        return socket;
    }

    @Test
    void manyWebSocketsReceiveABroadcast() throws Exception {
        var container = start(Container.Setup.of(io));
        var readers = new ArrayList<Reader>();
        for (int i = 0; i < 100; i++) {
            var reader = new Reader();
            readers.add(reader);
            join(container, reader);
        }
        await().until(() -> io.sockets().size() == 100);
        io.emit("all", 7);
        for (var reader : readers) {
            var text = "";
            while (!text.equals("42[\"all\",7]")) {
                text = Objects.requireNonNull(reader.texts.poll(30, SECONDS));
            }
        }
    }

    @Test
    void aMessageOverTheLimitClosesTheWebSocketWith1009() throws Exception {
        var container = start(Container.Setup.of(io));
        var reader = new Reader();
        var socket = join(container, reader);
        var _ = socket.sendText("42[\"" + "x".repeat(1_000_001) + "\"]", true);
        assertThat(reader.closes.poll(30, SECONDS)).isEqualTo(1009);
        await().until(() -> io.engine().clientsCount() == 0);
    }

    @Test
    void aClientThatDoesNotReadIsClosedAndTheOthersAreServed() throws Exception {
        var bounded =
                SocketIoServer.create(SocketIoOptions.builder().maxWaitingBytes(2_000_000).build());
        var container = start(Container.Setup.of(bounded));
        var reader = new Reader();
        join(container, reader);
        try (var silent = SocketChannel.open()) {
            silent.setOption(java.net.StandardSocketOptions.SO_RCVBUF, 4096);
            silent.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), container.port()));
            silent.write(
                    ByteBuffer.wrap(
                            """
                            GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r
                            Host: 127.0.0.1\r
                            Upgrade: websocket\r
                            Connection: Upgrade\r
                            Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r
                            Sec-WebSocket-Version: 13\r
                            \r
                            """
                                    .getBytes(StandardCharsets.US_ASCII)));
            // The answer, and then 40 in a masked frame.
            silent.read(ByteBuffer.allocate(4096));
            silent.write(
                    ByteBuffer.wrap(new byte[] {(byte) 0x81, (byte) 0x82, 0, 0, 0, 0, '4', '0'}));
            await().until(() -> bounded.sockets().size() == 2);
            var text = "x".repeat(100_000);
            await().atMost(Duration.ofSeconds(60))
                    .until(
                            () -> {
                                bounded.emit("news", text);
                                return bounded.sockets().size() == 1;
                            });
            bounded.emit("still");
            var last = "";
            while (!last.equals("42[\"still\"]")) {
                last = Objects.requireNonNull(reader.texts.poll(30, SECONDS));
            }
        }
    }
}
