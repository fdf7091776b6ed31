package io.natter.netty;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.natter.host.HttpExchange;
import io.natter.host.HttpResponse;
import io.natter.netty.http.HttpConnection;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/// Requests of a client that does not read the answers (RFC 9112 §9.3.2): they wait where they cost
/// nothing, in the kernel.
@ExtendWith(NoLeaks.class)
@ParameterizedClass
@EnumSource(
        value = IoTransport.class,
        names = {"EPOLL", "NIO"})
class PipeliningTest {
    private static final int LARGE = 300_000;
    private static final int OTHERS = 10;
    private static final byte[] FILE = new byte[LARGE];

    private final IoTransport transport;
    private final Echo echo =
            new Echo() {
                @Override
                public void http(HttpExchange exchange) {
                    if (exchange.request().path().equals("/echo/file")) {
                        exchange.respond(new HttpResponse(200, Map.of(), FILE));
                    } else {
                        super.http(exchange);
                    }
                }
            };

    PipeliningTest(IoTransport transport) {
        this.transport = transport;
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
    }

    /// Returns after the event loop has handled all earlier events.
    private static void roundTrips(int port) throws IOException {
        try (var other = new RawClient(port)) {
            for (int i = 0; i < 3; i++) {
                other.send(get("/echo/other"));
                assertThat(other.answer()).endsWith("GET /echo/other ");
            }
        }
    }

    private static void takesFew(int port, NettyMetrics metrics) throws Exception {
        int count = 100;
        try (var client = new RawClient(port)) {
            client.send(get("/echo/file").repeat(count));
            roundTrips(port);
            // Those whose answers the kernel has taken, and one more.
            assertThat(metrics.requests()).isLessThan(count - 30);
            for (int i = 0; i < count; i++) {
                assertThat(client.head()).contains("content-length: " + LARGE + "\r\n");
                client.bytes(LARGE);
            }
            client.send(get("/echo/last"));
            assertThat(client.answer()).endsWith("GET /echo/last ");
        }
    }

    /// How many requests were taken when no more are.
    private static long settled(int port, NettyMetrics metrics) throws IOException {
        long before;
        long taken;
        do {
            before = metrics.requests();
            for (int i = 0; i < OTHERS; i++) {
                roundTrips(port);
            }
            taken = metrics.requests() - before - 3 * OTHERS;
        } while (taken > 0 || before == 0);
        return before;
    }

