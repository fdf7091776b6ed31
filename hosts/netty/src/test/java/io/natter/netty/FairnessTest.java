package io.natter.netty;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.natter.host.HttpExchange;
import io.natter.host.MemoryBudget;
import io.natter.host.WebSocketConnection;
import io.natter.host.WebSocketListener;
import io.natter.netty.loop.EventLoopStrand;
import io.natter.netty.websocket.NettyWebSocket;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// One client does not keep the other clients of its event loop waiting, whatever it sends.
@ExtendWith(NoLeaks.class)
@Timeout(120)
@ParameterizedClass
@EnumSource(
        value = IoTransport.class,
        names = {"EPOLL", "NIO"})
class FairnessTest {
    private static final int LIMIT = 1024 * 1024;

    private final MemoryBudget memory = MemoryBudget.of(LIMIT);
    private final BlockingQueue<WebSocketConnection> opened = new LinkedBlockingQueue<>();
    private final AtomicInteger pings = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private final CompletableFuture<Integer> heard = new CompletableFuture<>();
    private final NettyHost host;

    /// The counter whose value a text records.
    private volatile AtomicInteger counted = pings;

    /// The effect of the first request.
    private volatile Runnable first = () -> {};

    FairnessTest(IoTransport transport) {
        var echo =
                new Echo() {
                    @Override
                    public void http(HttpExchange exchange) {
                        if (exchange.request().path().equals("/echo/other")) {
                            heard.complete(requests.get());
                        } else if (requests.incrementAndGet() == 1) {
                            first.run();
                        }
                        super.http(exchange);
                    }
                };
        echo.listener = this::open;
        host = echo.onOneLoop(transport).memoryBudget(memory).listen();
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private WebSocketListener open(WebSocketConnection connection) {
        opened.add(connection);
        return new WebSocketListener() {
            @Override
            public void text(byte[] utf8) {
                heard.complete(counted.get());
            }

            @Override
            public void binary(byte[] data) {}

            @Override
            public void writable() {}

            @Override
            public void ping(byte[] payload) {
                pings.incrementAndGet();
            }

            @Override
            public void closed(int code, String reason) {}
        };
    }

    /// Holds the event loop up until the result is counted down.
    private CountDownLatch hold() throws InterruptedException {
        var connection = Objects.requireNonNull(opened.poll(10, SECONDS));
        var held = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        connection
                .strand()
                .execute(
                        () -> {
                            held.countDown();
                            awaitQuietly(go);
                        });
        assertThat(held.await(10, SECONDS)).isTrue();
        return go;
    }

    private static void awaitQuietly(CountDownLatch go) {
        try {
            assertThat(go.await(60, SECONDS)).isTrue();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void looksAtTheSocketsBetweenManyTasks() throws Exception {
        try (var client = RawClient.webSocket(host.port(), "/echo")) {
            var loop = loop();
            var done = new AtomicInteger();
            counted = done;
            var go = hold();
            client.send(RawClient.text("hello"));
            for (int i = 0; i < 2_000; i++) {
                loop.execute(
                        () -> {
                            LockSupport.parkNanos(1_000_000);
                            done.incrementAndGet();
                        });
            }
            go.countDown();
            assertThat(heard.get(60, SECONDS)).isLessThan(300);
        }
    }

    private EventLoop loop() throws InterruptedException {
        var connection = Objects.requireNonNull(opened.poll(10, SECONDS));
        opened.add(connection);
        return ((EventLoopStrand) connection.strand()).loop;
    }

    @Test
    void readsFromOthersBetweenTheSmallFramesOfOne() throws Exception {
        var ping = RawClient.masked(0x89, new byte[0]);
        var flood = new ByteArrayOutputStream();
        for (int i = 0; i < 30_000; i++) {
            flood.writeBytes(ping);
        }
        try (var one = RawClient.webSocket(host.port(), "/echo");
                var other = RawClient.webSocket(host.port(), "/echo")) {
            var go = hold();
            one.send(flood.toByteArray());
            other.send(RawClient.text("hello"));
            go.countDown();
            assertThat(heard.get(60, SECONDS)).isLessThan(5_000);
        }
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
    }

    private static void send(RawClient client, String text) {
        try {
            client.send(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void answersOthersBetweenThePipelinedRequestsOfOne() throws Exception {
        int count = 1_000;
        try (var _ = RawClient.webSocket(host.port(), "/echo");
                var one = new RawClient(host.port());
                var other = new RawClient(host.port())) {
            var go = hold();
            one.send(get("/echo/1").repeat(count));
            first = () -> send(other, get("/echo/other"));
            go.countDown();
            assertThat(heard.get(60, SECONDS)).isLessThan(100);
            for (int i = 0; i < count; i++) {
                assertThat(one.answer()).endsWith("GET /echo/1 ");
            }
        }
    }

    /// Clients over the limit are closed by tasks. Within the same pass no unfinished message
    /// grows.
    @Test
    void continuesAnUnfinishedMessageOnlyWhenTheMemoryOfAllClientsIsWithinTheLimit()
            throws Exception {
        var large = Arrays.copyOf(RawClient.masked(0x82, new byte[900_000]), 600_000);
        try (var _ = RawClient.webSocket(host.port(), "/echo");
                var _ = RawClient.webSocket(host.port(), "/echo");
                var _ = RawClient.webSocket(host.port(), "/echo")) {
            var first = socket();
            var second = socket();
            var third = socket();
            var heardWithin = new CompletableFuture<Boolean>();
            third.strand()
                    .execute(
                            () -> {
                                receive(first, large);
                                receive(second, large);
                                receive(third, RawClient.masked(0x01, new byte[] {'h'}));
                                receive(third, RawClient.masked(0x80, new byte[] {'i'}));
                                heardWithin.complete(heard.isDone());
                            });
            assertThat(heardWithin.get(10, SECONDS)).isFalse();
            heard.get(10, SECONDS);
            assertThat(memory.closedClients()).isEqualTo(2);
        }
    }

    private NettyWebSocket socket() throws InterruptedException {
        return (NettyWebSocket) Objects.requireNonNull(opened.poll(10, SECONDS));
    }

    private static void receive(NettyWebSocket socket, byte[] bytes) {
        var in = Unpooled.wrappedBuffer(bytes);
        socket.received(in);
        in.release();
    }
}
