package io.natter.netty;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.natter.host.UpgradeExchange.Deflate;
import io.natter.host.WebSocketConnection;
import io.natter.host.WebSocketListener;
import io.natter.websocket.WebSocketServer;
import io.natter.websocket.WebSocketServerOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// A kilobyte on the wire may be a megabyte when it is inflated: as much as one message may have is
/// inflated at a time, and then handlers have their turn.
@ExtendWith(NoLeaks.class)
@ParameterizedClass
@EnumSource(
        value = IoTransport.class,
        names = {"EPOLL", "NIO"})
class InflatedInputTest {
    private static final int SIZE = 990_000;
    private static final int COUNT = 40;

    private final BlockingQueue<WebSocketConnection> opened = new LinkedBlockingQueue<>();

    /// How many messages were delivered in each turn of the event loop, and the end.
    private final BlockingQueue<String> turns = new LinkedBlockingQueue<>();

    private final NettyHost host;

    /// Whether the listener pauses the connection at each message.
    private volatile boolean pausing;

    InflatedInputTest(IoTransport transport) {
        var echo = new Echo();
        echo.deflate = new Deflate(20);
        echo.listener = this::open;
        host = echo.onOneLoop(transport).listen();
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private WebSocketListener open(WebSocketConnection connection) {
        opened.add(connection);
        return new WebSocketListener() {
            private int inTurn;

            @Override
            public void text(byte[] utf8) {}

            @Override
            public void binary(byte[] data) {
                assertThat(data).hasSize(SIZE);
                if (inTurn++ == 0) {
                    connection
                            .strand()
                            .execute(
                                    () -> {
                                        turns.add(String.valueOf(inTurn));
                                        inTurn = 0;
                                    });
                }
                if (pausing) {
                    connection.setReading(false);
                }
            }

            @Override
            public void writable() {}

            @Override
            public void closed(int code, String reason) {
                turns.add("closed " + code);
            }
        };
    }

    private String turn() throws InterruptedException {
        return Objects.requireNonNull(turns.poll(30, SECONDS));
    }

    /// So many messages of zeros, in some 40 KB, and a close frame behind them.
    static byte[] bombs(int count) {
        var wire = new ByteArrayOutputStream();
        var bomb = RawClient.masked(0xc2, compressed(new byte[SIZE]));
        for (int i = 0; i < count; i++) {
            wire.writeBytes(bomb);
        }
        wire.writeBytes(RawClient.masked(0x88, new byte[] {3, (byte) 0xe8}));
        return wire.toByteArray();
    }

    private static byte[] compressed(byte[] data) {
        try (var deflater = new Deflater(9, true)) {
            deflater.setInput(data);
            var buffer = new byte[2000];
            int size = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
            return Arrays.copyOf(buffer, size - 4);
        }
    }

    private RawClient client() throws IOException {
        var client = new RawClient(host.port());
        client.send(
                RawClient.handshake("/echo", "Sec-WebSocket-Extensions: permessage-deflate\r\n"));
        assertThat(client.head()).contains("permessage-deflate");
        return client;
    }

    @Test
    void inflatesAboutOneMessageOfTheLargestSizeATurn() throws Exception {
        try (var client = client()) {
            client.send(bombs(COUNT));
            int messages = 0;
            for (var turn = turn(); !turn.startsWith("closed"); turn = turn()) {
                int count = Integer.parseInt(turn);
                assertThat(count).isBetween(1, 2);
                messages += count;
            }
            assertThat(messages).isEqualTo(COUNT);
            assertThat(client.hex(4)).isEqualTo("88 02 03 e8");
        }
    }

    @Test
    void inflatesNothingMoreWhileReadingIsOff() throws Exception {
        pausing = true;
        try (var client = client()) {
            var connection = Objects.requireNonNull(opened.poll(10, SECONDS));
            client.send(bombs(5));
            for (int i = 0; i < 5; i++) {
                assertThat(turn()).isEqualTo("1");
                // The rest of the receive buffer could have arrived by now.
                for (int j = 0; j < 3; j++) {
                    var done = new CountDownLatch(1);
                    connection.strand().execute(done::countDown);
                    assertThat(done.await(10, SECONDS)).isTrue();
                }
                assertThat(turns).isEmpty();
                connection.strand().execute(() -> connection.setReading(true));
            }
            assertThat(turn()).isEqualTo("closed 1000");
        }
    }

    @Test
    void readsTheAnswerToItsCloseFrameBehindWhatItDoesNotListenTo() throws Exception {
        pausing = true;
        try (var client = client()) {
            var connection = Objects.requireNonNull(opened.poll(10, SECONDS));
            client.send(bombs(5));
            assertThat(turn()).isEqualTo("1");
            connection.strand().execute(() -> connection.close(4000, "enough"));
            assertThat(client.frame().closeCode()).isEqualTo(4000);
            assertThat(client.atEnd()).isTrue();
            assertThat(turn()).isEqualTo("closed 1000");
            assertThat(turns).isEmpty();
        }
    }

    /// The handlers of a plain WebSocket.
    @Test
    void aSlowHandlerKeepsABombFromBeingInflated() throws Exception {
        var go = new CountDownLatch(1);
        var handled = new ArrayList<Integer>();
        var done = new CountDownLatch(1);
        var server =
                WebSocketServer.create(
                        WebSocketServerOptions.builder()
                                .perMessageDeflate(new Deflate(20))
                                .build());
        server.onConnection(
                socket ->
                        socket.onBinary(
                                data -> {
                                    try {
                                        go.await();
                                    } catch (InterruptedException _) {
                                        Thread.currentThread().interrupt();
                                    }
                                    handled.add(data.length);
                                    if (handled.size() == COUNT) {
                                        done.countDown();
                                    }
                                }));
        try (var plain =
                        NettyHost.builder()
                                .host("127.0.0.1")
                                .endpoint(server)
                                .transport(host.transport())
                                .threads(1)
                                .listen();
                var client = new RawClient(plain.port())) {
            client.send(
                    RawClient.handshake("/", "Sec-WebSocket-Extensions: permessage-deflate\r\n"));
            client.head();
            client.send(bombs(COUNT));
            // Another client is served meanwhile, again and again.
            try (var other = RawClient.webSocket(plain.port(), "/")) {
                for (int i = 0; i < 20; i++) {
                    other.hex("89 80 00 00 00 00");
                    assertThat(other.hex(2)).isEqualTo("8a 00");
                }
            }
            assertThat(plain.metrics().messagesIn()).isLessThanOrEqualTo(2);
            go.countDown();
            assertThat(done.await(60, SECONDS)).isTrue();
            assertThat(handled).hasSize(COUNT).containsOnly(SIZE);
        }
    }
}
