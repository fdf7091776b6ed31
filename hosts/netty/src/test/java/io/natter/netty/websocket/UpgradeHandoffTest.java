package io.natter.netty.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.natter.host.Endpoint;
import io.natter.host.PreparedMessage;
import io.natter.host.Strand;
import io.natter.host.UpgradeExchange;
import io.natter.host.UpgradeExchange.Acceptance;
import io.natter.host.WebSocketListener;
import io.natter.netty.Echo;
import io.natter.netty.IoTransport;
import io.natter.netty.NettyHost;
import io.natter.netty.NettyHostBuilder;
import io.natter.netty.NoLeaks;
import io.natter.netty.OwnServer;
import io.natter.netty.RawClient;
import io.natter.netty.TestCertificate;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import javax.net.SocketFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// An accepted connection changes over to the event loop of its session and loses nothing.
@ExtendWith(NoLeaks.class)
class UpgradeHandoffTest {
    private static final int SESSIONS = 1000;
    private static final int MESSAGES = 10;

    private final List<Strand> strands = new CopyOnWriteArrayList<>();
    private final LongAdder strayed = new LongAdder();
    private final LongAdder moved = new LongAdder();

    private static void await(CountDownLatch gate) {
        try {
            assertThat(gate.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Strand anyStrand(Strand here) {
        if (!strands.contains(here)) {
            strands.add(here);
        }
        return strands.get(ThreadLocalRandom.current().nextInt(strands.size()));
    }

    private void acceptElsewhere(UpgradeExchange exchange) {
        var home = anyStrand(exchange.strand());
        if (!home.equals(exchange.strand())) {
            moved.increment();
        }
        exchange.accept(
                home,
                new Acceptance(Map.of(), null, 1_000_000, null),
                connection -> {
                    if (!home.isCurrent() || !connection.strand().equals(home)) {
                        strayed.increment();
                    }
                    connection.sendText("welcome");
                    return new WebSocketListener() {
                        @Override
                        public void text(byte[] utf8) {
                            if (!home.isCurrent()) {
                                strayed.increment();
                            }
                            connection.send(new PreparedMessage(new String(utf8, UTF_8)));
                        }

                        @Override
                        public void binary(byte[] data) {}

                        @Override
                        public void writable() {}

                        @Override
                        public void closed(int code, String reason) {
                            if (!home.isCurrent()) {
                                strayed.increment();
                            }
                        }
                    };
                });
    }

    private void run(NettyHostBuilder builder, SocketFactory sockets, int sessions, boolean moves)
            throws Exception {
        var echo = new Echo();
        echo.upgrade = this::acceptElsewhere;
        try (var host = builder.host("127.0.0.1").endpoint(echo).threads(4).listen()) {
            talkOver(sockets, host.port(), sessions);
            Awaitility.await()
                    .untilAsserted(
                            () ->
                                    assertThat(host.metrics().moves())
                                            .isEqualTo(moves ? moved.sum() : 0));
        }
    }

    private void talkOver(SocketFactory sockets, int port, int sessions) throws Exception {
        var done = new AtomicInteger();
        try (var clients = Executors.newFixedThreadPool(8)) {
            var all = new ArrayList<Callable<Void>>();
            for (int i = 0; i < sessions; i++) {
                int seed = i;
                all.add(
                        () -> {
                            talk(new RawClient(sockets.createSocket("127.0.0.1", port)), seed);
                            done.incrementAndGet();
                            return null;
                        });
            }
            for (var each : clients.invokeAll(all, 120, TimeUnit.SECONDS)) {
                try {
                    each.get();
                } catch (ExecutionException | CancellationException e) {
                    throw withWhatTheLoopsDo(e);
                }
            }
            assertThat(done).hasValue(sessions);
            assertThat(strayed.sum()).isZero();
            assertThat(strands).hasSize(4);
            assertThat(moved.sum()).isGreaterThan(sessions / 4);
        }
    }

    /// An event loop that stands still looks to a client like a slow one.
    private static AssertionError withWhatTheLoopsDo(Exception failure) {
        var error = new AssertionError("a session failed", failure);
        Thread.getAllStackTraces()
                .forEach(
                        (thread, stack) -> {
                            if (thread instanceof FastThreadLocalThread) {
                                var at = new Throwable(thread.getName() + " " + thread.getState());
                                at.setStackTrace(stack);
                                error.addSuppressed(at);
                            }
                        });
        return error;
    }

    /// A kept connection asks by HTTP first, as a polling client does, and its frames may come
    /// right behind the handshake.
    private static void talk(RawClient client, int seed) throws Exception {
        var random = new Random(seed);
        try (client) {
            if (random.nextBoolean()) {
                client.send("GET /echo/first HTTP/1.1\r\nHost: x\r\n\r\n");
                client.answer();
            }
            client.send(RawClient.handshake("/echo", ""));
            if (random.nextBoolean()) {
                client.head();
                assertThat(client.frame().text()).isEqualTo("welcome");
                client.send(RawClient.text("first"));
            } else {
                client.head();
                client.send(RawClient.text("first"));
                assertThat(client.frame().text()).isEqualTo("welcome");
            }
            assertThat(client.frame().text()).isEqualTo("first");
            for (int i = 0; i < MESSAGES; i++) {
                var text = "x".repeat(random.nextInt(3000)) + i;
                client.send(RawClient.masked(0x81, text.getBytes(StandardCharsets.UTF_8)));
                assertThat(client.frame().text()).isEqualTo(text);
            }
            if (random.nextBoolean()) {
                client.hex("88 82 00 00 00 00 03 e8");
                assertThat(client.hex(4)).isEqualTo("88 02 03 e8");
                assertThat(client.atEnd()).isTrue();
            }
        }
    }

    static Stream<IoTransport> transports() {
        return Stream.of(IoTransport.values()).filter(IoTransport::isAvailable);
    }

    /// Those of io_uring stay where they are, and are spoken with from there.
    @ParameterizedTest
    @MethodSource("transports")
    void movesAThousandConnectionsBetweenFourEventLoops(IoTransport transport) throws Exception {
        var builder = NettyHost.builder().transport(transport);
        run(builder, SocketFactory.getDefault(), SESSIONS, transport != IoTransport.IO_URING);
    }

    /// As with Reactor Netty, which never turns `autoRead` on. A read has been asked for by the
    /// time that the connection moves, since acceptance comes later than the request.
    @ParameterizedTest
    @MethodSource("transports")
    void movesThemWhereReadingIsByRequest(IoTransport transport) throws Exception {
        var echo = new Echo();
        echo.upgrade = exchange -> exchange.strand().execute(() -> acceptElsewhere(exchange));
        try (var server =
                new OwnServer(transport, 4, false, channel -> readByRequest(channel, echo))) {
            talkOver(SocketFactory.getDefault(), server.port(), 200);
        }
    }

    private static void readByRequest(Channel channel, Endpoint endpoint) {
        channel.pipeline().addLast(new HttpServerCodec());
        NettyHost.attach(channel.pipeline(), endpoint);
        channel.pipeline()
                .addLast(
                        new ChannelInboundHandlerAdapter() {
                            @Override
                            public void channelActive(ChannelHandlerContext ctx) {
                                ctx.read();
                            }
                        });
    }

    @Test
    void movesThemUnderTls() throws Exception {
        var pem = TestCertificate.make();
        var builder = NettyHost.builder().tls(pem.certificate(), pem.key());
        run(builder, pem.client(), 200, true);
    }

    /// Otherwise what the client sends next waits for the move, and its next request on another
    /// connection overtakes it.
    @Test
    void answersTheHandshakeOnlyWhenItHasMoved() throws Exception {
        var echo = new Echo();
        var seen = new LinkedBlockingQueue<Strand>();
        var left = new CountDownLatch(1);
        var gate = new CountDownLatch(1);
        echo.upgrade =
                exchange -> {
                    var here = exchange.strand();
                    var home = seen.peek();
                    if (home == null || home.equals(here)) {
                        seen.add(here);
                        echo.accept(exchange);
                        return;
                    }
                    home.execute(() -> await(gate));
                    exchange.accept(home, new Acceptance(Map.of(), null, 1_000, null), echo::open);
                    here.execute(() -> here.execute(left::countDown));
                };
        try (var host = NettyHost.builder().host("127.0.0.1").endpoint(echo).threads(2).listen();
                var first = RawClient.webSocket(host.port(), "/echo");
                var second = new RawClient(host.port())) {
            assertThat(seen).hasSize(1);
            second.send(RawClient.handshake("/echo", ""));
            assertThat(left.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(second.available()).isZero();
            gate.countDown();
            assertThat(second.head()).startsWith("HTTP/1.1 101 ");
            second.send(RawClient.text("after"));
            assertThat(second.frame().text()).isEqualTo("after");
            first.send(RawClient.text("other"));
            assertThat(first.frame().text()).isEqualTo("other");
        }
    }

    /// A client that reads the answer and a first message in one piece may miss the message.
    @Test
    void sendsTheAnswerToTheHandshakeBeforeAnyMessageIsMade() throws Exception {
        var echo = new Echo();
        var answered = new CountDownLatch(1);
        echo.upgrade =
                exchange ->
                        exchange.accept(
                                exchange.strand(),
                                new Acceptance(Map.of(), null, 1_000, null),
                                connection -> {
                                    await(answered);
                                    connection.sendText("welcome");
                                    return echo.open(connection);
                                });
        try (var host = NettyHost.builder().host("127.0.0.1").endpoint(echo).threads(1).listen();
                var client = new RawClient(host.port())) {
            client.send(RawClient.handshake("/echo", ""));
            assertThat(client.head()).startsWith("HTTP/1.1 101 ");
            answered.countDown();
            assertThat(client.frame().text()).isEqualTo("welcome");
        }
    }
}
