package io.natter.netty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.natter.host.Endpoint;
import io.natter.host.HttpLimits;
import io.natter.host.PreparedMessage;
import io.natter.host.UpgradeExchange.Acceptance;
import io.natter.host.WebSocketConnection;
import io.natter.host.WebSocketListener;
import io.natter.netty.http.HostContext;
import io.natter.netty.http.HttpConnection;
import io.natter.netty.loop.ConnectionRegistry;
import io.natter.netty.loop.EpollConnection;
import io.natter.netty.websocket.NettyWebSocket;
import io.natter.netty.websocket.UpgradeHandoff;
import io.natter.websocket.WebSocketServer;
import io.natter.websocket.WebSocketSession;
import io.netty.channel.Channel;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpServerCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// An `Error` costs one connection, never an event loop.
@ExtendWith(NoLeaks.class)
@Timeout(120)
class EventLoopFailureTest {
    private final Echo echo = new Echo();

    private NettyHost host(IoTransport transport) {
        return NettyHost.builder()
                .host("127.0.0.1")
                .endpoint(echo)
                .transport(transport)
                .threads(1)
                .listen();
    }

    private NettyWebSocket opened() throws InterruptedException {
        return (NettyWebSocket) Objects.requireNonNull(echo.opened.poll(10, SECONDS));
    }

    private static void isServed(RawClient client) throws IOException {
        client.send(RawClient.text("hello"));
        assertThat(client.frame().text()).isEqualTo("hello");
    }

