package io.natter.conformance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.natter.conformance.TestedHost.RunningHost;
import io.natter.socketio.SocketIoOptions;
import io.natter.socketio.SocketIoServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Each host with many clients, slow clients, and clients that leave right behind their last
/// message.
@ParameterizedClass
@MethodSource("io.natter.conformance.Hosts#named")
class AnyHostTest {
    private static final int MANY = 300;

    private final HttpClient http = HttpClient.newHttpClient();
    private final SocketIoServer io =
            SocketIoServer.create(SocketIoOptions.builder().maxWaitingBytes(2_000_000).build());
    private final List<AutoCloseable> open = new ArrayList<>();
    private final RunningHost host;

    AnyHostTest(TestedHost tested) throws Exception {
        host = tested.start(io, TestedHost.Settings.LOCAL);
    }

    @AfterEach
    void close() throws Exception {
        for (var each : open.reversed()) {
            each.close();
        }
        host.close();
        http.close();
    }

    private int port() {
        return host.address().getPort();
    }

    /// A WebSocket of Engine.IO that joins the main namespace and reads.
    private static final class Reader implements WebSocket.Listener {
        private final LinkedBlockingQueue<String> texts = new LinkedBlockingQueue<>();
        private final LinkedBlockingQueue<Integer> closes = new LinkedBlockingQueue<>();
        private final StringBuilder pieces = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            pieces.append(data);
            if (last) {
                texts.add(pieces.toString());
                pieces.setLength(0);
            }
            socket.request(1);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closes.add(code);
            return CompletableFuture.completedStage(null);
        }

        void awaitText(String wanted) throws InterruptedException {
            var text = "";
            while (!text.equals(wanted)) {
                text = Objects.requireNonNull(texts.poll(30, SECONDS), "no " + wanted);
            }
        }
    }

    private WebSocket join(Reader reader) {
        var target = "ws://127.0.0.1:" + port() + "/socket.io/?EIO=4&transport=websocket";
        var socket = http.newWebSocketBuilder().buildAsync(URI.create(target), reader).join();
        open.add(socket::abort);
        socket.sendText("40", true).join();
        return socket;
    }

    /// A client that polls, at the address of its session.
    private final class Poller {
        private final String session;

        Poller() throws Exception {
            var base = "http://127.0.0.1:" + port() + "/socket.io/?EIO=4&transport=polling";
            var handshake = send(HttpRequest.newBuilder(URI.create(base)).build());
            session = base + "&sid=" + handshake.replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");
            post("40");
        }

        private String send(HttpRequest request) throws Exception {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }

        void post(String body) throws Exception {
            var post = HttpRequest.BodyPublishers.ofString(body);
            send(HttpRequest.newBuilder(URI.create(session)).POST(post).build());
        }

        void awaitText(String wanted) throws Exception {
            var body = "";
            while (!List.of(body.split("\u001e")).contains(wanted)) {
                body = send(HttpRequest.newBuilder(URI.create(session)).build());
            }
        }
    }

    @Test
    void manyClientsReceiveABroadcastAndLeaveNothingBehind() throws Exception {
        var readers = new ArrayList<Reader>();
        var sockets = new ArrayList<WebSocket>();
        for (int i = 0; i < MANY; i++) {
            readers.add(new Reader());
            sockets.add(join(readers.getLast()));
        }
        var pollers = new ArrayList<Poller>();
        for (int i = 0; i < MANY / 10; i++) {
            pollers.add(new Poller());
        }
        await().until(() -> io.sockets().size() == MANY + MANY / 10);
        io.emit("all", 7);
        for (var reader : readers) {
            reader.awaitText("42[\"all\",7]");
        }
        for (var poller : pollers) {
            poller.awaitText("42[\"all\",7]");
        }
        // Half say goodbye, half just go.
        for (int i = 0; i < MANY; i++) {
            if (i % 2 == 0) {
                var _ = sockets.get(i).sendClose(WebSocket.NORMAL_CLOSURE, "");
            } else {
                sockets.get(i).abort();
            }
        }
        for (var poller : pollers) {
            poller.post("1");
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> io.engine().clientsCount() == 0);
        assertThat(io.sockets()).isEmpty();
    }

    @Test
    void aMessageOverTheLimitClosesTheWebSocketWith1009() throws Exception {
        var reader = new Reader();
        var socket = join(reader);
        var _ = socket.sendText("42[\"" + "x".repeat(1_000_001) + "\"]", true);
        assertThat(reader.closes.poll(30, SECONDS)).isEqualTo(1009);
        await().until(() -> io.engine().clientsCount() == 0);
    }

    /// A connection that has opened a WebSocket and joined, byte by byte.
    private Socket joinedByHand() throws IOException {
        var socket = new Socket();
        open.add(socket);
        socket.setReceiveBufferSize(4096);
        socket.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port()));
        socket.getOutputStream()
                .write(
                        """
                        GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r
                        Host: 127.0.0.1\r
                        Upgrade: websocket\r
                        Connection: Upgrade\r
                        Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r
                        Sec-WebSocket-Version: 13\r
                        \r
                        """
                                .getBytes(US_ASCII));
        // The answer; a container takes no frame before it.
        assertThat(socket.getInputStream().read(new byte[4096])).isPositive();
        socket.getOutputStream().write(frame(0x81, "40"));
        return socket;
    }

    /// A frame of a client, with a mask of zeros.
    private static byte[] frame(int first, String text) {
        var frame = new ByteArrayOutputStream();
        frame.write(first);
        frame.write(0x80 | text.length());
        frame.writeBytes(new byte[4]);
        frame.writeBytes(text.getBytes(US_ASCII));
        return frame.toByteArray();
    }

    @Test
    void aClientThatDoesNotReadIsClosedAndTheOthersAreServed() throws Exception {
        var reader = new Reader();
        join(reader);
        var _ = joinedByHand();
        await().until(() -> io.sockets().size() == 2);
        var text = "x".repeat(100_000);
        await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> {
                            io.emit("news", text);
                            return io.sockets().size() == 1;
                        });
        io.emit("still");
        reader.awaitText("42[\"still\"]");
    }

    @Test
    void aClientThatLeavesRightBehindItsMessagesIsHeard() throws Exception {
        var heard = new AtomicInteger();
        var reasons = new LinkedBlockingQueue<Object>();
        io.onConnection(
                socket -> {
                    socket.on("n", heard::incrementAndGet);
                    socket.onDisconnect(reason -> reasons.add(reason));
                });
        for (int round = 0; round < 10; round++) {
            heard.set(0);
            var socket = joinedByHand();
            var all = new ByteArrayOutputStream();
            for (int i = 0; i < 500; i++) {
                all.writeBytes(frame(0x81, "42[\"n\"]"));
            }
            all.writeBytes(frame(0x81, "41"));
            all.writeBytes(frame(0x88, ""));
            socket.getOutputStream().write(all.toByteArray());
            assertThat(String.valueOf(reasons.poll(30, SECONDS)))
                    .isEqualTo("client namespace disconnect");
            assertThat(heard).hasValue(500);
        }
    }
}
