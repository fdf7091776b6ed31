package io.natter.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.natter.host.Cors;
import io.natter.host.HttpResponse;
import io.natter.host.inprocess.InProcessHost;
import io.natter.host.inprocess.InProcessWebSocket;
import io.natter.websocket.WebSocketMetrics.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The checks of a request, in their order, on the in-process host.
class UpgradeVerifierTest {
    private static final Duration BOUND = Duration.ofSeconds(30);

    private WebSocketServer server = WebSocketServer.create();
    private InProcessHost host = new InProcessHost(server);

    private void serve(UnaryOperator<WebSocketServerOptions.Builder> options) {
        server = WebSocketServer.create(options.apply(WebSocketServerOptions.builder()).build());
        host = new InProcessHost(server);
    }

    private InProcessWebSocket withOrigin(String origin) {
        return host.webSocket("/", Map.of("origin", origin));
    }

    private void await(InProcessWebSocket socket) {
        host.strand().runUntil(() -> socket.isOpen() || socket.refusal() != null, BOUND);
    }

    private static String refusal(InProcessWebSocket socket) {
        var answer = Objects.requireNonNull(socket.refusal());
        return answer.status() + " " + new String(answer.body(), UTF_8);
    }

    @Test
    void acceptsPagesOfItsOwnOriginAndClientsWithout() {
        assertThat(host.webSocket("/").isOpen()).isTrue();
        assertThat(withOrigin("http://localhost").isOpen()).isTrue();
        assertThat(withOrigin("ws://localhost").isOpen()).isTrue();
        assertThat(server.metrics().opened()).isEqualTo(3);
    }

    @Test
    void refusesForeignPagesUnlessCorsAllowsThem() {
        assertThat(refusal(withOrigin("http://a.example")))
                .isEqualTo("403 this origin is not allowed here\n");
        assertThat(server.metrics().refusals(Refusal.FOREIGN_ORIGIN)).isEqualTo(1);
        serve(options -> options.cors(Cors.origins("http://a.example")));
        assertThat(withOrigin("http://a.example").isOpen()).isTrue();
        assertThat(withOrigin("http://localhost").isOpen()).isTrue();
        assertThat(refusal(withOrigin("http://b.example"))).startsWith("403 ");
        serve(options -> options.checkOrigin(false));
        assertThat(withOrigin("http://b.example").isOpen()).isTrue();
    }

    @Test
    void refusesAnOriginThatNoHeaderMayHave() {
        assertThat(refusal(withOrigin("http://localhost\u0001")))
                .isEqualTo("400 the Origin header is malformed\n");
        assertThat(server.metrics().refusals(Refusal.MALFORMED_ORIGIN)).isEqualTo(1);
    }

    @Test
    void limitsTheConnectionsOfAnAddress() {
        serve(options -> options.maxConnectionsPerAddress(2));
        var first = host.webSocket("/");
        assertThat(host.webSocket("/").isOpen()).isTrue();
        assertThat(refusal(host.webSocket("/")))
                .isEqualTo("403 too many connections from this address\n");
        assertThat(host.from("192.0.2.1").webSocket("/").isOpen()).isTrue();
        assertThat(server.metrics().refusals(Refusal.CONNECTIONS_PER_ADDRESS)).isEqualTo(1);
        first.close(1000);
        assertThat(host.webSocket("/").isOpen()).isTrue();
    }

    @Test
    void aRefusedClientTakesNoPlaceOfItsAddress() {
        serve(
                options ->
                        options.maxConnectionsPerAddress(1)
                                .verifyClient(
                                        request ->
                                                request.rawQuery().isEmpty()
                                                        ? HttpResponse.text(401, "no")
                                                        : null));
        for (int i = 0; i < 3; i++) {
            var refused = host.webSocket("/");
            await(refused);
            assertThat(refusal(refused)).isEqualTo("401 no");
        }
        assertThat(server.metrics().refusals(Refusal.VERIFY_CLIENT)).isEqualTo(3);
        var accepted = host.webSocket("/?in");
        await(accepted);
        assertThat(accepted.isOpen()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesWith500WhereTheApplicationThrows(boolean verifying) {
        serve(
                options ->
                        verifying
                                ? options.verifyClient(
                                        _ -> {
                                            throw new Exception("on purpose");
                                        })
                                : options.handleProtocols(
                                        (_, _) -> {
                                            throw new StackOverflowError();
                                        }));
        var socket = host.webSocket("/");
        await(socket);
        assertThat(refusal(socket)).isEqualTo("500 the server failed on this request\n");
        assertThat(server.metrics().refusals(Refusal.FAILURE)).isEqualTo(1);
    }

    @Test
    void limitsTheHandshakesThatWaitForTheApplication() throws Exception {
        var go = new CountDownLatch(1);
        serve(
                options ->
                        options.maxHandshakesInFlight(1)
                                .verifyClient(
                                        _ -> {
                                            go.await();
                                            return null;
                                        }));
        var waiting = host.webSocket("/");
        assertThat(refusal(host.webSocket("/"))).isEqualTo("503 too many handshakes in flight\n");
        assertThat(server.metrics().refusals(Refusal.HANDSHAKES_IN_FLIGHT)).isEqualTo(1);
        go.countDown();
        await(waiting);
        assertThat(waiting.isOpen()).isTrue();
    }

    @Test
    void choosesTheFirstOfferedSubprotocolThatItKnowsOrAsksTheApplication() {
        var offered = Map.of("sec-websocket-protocol", "x, b ,a");
        serve(options -> options.subprotocols("a", "b"));
        assertThat(chosen(host.webSocket("/", offered))).isEqualTo("b");
        assertThat(chosen(host.webSocket("/"))).isNull();
        serve(options -> options.handleProtocols((list, _) -> list.getLast()));
        var asked = host.webSocket("/", offered);
        await(asked);
        assertThat(chosen(asked)).isEqualTo("a");
    }

    private static @Nullable String chosen(InProcessWebSocket socket) {
        return Objects.requireNonNull(socket.acceptance()).subprotocol();
    }

    @Test
    void refusesNewcomersOnceItCloses() {
        server.close();
        assertThat(refusal(host.webSocket("/"))).isEqualTo("503 the server shuts down\n");
        assertThat(server.metrics().refusals(Refusal.CLOSING)).isEqualTo(1);
    }

    @Test
    void servesOnePathOrAll() {
        assertThat(List.of("/", "/a")).allMatch(server::matchesUpgrade);
        serve(options -> options.path("/a"));
        assertThat(server.matchesUpgrade("/a")).isTrue();
        assertThat(server.matchesUpgrade("/")).isFalse();
        assertThat(server.matches("/a")).isFalse();
    }
}
