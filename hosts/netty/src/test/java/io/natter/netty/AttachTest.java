package io.natter.netty;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.natter.host.HttpExchange;
import io.natter.netty.loop.ChannelConnection;
import io.natter.netty.websocket.NettyWebSocket;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/// The endpoints on the port of a Reactor Netty server.
@ExtendWith(NoLeaks.class)
@SuppressWarnings("StringConcatToTextBlock") // lines of HTTP end with \r\n
class AttachTest {
    private final Echo echo = new Echo();
    private final NettyMetrics metrics = new NettyMetrics();
    private final BlockingQueue<Sinks.One<String>> slow = new LinkedBlockingQueue<>();
    private final BlockingQueue<List<String>> pipelines = new LinkedBlockingQueue<>();
    private final DisposableServer server =
            HttpServer.create()
                    .host("127.0.0.1")
                    .port(0)
                    .idleTimeout(Duration.ofSeconds(60))
                    .compress(true)
                    .doOnChannelInit(
                            (_, channel, _) -> NettyHost.attach(channel.pipeline(), metrics, echo))
                    .route(
                            routes ->
                                    routes.get("/app", (_, out) -> out.sendString(Mono.just("app")))
                                            .get(
                                                    "/slow",
                                                    (_, out) -> {
                                                        var sink = Sinks.<String>one();
                                                        slow.add(sink);
                                                        return out.sendString(sink.asMono());
                                                    })
                                            .post(
                                                    "/upload",
                                                    (in, out) ->
                                                            out.sendString(
                                                                    in.receive()
                                                                            .aggregate()
                                                                            .asString()))
                                            .ws(
                                                    "/own",
                                                    (in, out) ->
                                                            out.sendString(
                                                                    in.receive().asString())))
                    .bindNow();

    @AfterEach
    void stop() {
        server.disposeNow();
    }

    private RawClient client() throws IOException {
        return new RawClient(server.port());
    }

    private HttpExchange waiting() throws InterruptedException {
        return Objects.requireNonNull(echo.waiting.poll(10, SECONDS));
    }

    @Test
    void takesItsPathsAndLeavesTheRestToTheApplication() throws Exception {
        try (var client = client()) {
            for (int i = 0; i < 3; i++) {
                client.send("GET /echo/1 HTTP/1.1\r\nHost: x\r\n\r\n");
                assertThat(client.answer()).endsWith("GET /echo/1 ");
                client.send("GET /app HTTP/1.1\r\nHost: x\r\n\r\n");
                assertThat(client.answer()).startsWith("HTTP/1.1 200 ").endsWith("app");
                client.send("POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n");
                client.send("abc");
                assertThat(client.answer()).endsWith("abc");
                client.send("POST /echo/body HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n");
                client.send("abc");
                assertThat(client.answer()).endsWith("abc");
                client.send("GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n");
                assertThat(client.answer()).startsWith("HTTP/1.1 404 ");
            }
            assertThat(metrics.requests()).isEqualTo(6);
        }
    }

    @Test
    void keepsTheOrderBetweenItsAnswersAndTheApplications() throws Exception {
        try (var client = client()) {
            client.send(
                    "GET /slow HTTP/1.1\r\nHost: x\r\n\r\n"
                            + "GET /echo/wait HTTP/1.1\r\nHost: x\r\n\r\n"
                            + "POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nup"
                            + "GET /echo/last HTTP/1.1\r\nHost: x\r\n\r\n");
            var sink = Objects.requireNonNull(slow.poll(10, SECONDS));
            assertThat(echo.waiting).isEmpty();
            sink.tryEmitValue("slow").orThrow();
            assertThat(client.answer()).endsWith("slow");
            waiting().respond(Echo.ok("waited"));
            assertThat(client.answer()).endsWith("waited");
            assertThat(client.answer()).endsWith("up");
            assertThat(client.answer()).endsWith("GET /echo/last ");
        }
    }

    @Test
    void noticesAClientThatGoesAway() throws Exception {
        try (var client = client()) {
            client.send("GET /echo/wait HTTP/1.1\r\nHost: x\r\n\r\n");
            waiting();
            client.leave();
            assertThat(echo.events.poll(10, SECONDS)).isEqualTo("abort");
        }
    }

    @Test
    void leavesNothingOfHttpInThePipelineOfAWebSocket() throws Exception {
        echo.upgrade = echo::accept;
        try (var client = client()) {
            client.send("GET /app HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.answer()).endsWith("app");
            client.send(RawClient.handshake("/echo", ""));
            assertThat(client.head()).startsWith("HTTP/1.1 101 ");
            client.send(RawClient.text("hello"));
            assertThat(client.frame().text()).isEqualTo("hello");
            var socket = (NettyWebSocket) Objects.requireNonNull(echo.opened.poll(10, SECONDS));
            socket.strand()
                    .execute(
                            () -> pipelines.add(((ChannelConnection) socket.connection()).names()));
            assertThat(pipelines.poll(10, SECONDS))
                    .containsExactly("natter.websocket", "DefaultChannelPipeline$TailContext#0");
            for (int i = 0; i < 100; i++) {
                client.send(RawClient.masked(0x82, new byte[10_000]));
                assertThat(client.frame().payload()).hasSize(10_000);
            }
            client.hex("88 82 00 00 00 00 03 e8");
            assertThat(client.hex(4)).isEqualTo("88 02 03 e8");
            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void leavesTheApplicationItsOwnWebSockets() throws Exception {
        try (var client = client()) {
            client.send("GET /echo/1 HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.answer()).endsWith("GET /echo/1 ");
            client.send(RawClient.handshake("/own", ""));
            assertThat(client.head()).startsWith("HTTP/1.1 101 ");
            client.send(RawClient.text("own"));
            assertThat(client.frame().text()).isEqualTo("own");
        }
    }

    @Test
    void refusesAPipelineWithoutItsCodec() {
        var channel = new EmbeddedChannel();
        assertThatThrownBy(() -> NettyHost.attach(channel.pipeline(), echo))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("HTTP/1.1 codec");
        channel.pipeline().addLast(new HttpServerCodec());
        NettyHost.attach(channel.pipeline(), echo);
        assertThat(channel.pipeline().names()).contains("natter.http");
        channel.finishAndReleaseAll();
    }
}
