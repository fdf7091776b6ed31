package io.natter.conformance.servlet;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.natter.conformance.TestedHost;
import io.natter.conformance.container.Container;
import io.natter.conformance.container.TestedContainer;
import io.natter.socketio.SocketIoServer;
import io.socket.client.IO;
import io.socket.client.Socket;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// A Socket.IO server in a servlet container, behind the container's filters.
@ParameterizedClass
@MethodSource("containers")
class NatterServletTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private final SocketIoServer io = SocketIoServer.create();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final TestedContainer tested;

    NatterServletTest(TestedContainer tested) {
        this.tested = tested;
    }

    static Stream<Named<TestedContainer>> containers() {
        return TestedHost.all().stream()
                .filter(TestedContainer.class::isInstance)
                .map(host -> Named.of(host.name(), (TestedContainer) host));
    }

    @AfterEach
    void close() throws Exception {
        for (var each : open.reversed()) {
            each.close();
        }
        http.close();
    }

    private Container start(Container.Setup setup) {
        var container = tested.start(setup);
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

    /// As the filter of Spring Security that sets headers: containers do not guard them against a
    /// second thread, so the answer must wait.
    @Test
    void anAnswerWaitsForTheHeadersThatAFilterSetsOnTheWayOut() throws Exception {
        Filter slow =
                (request, response, chain) -> {
                    chain.doFilter(request, response);
                    LockSupport.parkNanos(100_000_000); // the answer is there long before
                    ((HttpServletResponse) response).setHeader("X-Late", "kept");
                };
        var container = start(Container.Setup.of(io).filter(slow));
        var opened = get(container, "/socket.io/?EIO=4&transport=polling");
        assertThat(opened.statusCode()).isEqualTo(200);
        assertThat(opened.headers().firstValue("X-Late")).hasValue("kept");
        assertThat(opened.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
        var refused = get(container, "/socket.io/?EIO=4&transport=polling&sid=unknown");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.headers().firstValue("X-Late")).hasValue("kept");
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

    /// Filters that read the body of a request before the servlet does.
    private static final List<Filter> READERS =
            List.of(
                    (request, response, chain) -> {
                        var _ = request.getInputStream().readAllBytes();
                        chain.doFilter(request, response);
                    },
                    (request, response, chain) -> {
                        var _ = request.getReader().readLine();
                        chain.doFilter(request, response);
                    });

    @Test
    void aFilterThatReadsTheBodyIsNamedInTheError() throws Exception {
        for (var reader : READERS) {
            var container = start(Container.Setup.of(SocketIoServer.create()).filter(reader));
            var uri =
                    URI.create(
                            "http://127.0.0.1:"
                                    + container.port()
                                    + "/socket.io/?EIO=4&transport=polling&sid=x");
            var post = HttpRequest.BodyPublishers.ofString("40");
            var answer =
                    http.send(
                            HttpRequest.newBuilder(uri).POST(post).build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).contains("A filter in front of Natter");
        }
    }

    @Test
    void aHandshakeWithoutAWebSocketContainerSaysWhatIsMissing() throws Exception {
        var container = start(Container.Setup.of(io).withoutWebSocket());
        try (var socket = new java.net.Socket(InetAddress.getLoopbackAddress(), container.port())) {
            socket.getOutputStream()
                    .write(
                            """
                            GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r
                            Host: 127.0.0.1\r
                            Upgrade: websocket\r
                            Connection: Upgrade, close\r
                            Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r
                            Sec-WebSocket-Version: 13\r
                            \r
                            """
                                    .getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).contains(" 500 ", "no WebSocket container");
        }
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

    /// The client reads only when it has sent the whole body.
    @Test
    void aBodyFarOverTheLimitIsReadAndAnsweredWith413() throws Exception {
        var container = start(Container.Setup.of(io));
        var opened = get(container, "/socket.io/?EIO=4&transport=polling").body();
        var sid = opened.replaceFirst(".*\"sid\":\"([^\"]+)\".*", "$1");
        int length = 8_000_000;
        try (var client = new java.net.Socket(InetAddress.getLoopbackAddress(), container.port())) {
            client.setSoTimeout(30_000);
            var head =
                    """
                    POST /socket.io/?EIO=4&transport=polling&sid=%s HTTP/1.1\r
                    Host: x\r
                    Content-Type: text/plain\r
                    Content-Length: %d\r
                    \r
                    """
                            .formatted(sid, length);
            client.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            client.getOutputStream().write(new byte[length]);
            var answer = client.getInputStream().readNBytes("HTTP/1.1 413".length());
            assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 413");
        }
    }

    /// With the client of the JDK, because the Java client of Socket.IO notices a close frame at
    /// its ping timeout only.
    @Test
    void stoppingTheContainerSendsCloseFramesWith1001() throws Exception {
        var container = tested.start(Container.Setup.of(io));
        var messages = new LinkedBlockingQueue<String>();
        var closed = new CompletableFuture<Integer>();
        var path = "/socket.io/?EIO=4&transport=websocket";
        var client =
                http.newWebSocketBuilder()
                        .buildAsync(
                                URI.create("ws://127.0.0.1:" + container.port() + path),
                                new Recorded(messages, closed))
                        .get(30, SECONDS);
        assertThat(messages.poll(30, SECONDS)).startsWith("0{");
        client.sendText("40", true).get(30, SECONDS);
        assertThat(messages.poll(30, SECONDS)).startsWith("40{");
        container.close();
        assertThat(closed.get(30, SECONDS)).isEqualTo(1001);
        assertThat(io.engine().clientsCount()).isZero();
    }

    private record Recorded(LinkedBlockingQueue<String> messages, CompletableFuture<Integer> closed)
            implements WebSocket.Listener {
        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket from, CharSequence text, boolean last) {
            messages.add(text.toString());
            return WebSocket.Listener.super.onText(from, text, last);
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            closed.completeExceptionally(error);
        }
    }
}
