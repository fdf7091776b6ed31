package io.natter.netty.loop;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.natter.engine.CloseReason;
import io.natter.engine.EngineListener;
import io.natter.engine.EngineOptions;
import io.natter.engine.EngineServer;
import io.natter.engine.EngineSession;
import io.natter.engine.LimitExceeded;
import io.natter.engine.Outgoing;
import io.natter.host.MemoryBudget;
import io.natter.host.PreparedMessage;
import io.natter.host.WebSocketConnection;
import io.natter.netty.Echo;
import io.natter.netty.IoTransport;
import io.natter.netty.NettyHost;
import io.natter.netty.NettyHostBuilder;
import io.natter.netty.NoLeaks;
import io.natter.netty.RawClient;
import io.natter.netty.websocket.NettyWebSocket;
import io.natter.protocol.EngineMessage;
import io.natter.websocket.WebSocketServer;
import io.natter.websocket.WebSocketServerOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// The waiting bytes of all WebSockets together are bounded: those that hold the most are closed.
@ExtendWith(NoLeaks.class)
@ParameterizedClass
@EnumSource(
        value = IoTransport.class,
        names = {"EPOLL", "NIO"})
class ConnectionMemoryTest {
    private static final int LIMIT = 8 * 1024 * 1024;

    private final Echo echo = new Echo();
    private final MemoryBudget budget = MemoryBudget.of(LIMIT);
    private final List<RawClient> clients = new ArrayList<>();
    private final IoTransport transport;
    private final NettyHost host;

    ConnectionMemoryTest(IoTransport transport) {
        this.transport = transport;
        host = builder().endpoint(echo).listen();
    }

    private NettyHostBuilder builder() {
        return NettyHost.builder()
                .host("127.0.0.1")
                .transport(transport)
                .threads(1)
                .memoryBudget(budget);
    }

    @AfterEach
    void stop() throws IOException {
        for (var client : clients) {
            client.close();
        }
        host.close();
        assertThat(budget.used()).isZero();
    }

    private RawClient open() throws IOException {
        var client = RawClient.webSocket(host.port(), "/echo");
        clients.add(client);
        return client;
    }

    private WebSocketConnection connection() throws InterruptedException {
        return Objects.requireNonNull(echo.opened.poll(10, SECONDS));
    }

    private static void onStrand(WebSocketConnection connection, Runnable task) {
        CompletableFuture.runAsync(task, connection.strand()).join();
    }

    private String closing() throws InterruptedException {
        var event = "writable";
        while (event.equals("writable")) {
            event = Objects.requireNonNull(echo.events.poll(10, SECONDS));
        }
        return event;
    }

    /// Sends until so much waits for it, in small frames, which are copied.
    private static void fill(WebSocketConnection to, long bytes) {
        var message = new PreparedMessage(new byte[4000]);
        while (((NettyWebSocket) to).isOpen() && to.waitingBytes() < bytes) {
            onStrand(
                    to,
                    () -> {
                        for (int i = 0; i < 50; i++) {
                            to.send(message);
                        }
                    });
        }
    }

    @Test
    void countsWhatWaitsForAClientAndGivesItBackWhenItReads() throws Exception {
        var client = open();
        var connection = connection();
        onStrand(connection, () -> connection.send(numbered(100)));
        assertThat(client.frame().payload()).hasSize(100);
        assertThat(budget.used()).isZero();
        fill(connection, 1_000_000);
        onStrand(connection, () -> {});
        assertThat(budget.used()).isBetween(700_000L, 2_000_000L);
        onStrand(connection, () -> connection.send(numbered(1)));
        while (client.frame().payload().length != 1) {
            // It reads on.
        }
        await().until(() -> budget.used() == 0);
    }

    private static PreparedMessage numbered(int size) {
        return new PreparedMessage(new byte[size]);
    }

    @Test
    void closesThoseThatHoldTheMostWhenAllTogetherHoldTooMuch() throws Exception {
        var reader = open();
        connection();
        for (int i = 0; i < 8; i++) {
            open();
            fill(connection(), i < 4 ? 1_800_000 : 300_000);
        }
        assertThat(closing()).startsWith("closed 1006 out of memory budget: ").contains("bytes");
        await().until(() -> budget.used() <= LIMIT);
        assertThat(budget.closedClients()).isPositive();
        // The budget counts a client when it is chosen; the host counts it when it is closed.
        await().until(() -> host.metrics().closedForMemory() == budget.closedClients());
        reader.send(RawClient.text("served"));
        assertThat(reader.frame().text()).isEqualTo("served");
    }

    @Test
    void closesAClientThatHoldsMoreThanItsPart() throws Exception {
        open();
        var connection = connection();
        var big = numbered(10_000_000);
        onStrand(connection, () -> connection.send(big));
        assertThat(closing()).startsWith("closed 1006 out of memory budget: ");
        await().until(() -> budget.used() == 0);
    }

    @Test
    void countsABufferThatManyShareAboutOnce() throws Exception {
        var connections = new ArrayList<WebSocketConnection>();
        for (int i = 0; i < 20; i++) {
            open();
            connections.add(connection());
        }
        // Until the kernel's buffers are full, and then some.
        var message = numbered(1_000_000);
        var first = connections.getFirst();
        while (connections.stream().anyMatch(each -> each.waitingBytes() < 1_000_000)) {
            onStrand(
                    first,
                    () ->
                            first.strand()
                                    .fanOut(
                                            message,
                                            () -> connections.forEach(to -> to.send(message))));
        }
        // Twenty of them hold two or so, which they share.
        assertThat(connections).allMatch(each -> each.waitingBytes() > 0);
        assertThat(echo.events).allMatch("writable"::equals);
        assertThat(budget.used()).isLessThan(LIMIT);
    }

