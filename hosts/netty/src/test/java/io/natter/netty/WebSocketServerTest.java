package io.natter.netty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.natter.host.HttpResponse;
import io.natter.host.UpgradeExchange.Deflate;
import io.natter.host.dispatch.Dispatch;
import io.natter.websocket.WebSocketServer;
import io.natter.websocket.WebSocketServerOptions;
import io.natter.websocket.WebSocketSession;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServer;

/// Plain WebSockets as npm `ws` has them.
@ExtendWith(NoLeaks.class)
@ParameterizedClass
@EnumSource(Dispatch.class)
class WebSocketServerTest {
    private final Dispatch dispatch;
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<WebSocketSession> sockets = new LinkedBlockingQueue<>();
    private WebSocketServer server;
    private NettyHost host;

    WebSocketServerTest(Dispatch dispatch) {
        this.dispatch = dispatch;
        server = WebSocketServer.create(options().build());
        host = host();
    }

    private WebSocketServerOptions.Builder options() {
        return WebSocketServerOptions.builder().dispatch(dispatch);
    }

    private NettyHost host() {
        return NettyHost.builder().host("127.0.0.1").endpoint(server).threads(2).listen();
    }

    private void restart(WebSocketServerOptions options) {
        host.close();
        server = WebSocketServer.create(options);
        host = host();
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private RawClient open() throws IOException {
        return RawClient.webSocket(host.port(), "/");
    }

    private WebSocketSession socket() throws InterruptedException {
        return Objects.requireNonNull(sockets.poll(10, SECONDS));
    }

    private String event() throws InterruptedException {
        return Objects.requireNonNull(events.poll(10, SECONDS));
    }

    private String answerTo(String headers) throws IOException {
        try (var client = new RawClient(host.port())) {
            client.send(RawClient.handshake("/", headers));
            return client.head();
        }
    }

    @Test
    void tellsOfOpenMessagePingPongAndClose() throws Exception {
        server.onConnection(
                socket -> {
                    events.add("open " + socket.request().path());
                    socket.onMessage(text -> events.add("text " + text))
                            .onBinary(data -> events.add("binary " + data.length))
                            .onPing(data -> events.add("ping " + data.length))
                            .onPong(data -> events.add("pong " + data.length))
                            .onClose((code, reason) -> events.add("close " + code + reason));
                });
        try (var client = open()) {
            client.send(RawClient.text("é"));
            client.send(RawClient.masked(0x82, new byte[3]));
            client.send(RawClient.masked(0x89, new byte[2]));
            client.send(RawClient.masked(0x8a, new byte[1]));
            client.hex("88 85 00 00 00 00 03 e8 62 79 65");
            assertThat(client.hex(4)).isEqualTo("8a 02 00 00");
            assertThat(client.hex(4)).isEqualTo("88 02 03 e8");
        }
        for (var expected :
                List.of("open /", "text é", "binary 3", "ping 2", "pong 1", "close 1000bye")) {
            assertThat(event()).isEqualTo(expected);
        }
        assertThat(server.clients()).isEmpty();
    }

    @Test
    void sendsToOneToAllAndToAllButOne() throws Exception {
        server.onConnection(sockets::add);
        try (var a = open();
                var b = open();
                var c = open()) {
            var first = socket();
            var all = List.of(first, socket(), socket());
            assertThat(server.clients()).containsExactlyInAnyOrderElementsOf(all);
            first.send("one");
            first.send(new byte[] {1});
            first.broadcast("others");
            first.broadcast(new byte[] {2});
            server.broadcast("all");
            server.broadcast(new byte[] {3});
            server.broadcast("some", socket -> socket.equals(first));
            var got = new ArrayList<List<String>>();
            for (var client : List.of(a, b, c)) {
                var frames = new ArrayList<String>();
                while (!frames.contains("2:03")) {
                    var frame = client.frame();
                    frames.add(frame.opcode() == 1 ? frame.text() : "2:0" + frame.payload()[0]);
                }
                got.add(frames);
            }
            // Which client is the first is not known; a message to it comes behind those to all.
            assertThat(got)
                    .containsExactlyInAnyOrder(
                            List.of("one", "2:01", "all", "2:03"),
                            List.of("others", "2:02", "all", "2:03"),
                            List.of("others", "2:02", "all", "2:03"));
        }
    }

    @Test
    void handlesTheMessagesOfASocketOneAtATimeAndInOrder() throws Exception {
        var busy = new Semaphore(1);
        server.onConnection(
                socket ->
                        socket.onMessage(
                                text -> {
                                    events.add((busy.tryAcquire() ? "" : "overlap ") + text);
                                    busy.release();
                                }));
        try (var client = open()) {
            for (int i = 0; i < 2000; i++) {
                client.send(RawClient.text("m" + i));
            }
            for (int i = 0; i < 2000; i++) {
                assertThat(event()).isEqualTo("m" + i);
            }
        }
    }

    @Test
    void chooseASubprotocolThatIsOffered() throws Exception {
        restart(options().subprotocols("echo-protocol", "other").build());
        server.onConnection(sockets::add);
        assertThat(answerTo("Sec-WebSocket-Protocol: x, echo-protocol\r\n"))
                .contains("\r\nSec-WebSocket-Protocol: echo-protocol\r\n");
        assertThat(socket().subprotocol()).isEqualTo("echo-protocol");
        assertThat(answerTo("Sec-WebSocket-Protocol: x\r\n"))
                .startsWith("HTTP/1.1 101 ")
                .doesNotContain("Protocol:");
    }

    @Test
    void refusesByTheRequest() throws Exception {
        restart(
                options()
                        .verifyClient(
                                request ->
                                        request.rawQuery().equals("in")
                                                ? null
                                                : HttpResponse.text(401, "who are you\n"))
                        .build());
        assertThat(answerTo("")).startsWith("HTTP/1.1 401 ");
        try (var client = RawClient.webSocket(host.port(), "/?in")) {
            client.hex("88 80 00 00 00 00");
            assertThat(client.hex(2)).isEqualTo("88 00");
        }
    }

    @Test
    void servesOnePathOnlyIfToldSo() throws Exception {
        restart(options().path("/chat").build());
        assertThat(answerTo("")).startsWith("HTTP/1.1 404 ");
        try (var client = RawClient.webSocket(host.port(), "/chat")) {
            client.hex("88 80 00 00 00 00");
            assertThat(client.hex(2)).isEqualTo("88 00");
        }
    }

    @Test
    void leavesPagesToTheHost() throws Exception {
        try (var client = new RawClient(host.port())) {
            client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.answer())
                    .startsWith("HTTP/1.1 404 ")
                    .endsWith("Served here: WebSocket at every path\n");
        }
    }