    private static void takesFewSmall(int port, NettyMetrics metrics, String path)
            throws Exception {
        int count = 100_000;
        try (var client = new RawClient(port)) {
            var sent =
                    CompletableFuture.runAsync(
                            () -> {
                                for (int i = 0; i < count / 1000; i++) {
                                    send(client, get(path).repeat(1000));
                                }
                            });
            assertThat(settled(port, metrics)).isLessThan(count / 2);
            var first = client.answer();
            for (int i = 1; i < count; i++) {
                client.bytes(first.length());
            }
            sent.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void takesNoRequestWhileTheAnswerBeforeWaits() throws Exception {
        try (var host = host()) {
            takesFew(host.port(), host.metrics());
        }
    }

    @Test
    void takesNoRequestForNothingWhileTheAnswerBeforeWaits() throws Exception {
        try (var host = host()) {
            takesFewSmall(host.port(), host.metrics(), "/nothing");
        }
    }

    private NettyHost host() {
        return NettyHost.builder()
                .host("127.0.0.1")
                .endpoint(echo)
                .threads(1)
                .transport(transport)
                .listen();
    }

    @Test
    void takesNoRequestBehindTheCodecOfAnExistingServerEither() throws Exception {
        var metrics = new NettyMetrics();
        var loops = LoopResources.create("pipelining", 1, true);
        var server =
                HttpServer.create()
                        .host("127.0.0.1")
                        .port(0)
                        .runOn(loops, transport == IoTransport.EPOLL)
                        .doOnChannelInit(
                                (_, channel, _) ->
                                        NettyHost.attach(channel.pipeline(), metrics, echo))
                        .bindNow();
        try {
            takesFew(server.port(), metrics);
        } finally {
            server.disposeNow();
            loops.disposeLater().block();
        }
    }

    @Test
    void givesTheApplicationOneRequestAtATime() throws Exception {
        var given = new AtomicInteger();
        var go = new CompletableFuture<String>();
        var loops = LoopResources.create("pipelining", 1, true);
        var server =
                HttpServer.create()
                        .host("127.0.0.1")
                        .port(0)
                        .runOn(loops, transport == IoTransport.EPOLL)
                        .doOnChannelInit(
                                (_, channel, _) -> {
                                    NettyHost.attach(channel.pipeline(), echo);
                                    channel.pipeline()
                                            .addAfter(
                                                    HttpConnection.NAME,
                                                    "count",
                                                    new RequestCounter(given));
                                })
                        .handle(
                                (_, response) ->
                                        response.header("content-length", "2")
                                                .sendString(Mono.fromFuture(go, true)))
                        .bindNow();
        try (var client = new RawClient(server.port())) {
            client.send(get("/page").repeat(50));
            roundTrips(server.port());
            assertThat(given).hasValue(1);
            go.complete("ok");
            for (int i = 0; i < 50; i++) {
                assertThat(client.answer()).endsWith("ok");
            }
            assertThat(given).hasValue(50);
        } finally {
            server.disposeNow();
            loops.disposeLater().block();
        }
    }

    private static void send(RawClient client, String text) {
        try {
            client.send(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The application answers at once.
    @Test
    void answersOthersBetweenTheRequestsThatOneSendsToTheApplication() throws Exception {
        int count = 1_000;
        var given = new AtomicInteger();
        var givenBefore = new CompletableFuture<Integer>();
        var telling =
                new Echo() {
                    @Override
                    public void http(HttpExchange exchange) {
                        if (exchange.request().path().equals("/echo/other")) {
                            givenBefore.complete(given.get());
                        }
                        super.http(exchange);
                    }
                };
        var first = new CompletableFuture<Runnable>();
        var connections = new LinkedBlockingQueue<Channel>();
        var loops = LoopResources.create("pipelining", 1, true);
        var server =
                HttpServer.create()
                        .host("127.0.0.1")
                        .port(0)
                        .runOn(loops, transport == IoTransport.EPOLL)
                        .doOnChannelInit(
                                (_, channel, _) -> {
                                    NettyHost.attach(channel.pipeline(), telling);
                                    connections.add(channel);
                                })
                        .handle(
                                (_, response) -> {
                                    if (given.incrementAndGet() == 1) {
                                        first.join().run();
                                    }
                                    return response.sendString(Mono.just("ok"));
                                })
                        .bindNow();
        try (var one = new RawClient(server.port());
                var other = new RawClient(server.port())) {
            one.send(get("/echo/1"));
            one.answer();
            other.send(get("/echo/1"));
            other.answer();
            var loop = requireNonNull(connections.poll(10, TimeUnit.SECONDS)).eventLoop();
            var go = new CompletableFuture<@Nullable Void>();
            loop.execute(go::join);
            one.send(get("/page").repeat(count));
            first.complete(() -> send(other, get("/echo/other")));
            go.complete(null);
            assertThat(givenBefore.get(10, TimeUnit.SECONDS)).isLessThan(100);
            for (int i = 0; i < count; i++) {
                assertThat(one.answer()).endsWith("ok");
            }
        } finally {
            server.disposeNow();
            loops.disposeLater().block();
        }
    }

    private static final class RequestCounter extends ChannelInboundHandlerAdapter {
        private final AtomicInteger given;

        RequestCounter(AtomicInteger given) {
            this.given = given;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            if (msg instanceof HttpRequest) {
                given.incrementAndGet();
            }
            ctx.fireChannelRead(msg);
        }
    }
}