    @Test
    void countsMessagesThatAreNotWholeAndNothingOfThoseThatAre() throws Exception {
        var client = open();
        client.send(RawClient.masked(0x82, new byte[900_000]));
        assertThat(client.frame().payload()).hasSize(900_000);
        await().until(() -> budget.used() == 0);
        var message = RawClient.masked(0x82, new byte[900_000]);
        client.send(java.util.Arrays.copyOf(message, message.length - 1));
        await().until(() -> budget.used() > 850_000);
        client.send(new byte[] {message[message.length - 1]});
        assertThat(client.frame().payload()).hasSize(900_000);
        await().until(() -> budget.used() == 0);
        client.send(RawClient.masked(0x02, new byte[500_000]));
        await().until(() -> budget.used() > 450_000);
        client.send(RawClient.masked(0x80, new byte[1]));
        assertThat(client.frame().payload()).hasSize(500_001);
        await().until(() -> budget.used() == 0);
    }

    @Test
    void closesClientsThatTogetherHoldTooManyHalfMessages() throws Exception {
        var reader = open();
        var message = RawClient.masked(0x82, new byte[900_000]);
        for (int i = 0; i < 12; i++) {
            open().send(java.util.Arrays.copyOf(message, message.length - 1));
        }
        assertThat(closing()).startsWith("closed 1006 out of memory budget: ");
        await().until(() -> budget.used() <= LIMIT);
        reader.send(RawClient.text("served"));
        assertThat(reader.frame().text()).isEqualTo("served");
    }

    // RFC 6455 §5.5.3
    @Test
    void owesAFloodOfPingsNoMoreThanABoundedQueueOfPongs() throws Exception {
        var client = open();
        var connection = connection();
        var wire = new ByteArrayOutputStream();
        for (int i = 0; i < 500; i++) {
            wire.writeBytes(RawClient.masked(0x89, new byte[125]));
        }
        for (int i = 0; i < 400; i++) {
            client.send(wire.toByteArray());
        }
        assertThat(connection.waitingBytes()).isLessThan(4 * Connection.HIGH_WATER);
        client.leaveAfterSending();
        for (int pings = 0; pings < 200_000; ) {
            var event = Objects.requireNonNull(echo.events.poll(10, SECONDS));
            assertThat(event).doesNotStartWith("closed");
            pings += event.startsWith("ping") ? 1 : 0;
        }
        assertThat(connection.waitingBytes()).isLessThan(4 * Connection.HIGH_WATER);
    }

    /// The application of a plain WebSocket that is slow.
    @Test
    void countsWhatWaitsForHandlers() throws Exception {
        var go = new CountDownLatch(1);
        var server =
                WebSocketServer.create(
                        WebSocketServerOptions.builder().memoryBudget(budget).build());
        server.onConnection(
                socket ->
                        socket.onBinary(
                                _ -> {
                                    try {
                                        go.await();
                                    } catch (InterruptedException _) {
                                        Thread.currentThread().interrupt();
                                    }
                                }));
        try (var plain = builder().endpoint(server).listen();
                var client = RawClient.webSocket(plain.port(), "/")) {
            client.send(RawClient.masked(0x82, new byte[900_000]));
            await().until(() -> plain.metrics().messagesIn() == 1 && budget.used() > 850_000);
            go.countDown();
            await().until(() -> budget.used() == 0);
        }
    }

    @Test
    void tellsTheEngineWhichLimitItWas() throws Exception {
        var hits = new LinkedBlockingQueue<LimitExceeded>();
        var ends = new LinkedBlockingQueue<String>();
        var sessions = new LinkedBlockingQueue<EngineSession>();
        var engine =
                new EngineServer(
                        EngineOptions.builder().maxWaitingBytes(0).memoryBudget(budget).build(),
                        session -> {
                            sessions.add(session);
                            return new Ends(ends);
                        });
        engine.onLimit(hits::add);
        try (var server = builder().endpoint(engine).listen();
                var client =
                        RawClient.webSocket(
                                server.port(), "/engine.io/?EIO=4&transport=websocket")) {
            assertThat(client.frame().text()).startsWith("0{");
            var session = Objects.requireNonNull(sessions.poll(10, SECONDS));
            session.strand()
                    .execute(
                            () ->
                                    session.send(
                                            Outgoing.of(
                                                    new EngineMessage.Binary(
                                                            new byte[10_000_000]))));
            var hit = Objects.requireNonNull(hits.poll(10, SECONDS));
            assertThat(hit.limit()).isEqualTo(LimitExceeded.Limit.MEMORY);
            assertThat(ends.poll(10, SECONDS)).startsWith("transport error out of memory budget: ");
            assertThat(hits).isEmpty();
        }
    }

    private record Ends(LinkedBlockingQueue<String> ends) implements EngineListener {
        @Override
        public void text(byte[] buffer, int from, int to) {}

        @Override
        public void binary(byte[] data) {}

        @Override
        public void closed(CloseReason reason, String detail) {
            ends.add(reason + " " + detail);
        }
    }
}