    @Test
    void keepsASocketWhoseHandlerThrowsAndTellsTheErrorHandler() throws Exception {
        server.onConnection(
                socket ->
                        socket.onMessage(
                                        text -> {
                                            if (text.equals("bad")) {
                                                throw new IllegalStateException("on purpose");
                                            }
                                            socket.send(text);
                                        })
                                .onError(e -> events.add("error " + e.getMessage())));
        try (var client = open()) {
            client.send(RawClient.text("bad"));
            assertThat(event()).isEqualTo("error on purpose");
            client.send(RawClient.text("good"));
            assertThat(client.frame().text()).isEqualTo("good");
        }
    }

    @Test
    void closesASocketWhoseHandlerThrowsAnErrorAndHandlesTheEnd() throws Exception {
        server.onConnection(
                socket ->
                        socket.onMessage(
                                        _ -> {
                                            throw new StackOverflowError();
                                        })
                                .onClose((code, _) -> events.add("close " + code)));
        try (var client = open()) {
            client.send(RawClient.text("bad"));
            assertThat(client.frame().closeCode()).isEqualTo(1011);
            client.hex("88 82 00 00 00 00 03 f3");
            assertThat(client.atEnd()).isTrue();
            assertThat(event()).isEqualTo("close 1011");
            await().untilAsserted(() -> assertThat(server.metrics().failures()).isEqualTo(1));
        }
    }