    /// A listener of which one method throws.
    private record Failing(WebSocketConnection connection, String method)
            implements WebSocketListener {
        private void failIn(String here) {
            if (method.equals(here)) {
                throw new StackOverflowError();
            }
        }

        @Override
        public void text(byte[] utf8) {
            failIn("text");
        }

        @Override
        public void binary(byte[] data) {
            failIn("binary");
        }

        @Override
        public void writable() {
            failIn("writable");
        }

        @Override
        public void ping(byte[] payload) {
            failIn("ping");
        }

        @Override
        public void pong(byte[] payload) {
            failIn("pong");
        }

        @Override
        public void closed(int code, String reason) {
            failIn("closed");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = IoTransport.class,
            names = {"EPOLL", "NIO"})
    void aListenerThatThrowsAnErrorCostsItsOwnConnection(IoTransport transport) throws Exception {
        try (var host = host(transport);
                var bystander = RawClient.webSocket(host.port(), "/echo")) {
            int failures = 0;
            for (var method : List.of("text", "binary", "ping", "pong")) {
                echo.upgrade = exchange -> accept(exchange, method);
                try (var client = RawClient.webSocket(host.port(), "/echo")) {
                    client.hex("82 80 00 00 00 00 81 80 00 00 00 00 89 80 00 00 00 00");
                    client.hex("8a 80 00 00 00 00");
                    var frame = client.frame();
                    var close = frame.opcode() == 10 ? client.frame() : frame;
                    assertThat(close.closeCode()).as(method).isEqualTo(1011);
                }
                int expected = ++failures;
                await().untilAsserted(
                                () -> assertThat(host.metrics().failures()).isEqualTo(expected));
            }
            isServed(bystander);
            assertThat(host.unresponsiveEventLoops()).isZero();
        }
    }

    private static void accept(io.natter.host.UpgradeExchange exchange, String method) {
        exchange.accept(
                exchange.strand(),
                new Acceptance(Map.of(), null, 1000, null),
                connection -> new Failing(connection, method));
    }

    /// The event loop tells of room to write, and in the same moment of others' input.
    @ParameterizedTest
    @EnumSource(
            value = IoTransport.class,
            names = {"EPOLL", "NIO"})
    void aListenerThatThrowsWhenItsSocketDrainsCostsItsOwnConnection(IoTransport transport)
            throws Exception {
        var sockets = new LinkedBlockingQueue<WebSocketConnection>();
        try (var host = host(transport);
                var bystander = RawClient.webSocket(host.port(), "/echo")) {
            echo.upgrade =
                    exchange ->
                            exchange.accept(
                                    exchange.strand(),
                                    new Acceptance(Map.of(), null, 1000, null),
                                    connection -> {
                                        sockets.add(connection);
                                        return new Failing(connection, "writable");
                                    });
            try (var client = RawClient.webSocket(host.port(), "/echo")) {
                var socket = Objects.requireNonNull(sockets.poll(10, SECONDS));
                var big = new PreparedMessage(new byte[10_000_000]);
                CompletableFuture.runAsync(() -> socket.send(big), socket.strand()).join();
                assertThat(client.frame().payload()).hasSize(10_000_000);
                assertThat(client.frame().closeCode()).isEqualTo(1011);
            }
            isServed(bystander);
            await().untilAsserted(() -> assertThat(host.metrics().failures()).isEqualTo(1));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = IoTransport.class,
            names = {"EPOLL", "NIO"})
    void aTaskOrTimerThatThrowsAnErrorEndsNothing(IoTransport transport) throws Exception {
        try (var host = host(transport);
                var client = RawClient.webSocket(host.port(), "/echo")) {
            var strand = opened().strand();
            strand.execute(
                    () -> {
                        throw new OutOfMemoryError("on purpose");
                    });
            var after = new CountDownLatch(1);
            var _ =
                    strand.schedule(
                            () -> {
                                after.countDown();
                                throw new StackOverflowError();
                            },
                            1);
            assertThat(after.await(10, SECONDS)).isTrue();
            isServed(client);
            await().untilAsserted(() -> assertThat(host.metrics().memoryErrors()).isEqualTo(1));
            await().untilAsserted(() -> assertThat(host.metrics().failures()).isEqualTo(2));
        }
    }

    /// A receiver whose state is broken so far that it cannot even be told.
    @Test
    void aBroadcastReachesTheOthersWhereOneReceiverThrows() throws Exception {
        var server = WebSocketServer.create();
        try (var host = NettyHost.builder().host("127.0.0.1").endpoint(server).threads(1).listen();
                var one = RawClient.webSocket(host.port(), "/");
                var two = RawClient.webSocket(host.port(), "/");
                var three = RawClient.webSocket(host.port(), "/")) {
            await().until(() -> server.clients().size() == 3);
            var seen = new LinkedBlockingQueue<WebSocketSession>();
            server.broadcast(
                    "all",
                    socket -> {
                        seen.add(socket);
                        if (seen.size() == 2) {
                            throw new StackOverflowError();
                        }
                        return true;
                    });
            int messages = 0;
            int closed = 0;
            for (var client : List.of(one, two, three)) {
                var frame = client.frame();
                messages += frame.text().equals("all") ? 1 : 0;
                closed += frame.closeCode() == 1011 ? 1 : 0;
            }
            assertThat(messages).isEqualTo(2);
            assertThat(closed).isEqualTo(1);
        }
    }

    /// Any event of a handle that is not ours.
    @Test
    void anErrorOfAnotherHandleOfTheEventLoopDoesNotEndIt() throws Exception {
        try (var host = host(IoTransport.EPOLL);
                var client = RawClient.webSocket(host.port(), "/echo")) {
            explodeOn((IoEventLoop) opened().strand().loop);
            await().until(() -> host.metrics().failures() == 1);
            isServed(client);
            assertThat(host.unresponsiveEventLoops()).isZero();
        }
    }

    /// A handle that throws an `Error` at what the kernel tells of it.
    private static final class Bomb extends Socket implements EpollIoHandle {
        Bomb() {
            super(Socket.newSocketStream().intValue());
        }

        @Override
        public FileDescriptor fd() {
            return this;
        }

        @Override
        public void handle(IoRegistration registration, IoEvent event) {
            try {
                close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            throw new StackOverflowError();
        }
    }

    private static void explodeOn(IoEventLoop loop) throws Exception {
        loop.submit(() -> loop.register(new Bomb()).getNow().submit(EpollIoOps.EPOLLOUT)).get();
    }

    @Test
    void theConnectionsOfAnEventLoopThatHasEndedAreClosedWithTheHost() throws Exception {
        var lines = new ConnectionRegistry(UpgradeHandoff::isWebSocket);
        var hosted =
                new HostContext(
                        List.of(echo),
                        _ -> {},
                        HttpLimits.DEFAULT,
                        new NettyMetrics().counters(),
                        lines);
        try (var server =
                        new OwnServer(
                                IoTransport.EPOLL,
                                1,
                                true,
                                channel ->
                                        channel.pipeline()
                                                .addLast(new HttpRequestDecoder())
                                                .addLast(
                                                        HttpConnection.NAME,
                                                        new HttpConnection(hosted)));
                var client = RawClient.webSocket(server.port(), "/echo")) {
            var socket = opened();
            assertThat(socket.connection()).isInstanceOf(EpollConnection.class);
            isServed(client);
            explodeOn((IoEventLoop) socket.strand().loop);
            assertThat(socket.strand().loop.terminationFuture().await(10, SECONDS)).isTrue();
            assertThat(new EventLoopProbe(socket.strand().loop).unresponsive()).isEqualTo(1);
            lines.close(10_000);
            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void aHostClosesThoughAnEventLoopIsBlocked() throws Exception {
        var go = new CountDownLatch(1);
        var host = host(IoTransport.best());
        try (var _ = RawClient.webSocket(host.port(), "/echo")) {
            var strand = opened().strand();
            strand.execute(
                    () -> {
                        try {
                            go.await();
                        } catch (InterruptedException _) {
                            Thread.currentThread().interrupt();
                        }
                    });
            host.close(10, 10);
            go.countDown();
            assertThat(strand.loop.terminationFuture().await(10, SECONDS)).isTrue();
        }
    }

    @Test
    void anEndpointThatCannotBeClosedDoesNotKeepTheHostFromIt() throws Exception {
        var second = new Echo();
        Endpoint first =
                new Echo() {
                    @Override
                    public void close() {
                        throw new StackOverflowError();
                    }
                };
        try (var host =
                NettyHost.builder().host("127.0.0.1").endpoint(first).endpoint(second).listen()) {
            assertThat(host.port()).isPositive();
        }
        assertThat(second.events.poll(10, SECONDS)).isEqualTo("endpoint closed");
    }

    @Test
    void aBlockedEventLoopIsToldOfOnceItHasLeftAQuestionUnanswered() throws Exception {
        long[] now = {0};
        var go = new CountDownLatch(1);
        try (var host = host(IoTransport.best());
                var _ = RawClient.webSocket(host.port(), "/echo")) {
            var loop = opened().strand().loop;
            var probe = new EventLoopProbe(loop, () -> now[0]);
            assertThat(probe.unresponsive()).isZero();
            loop.submit(() -> {}).get();
            loop.execute(
                    () -> {
                        try {
                            go.await();
                        } catch (InterruptedException _) {
                            Thread.currentThread().interrupt();
                        }
                    });
            assertThat(probe.unresponsive()).isZero();
            now[0] += Duration.ofSeconds(5).toNanos();
            assertThat(probe.unresponsive()).isZero();
            now[0] += 1;
            assertThat(probe.unresponsive()).isEqualTo(1);
            go.countDown();
            loop.submit(() -> {}).get();
            assertThat(probe.unresponsive()).isZero();
        }
    }

    /// On somebody else's event loops as well.
    @ParameterizedTest
    @ValueSource(strings = {"text", "binary"})
    void anErrorOfAListenerCostsItsOwnConnectionOnAnotherServer(String method) throws Exception {
        echo.upgrade = exchange -> accept(exchange, method);
        try (var server =
                        new OwnServer(
                                IoTransport.best(), 1, true, channel -> attach(channel, echo));
                var client = RawClient.webSocket(server.port(), "/echo");
                var other = new RawClient(server.port())) {
            client.send(RawClient.masked(method.equals("text") ? 0x81 : 0x82, "x".getBytes(UTF_8)));
            assertThat(client.frame().closeCode()).isEqualTo(1011);
            other.send("GET /echo/after HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(other.answer()).endsWith("GET /echo/after ");
        }
    }

    private static void attach(Channel channel, Endpoint endpoint) {
        channel.pipeline().addLast(new HttpServerCodec());
        NettyHost.attach(channel.pipeline(), endpoint);
    }
}