    @Test
    void closesWithACodeThatMayBeSent() throws Exception {
        server.onConnection(sockets::add);
        try (var client = open()) {
            var socket = socket();
            assertThatThrownBy(() -> socket.close(1005, ""))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> socket.ping(new byte[126]))
                    .isInstanceOf(IllegalArgumentException.class);
            socket.ping("hi".getBytes(UTF_8));
            socket.close(4000, "why");
            assertThat(client.hex(4)).isEqualTo("89 02 68 69");
            assertThat(client.hex(7)).isEqualTo("88 05 0f a0 77 68 79");
        }
    }

    @Test
    void closesASocketThatReadsTooSlowlyAndNoOther() throws Exception {
        restart(options().maxWaitingBytes(100_000).build());
        server.onConnection(
                socket -> {
                    socket.onClose((code, reason) -> events.add(code + " " + reason));
                    sockets.add(socket);
                });
        try (var slow = open()) {
            var slowSocket = socket();
            try (var quick = open()) {
                var quickSocket = socket();
                for (int i = 0; slowSocket.isOpen(); i++) {
                    assertThat(i).isLessThan(1000);
                    server.broadcast(new byte[100_000]);
                    assertThat(quick.frame().payload()).hasSize(100_000);
                }
                assertThat(event()).matches("1006 the peer reads too slowly: \\d+ bytes wait");
                assertThat(quickSocket.isOpen()).isTrue();
                await().untilAsserted(() -> assertThat(server.metrics().closedSlow()).isEqualTo(1));
            }
            assertThat(slow.bytes(1)).isNotEmpty();
        }
    }

    @Test
    void makesAClientWaitThatIsFasterThanItsHandlers() throws Exception {
        var go = new CountDownLatch(1);
        server.onConnection(
                socket ->
                        socket.onBinary(
                                data -> {
                                    try {
                                        go.await();
                                    } catch (InterruptedException _) {
                                        Thread.currentThread().interrupt();
                                    }
                                    events.add("done");
                                }));
        try (var client = open()) {
            var sent = new Semaphore(0);
            int total = 500;
            var sender =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        var frame = RawClient.masked(0x82, new byte[100_000]);
                                        for (int i = 0; i < total; i++) {
                                            try {
                                                client.send(frame);
                                            } catch (IOException e) {
                                                throw new java.io.UncheckedIOException(e);
                                            }
                                            sent.release();
                                        }
                                    });
            await().until(() -> host.metrics().messagesIn() > 0);
            // The kernel's buffers take some; what is read stops growing all the same. INLINE it
            // stops at the first message, for the event loop itself waits.
            int most = dispatch == Dispatch.INLINE ? 1 : 19;
            await().during(java.time.Duration.ofMillis(300))
                    .until(() -> host.metrics().messagesIn() <= most);
            assertThat(sent.availablePermits()).isLessThan(total);
            go.countDown();
            for (int i = 0; i < total; i++) {
                assertThat(event()).isEqualTo("done");
            }
            sender.join();
        }
    }

    @Test
    void tellsEverybodyWhenItCloses() throws Exception {
        server.onConnection(
                socket -> socket.onClose((code, reason) -> events.add(code + " " + reason)));
        try (var client = open();
                var silent = open()) {
            await().until(() -> server.clients().size() == 2);
            var closing = Thread.ofVirtual().start(host::close);
            assertThat(client.frame().closeCode()).isEqualTo(1001);
            client.hex("88 82 00 00 00 00 03 e9");
            assertThat(event()).isEqualTo("1001 ");
            assertThat(silent.frame().closeCode()).isEqualTo(1001);
            assertThat(event()).startsWith("1006 ");
            closing.join();
        }
    }

    @Test
    void sharesThePortAndThePathOfAnotherServer() throws Exception {
        server.onConnection(socket -> socket.onMessage(server::broadcast));
        var shared =
                HttpServer.create()
                        .host("127.0.0.1")
                        .port(0)
                        .doOnChannelInit(
                                (_, channel, _) -> NettyHost.attach(channel.pipeline(), server))
                        .handle((_, out) -> out.sendString(Mono.just("page")))
                        .bindNow();
        try (var page = new RawClient(shared.port());
                var one = RawClient.webSocket(shared.port(), "/");
                var two = RawClient.webSocket(shared.port(), "/")) {
            page.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(page.answer()).endsWith("page");
            await().until(() -> server.clients().size() == 2);
            one.send(RawClient.text("hello"));
            assertThat(one.frame().text()).isEqualTo("hello");
            assertThat(two.frame().text()).isEqualTo("hello");
        } finally {
            shared.disposeNow();
        }
    }

    @Test
    void compressesWhereItIsAgreed() throws Exception {
        restart(options().perMessageDeflate(new Deflate(10)).build());
        server.onConnection(socket -> socket.onMessage(socket::send));
        try (var client = new RawClient(host.port())) {
            client.send(
                    RawClient.handshake("/", "Sec-WebSocket-Extensions: permessage-deflate\r\n"));
            assertThat(client.head()).contains("permessage-deflate");
            client.send(RawClient.text("a".repeat(1000)));
            assertThat(client.frame()).returns(0xc1, RawClient.In::first);
        }
    }

    @Test
    void logsFewOfTheFailuresThatAClientCauses() throws Exception {
        var logger = (Logger) LoggerFactory.getLogger(WebSocketServer.class);
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.ERROR);
        logger.setAdditive(false);
        server.onConnection(
                socket ->
                        socket.onMessage(
                                text -> {
                                    if (text.equals("end")) {
                                        events.add(text);
                                    } else {
                                        throw new IllegalStateException("on purpose");
                                    }
                                }));
        try (var client = open()) {
            for (int i = 0; i < 1000; i++) {
                client.send(RawClient.text("fail"));
            }
            client.send(RawClient.text("end"));
            assertThat(event()).isEqualTo("end");
            assertThat(log.list).hasSizeLessThan(10);
        } finally {
            logger.setLevel(null);
            logger.setAdditive(true);
            logger.detachAppender(log);
        }
    }
}
