package io.natter.netty;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.natter.host.PreparedMessage;
import io.natter.host.UpgradeExchange.Acceptance;
import io.natter.host.WebSocketConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// RFC 6455 from the handshake to the close, in literal bytes.
@ExtendWith(NoLeaks.class)
@ParameterizedClass
@EnumSource(
        value = IoTransport.class,
        names = {"EPOLL", "NIO"})
@SuppressWarnings("StringConcatToTextBlock") // lines of HTTP end with \r\n
class WebSocketTest {
    private final Echo echo = new Echo();
    private final NettyHost host;

    WebSocketTest(IoTransport transport) {
        host =
                NettyHost.builder()
                        .host("127.0.0.1")
                        .endpoint(echo)
                        .transport(transport)
                        .threads(1)
                        .listen();
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private RawClient open() throws IOException {
        return RawClient.webSocket(host.port(), "/echo");
    }

    private WebSocketConnection connection() throws InterruptedException {
        return Objects.requireNonNull(echo.opened.poll(10, SECONDS));
    }

    private String event() throws InterruptedException {
        return Objects.requireNonNull(echo.events.poll(10, SECONDS));
    }

    private String answerTo(String request) throws IOException {
        try (var client = new RawClient(host.port())) {
            client.send(request);
            return client.answer();
        }
    }

    // §4.2.2, with the RFC's own key
    @Test
    void answersTheHandshakeWithTheHashOfTheKey() throws Exception {
        try (var client = new RawClient(host.port())) {
            client.send(RawClient.handshake("/echo?a=b", ""));
            assertThat(client.head())
                    .isEqualTo(
                            "HTTP/1.1 101 Switching Protocols\r\n"
                                    + "Upgrade: websocket\r\n"
                                    + "Connection: Upgrade\r\n"
                                    + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n");
        }
    }

    @Test
    void addsHeadersAndTheSubprotocolToTheHandshake() throws Exception {
        echo.upgrade =
                exchange ->
                        exchange.accept(
                                exchange.strand(),
                                new Acceptance(
                                        Map.of("X-More", List.of("1", "2")), "chat", 100, null),
                                echo::open);
        try (var client = new RawClient(host.port())) {
            client.send(RawClient.handshake("/echo", "Sec-WebSocket-Protocol: chat, other\r\n"));
            assertThat(client.head())
                    .contains("Sec-WebSocket-Protocol: chat\r\n", "X-More: 1\r\nX-More: 2\r\n");
        }
    }

    // §4.2.1
    @Test
    void refusesAnInvalidHandshake() throws Exception {
        var good = RawClient.handshake("/echo", "");
        assertThat(answerTo(good.replace("GET", "PUT"))).startsWith("HTTP/1.1 400 ");
        assertThat(answerTo(good.replace("HTTP/1.1", "HTTP/1.0"))).startsWith("HTTP/1.1 400 ");
        assertThat(answerTo(good.replace(RawClient.KEY, "c2hvcnQ="))).contains("16 bytes");
        assertThat(answerTo(good.replace("Sec-WebSocket-Key", "X"))).contains("16 bytes");
        assertThat(answerTo(good.replace(": 13", ": 8")))
                .startsWith("HTTP/1.1 426 ")
                .contains("Sec-WebSocket-Version: 13\r\n");
        assertThat(echo.opened).isEmpty();
    }

    @Test
    void treatsAnUpgradeToSomethingElseAsPlainHttp() throws Exception {
        assertThat(
                        answerTo(
                                "GET /echo/h HTTP/1.1\r\nHost: x\r\nUpgrade: h2c\r\n"
                                        + "Connection: Upgrade\r\n\r\n"))
                .endsWith("GET /echo/h ");
    }

    @Test
    void refusesWithPlainHttpAndCloses() throws Exception {
        echo.upgrade = exchange -> exchange.refuse(Echo.ok("no"));
        try (var client = new RawClient(host.port())) {
            client.send(RawClient.handshake("/echo", ""));
            assertThat(client.answer()).startsWith("HTTP/1.1 200 ").endsWith("no");
            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void acceptsLaterFromAnotherThread() throws Exception {
        echo.upgrade = exchange -> Thread.ofVirtual().start(() -> echo.accept(exchange));
        try (var client = open()) {
            client.send(RawClient.text("x"));
            assertThat(client.frame().text()).isEqualTo("x");
        }
    }

    @Test
    void opensAndClosesAtOnceForAClientThatHasGone() throws Exception {
        var asked = new java.util.concurrent.LinkedBlockingQueue<io.natter.host.UpgradeExchange>();
        echo.upgrade = asked::add;
        try (var client = new RawClient(host.port())) {
            client.send(RawClient.handshake("/echo", ""));
            var exchange = Objects.requireNonNull(asked.poll(10, SECONDS));
            client.reset();
            await().until(() -> host.metrics().aborts() == 1);
            echo.accept(exchange);
            var connection = connection();
            assertThat(event()).startsWith("closed 1006 ");
            connection.strand().execute(() -> connection.sendText("nobody hears"));
            assertThat(connection.waitingBytes()).isZero();
        }
    }

    // §5.7, the RFC's examples
    @Test
    void readsTheExamplesOfTheRfc() throws Exception {
        try (var client = open()) {
            client.hex("81 85 37 fa 21 3d 7f 9f 4d 51 58");
            assertThat(client.hex(7)).isEqualTo("81 05 48 65 6c 6c 6f");
            client.hex("89 85 37 fa 21 3d 7f 9f 4d 51 58");
            assertThat(client.hex(7)).isEqualTo("8a 05 48 65 6c 6c 6f");
            assertThat(event()).isEqualTo("ping Hello");
            client.hex("01 83 00 00 00 00 48 65 6c  80 82 00 00 00 00 6c 6f");
            assertThat(client.hex(7)).isEqualTo("81 05 48 65 6c 6c 6f");
            client.send(RawClient.masked(0x82, new byte[256]));
            assertThat(client.hex(4)).isEqualTo("82 7e 01 00");
            assertThat(client.bytes(256)).isEqualTo(new byte[256]);
            client.send(RawClient.masked(0x82, new byte[65536]));
            assertThat(client.hex(10)).isEqualTo("82 7f 00 00 00 00 00 01 00 00");
            assertThat(client.bytes(65536)).isEqualTo(new byte[65536]);
        }
    }

    @Test
    void readsFramesThatComeOneByteAtATime() throws Exception {
        try (var client = open()) {
            for (var octet : RawClient.text("é€😀 and some more")) {
                client.send(new byte[] {octet});
            }
            assertThat(client.frame().text()).isEqualTo("é€😀 and some more");
            client.send(RawClient.masked(0x82, new byte[0]));
            assertThat(client.frame().payload()).isEmpty();
        }
    }

    @Test
    void readsManyFramesOfOneWrite() throws Exception {
        try (var client = open()) {
            var many = new java.io.ByteArrayOutputStream();
            for (int i = 0; i < 1000; i++) {
                many.writeBytes(RawClient.text("message " + i));
            }
            client.send(many.toByteArray());
            for (int i = 0; i < 1000; i++) {
                assertThat(client.frame().text()).isEqualTo("message " + i);
            }
        }
    }

    // §5.4, §5.5
    @Test
    void letsControlFramesComeBetweenFragments() throws Exception {
        try (var client = open()) {
            client.send(RawClient.masked(0x01, bytes("one ")));
            client.send(RawClient.masked(0x89, bytes("ping")));
            assertThat(client.frame())
                    .returns(0x8a, RawClient.In::first)
                    .returns("ping", RawClient.In::text);
            client.send(RawClient.masked(0x00, bytes("two ")));
            client.send(RawClient.masked(0x8a, bytes("pong")));
            client.send(RawClient.masked(0x00, new byte[0]));
            client.send(RawClient.masked(0x80, bytes("three")));
            assertThat(client.frame().text()).isEqualTo("one two three");
            assertThat(event()).isEqualTo("ping ping");
            assertThat(event()).isEqualTo("pong pong");
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    // §5.2, §5.4, §5.5: each is a protocol error
    @Test
    void closesWith1002WhenARuleOfFramingIsBroken() throws Exception {
        closes(1002, "81 05 48 65 6c 6c 6f"); // not masked
        closes(1002, "c1 80 00 00 00 00"); // RSV1 without an extension
        closes(1002, "a1 80 00 00 00 00"); // RSV2
        closes(1002, "91 80 00 00 00 00"); // RSV3
        closes(1002, "83 80 00 00 00 00"); // reserved opcode 3
        closes(1002, "8b 80 00 00 00 00"); // reserved opcode 11
        closes(1002, "09 80 00 00 00 00"); // fragmented ping
        closes(1002, "89 fe 00 7e 00 00 00 00"); // ping of 126 bytes
        closes(1002, "80 80 00 00 00 00"); // continuation of nothing
        closes(1002, "01 80 00 00 00 00 81 80 00 00 00 00"); // message inside a message
        closes(1002, "82 fe 00 05 00 00 00 00"); // length 5 in 16 bits
        closes(1002, "82 ff 00 00 00 00 00 00 00 05 00 00 00 00"); // length 5 in 64 bits
        closes(1002, "82 ff ff ff ff ff ff ff ff ff 00 00 00 00"); // highest bit of a length
        await().untilAsserted(() -> assertThat(host.metrics().violations()).isEqualTo(13));
    }

    // §5.5.1, §7.4
    @Test
    void closesWith1002ForACloseFrameThatIsWrong() throws Exception {
        closes(1002, "88 81 00 00 00 00 03"); // one byte
        closes(1002, "88 82 00 00 00 00 03 e7"); // 999
        closes(1002, "88 82 00 00 00 00 03 ec"); // 1004
        closes(1002, "88 82 00 00 00 00 03 ed"); // 1005
        closes(1002, "88 82 00 00 00 00 03 ee"); // 1006
        closes(1002, "88 82 00 00 00 00 03 f7"); // 1015
        closes(1002, "88 82 00 00 00 00 07 d0"); // 2000
        closes(1002, "88 82 00 00 00 00 13 88"); // 5000
        closes(1007, "88 83 00 00 00 00 03 e8 ff"); // reason not UTF-8
    }

    // §8.1
    @Test
    void closesWith1007ForTextThatIsNotUtf8() throws Exception {
        closes(1007, "81 81 00 00 00 00 ff");
        closes(1007, "81 82 00 00 00 00 c0 af"); // overlong
        closes(1007, "81 83 00 00 00 00 ed a0 80"); // surrogate
        closes(1007, "81 84 00 00 00 00 f4 90 80 80"); // past U+10FFFF
        closes(1007, "81 82 00 00 00 00 e2 82"); // ends within a character
        closes(1007, "01 82 00 00 00 00 e2 82 80 80 00 00 00 00"); // and over two fragments
        closes(1007, "01 81 00 00 00 00 ff"); // at once, not at the end of the message
        closes(1007, "81 ff 00 00 00 00 00 01 00 00 00 00 00 00 41 ff"); // nor of the frame
    }

    @Test
    void closesWith1009ForAMessageOverTheLimitBeforeItHasCome() throws Exception {
        echo.maxMessage = 10;
        closes(1009, "82 8b 00 00 00 00");
        closes(1009, "82 ff 7f ff ff ff ff ff ff ff 00 00 00 00");
        closes(1009, "02 88 00 00 00 00 00 00 00 00 00 00 00 00 80 83 00 00 00 00");
        try (var client = open()) {
            client.send(RawClient.masked(0x82, new byte[10]));
            assertThat(client.frame().payload()).hasSize(10);
        }
    }

    /// The close frame reaches the client although it still sends.
    private void closes(int code, String hex) throws Exception {
        try (var client = open()) {
            client.hex(hex);
            var frame = client.frame();
            assertThat(frame.first()).as(hex).isEqualTo(0x88);
            assertThat(frame.closeCode()).as(hex).isEqualTo(code);
            if (code == 1009) {
                assertThat(frame.closeReason()).as("says nothing beside 1009").isEmpty();
                assertThat(event()).startsWith("closed 1009 message larger than ");
            } else {
                assertThat(frame.closeReason()).isNotEmpty();
                assertThat(event()).isEqualTo("closed " + code + " " + frame.closeReason());
            }
            client.send(new byte[100_000]);
            assertThat(client.atEnd()).isTrue();
        }
    }

    // §5.5.1
    @Test
    void answersACloseFrameWithItsCode() throws Exception {
        try (var client = open()) {
            client.hex("88 85 00 00 00 00 03 e8 62 79 65");
            assertThat(client.hex(4)).isEqualTo("88 02 03 e8");
            assertThat(client.atEnd()).isTrue();
            assertThat(event()).isEqualTo("closed 1000 bye");
        }
        try (var client = open()) {
            client.hex("88 80 00 00 00 00");
            assertThat(client.hex(2)).isEqualTo("88 00");
            assertThat(client.atEnd()).isTrue();
            assertThat(event()).isEqualTo("closed 1005 ");
        }
    }

    @Test
    void closesAfterWhatWasWrittenAndWaitsForTheAnswer() throws Exception {
        try (var client = open()) {
            var connection = connection();
            connection
                    .strand()
                    .execute(
                            () -> {
                                connection.sendText("last");
                                connection.close(4001, "é".repeat(100));
                                connection.sendText("never");
                            });
            assertThat(client.frame().text()).isEqualTo("last");
            var close = client.frame();
            assertThat(close.closeCode()).isEqualTo(4001);
            assertThat(close.closeReason()).isEqualTo("é".repeat(61));
            client.send(RawClient.text("ignored"));
            client.hex("88 82 00 00 00 00 0f a1");
            assertThat(client.atEnd()).isTrue();
            assertThat(event()).isEqualTo("closed 4001 ");
        }
    }

    @Test
    void closesWithoutStatus() throws Exception {
        try (var client = open()) {
            var connection = connection();
            connection.strand().execute(() -> connection.close(1005, ""));
            assertThat(client.hex(2)).isEqualTo("88 00");
        }
    }

    @Test
    void tellsOfABrokenConnection() throws Exception {
        try (var client = open()) {
            client.reset();
            assertThat(event()).startsWith("closed 1006 ");
        }
        try (var client = open()) {
            connection();
            connection().strand();
            client.leave();
            assertThat(event()).startsWith("closed 1006 ");
        }
        await().until(() -> host.metrics().webSocketsOpen() == 0);
    }

    @Test
    void terminatesAtOnce() throws Exception {
        try (var client = open()) {
            var connection = connection();
            connection
                    .strand()
                    .execute(
                            () -> {
                                connection.terminate();
                                connection.sendText("too late");
                                connection.close(1000, "too late");
                            });
            assertThat(client.atEnd()).isTrue();
            assertThat(event()).startsWith("closed 1006 ");
        }
    }

    // Their lines are closed when everybody else of the pass has been served.
    @Test
    void terminatesManyOnceThePassIsOver() throws Exception {
        var clients = new ArrayList<RawClient>();
        var connections = new ArrayList<WebSocketConnection>();
        for (int i = 0; i < 20; i++) {
            clients.add(open());
            connections.add(connection());
        }
        var strand = connections.getFirst().strand();
        strand.execute(
                () -> {
                    connections.forEach(WebSocketConnection::terminate);
                    strand.execute(() -> echo.events.add("pass over"));
                });
        assertThat(event()).isEqualTo("pass over");
        for (var client : clients) {
            try (client) {
                assertThat(event()).startsWith("closed 1006 ");
                assertThat(client.atEnd()).isTrue();
            }
        }
    }

    @Test
    void writesEachFormOfAMessage() throws Exception {
        try (var client = open()) {
            var connection = connection();
            var text = new PreparedMessage(PreparedMessage.TEXT, bytes("2[]"), '4', true);
            var binary = new PreparedMessage(PreparedMessage.BINARY, new byte[] {7}, 4, true);
            connection
                    .strand()
                    .execute(
                            () -> {
                                connection.send(text, true);
                                connection.send(text, true);
                                connection.send(text);
                                connection.send(binary);
                                connection.send(binary, true);
                                connection.sendText("2");
                            });
            assertThat(client.hex(6)).isEqualTo("81 04 34 32 5b 5d");
            assertThat(client.hex(6)).isEqualTo("81 04 34 32 5b 5d");
            assertThat(client.hex(5)).isEqualTo("81 03 32 5b 5d");
            assertThat(client.hex(3)).isEqualTo("82 01 07");
            assertThat(client.hex(4)).isEqualTo("82 02 04 07");
            assertThat(client.hex(3)).isEqualTo("81 01 32");
        }
    }

    @Test
    void sharesTheBytesOfAFanOut() throws Exception {
        try (var one = open();
                var two = open()) {
            var first = connection();
            var second = connection();
            var text = new PreparedMessage(PreparedMessage.TEXT, bytes("x"), '4', true);
            var other = new PreparedMessage(PreparedMessage.TEXT, bytes("y"), '4', true);
            first.strand()
                    .execute(
                            () ->
                                    first.strand()
                                            .fanOut(
                                                    text,
                                                    () -> {
                                                        first.send(text, true);
                                                        second.send(text);
                                                        second.send(text, true);
                                                        first.send(other, true);
                                                        first.strand()
                                                                .fanOut(
                                                                        other,
                                                                        () ->
                                                                                second.send(
                                                                                        other,
                                                                                        false));
                                                    }));
            assertThat(one.hex(4)).isEqualTo("81 02 34 78");
            assertThat(one.hex(4)).isEqualTo("81 02 34 79");
            assertThat(two.hex(3)).isEqualTo("81 01 78");
            assertThat(two.hex(4)).isEqualTo("81 02 34 78");
            assertThat(two.hex(3)).isEqualTo("81 01 79");
        }
    }

    @Test
    void saysHowMuchWaitsForASlowReaderAndWhenItTakesMore() throws Exception {
        try (var client = open()) {
            var connection = connection();
            var big = new PreparedMessage(new byte[10_000_000]);
            connection.strand().execute(() -> connection.send(big));
            await().until(() -> connection.waitingBytes() > 1_000_000);
            var writable = new java.util.concurrent.CompletableFuture<Boolean>();
            connection.strand().execute(() -> writable.complete(connection.isWritable()));
            assertThat(writable.get(10, SECONDS)).isFalse();
            assertThat(client.frame().payload()).hasSize(10_000_000);
            assertThat(event()).isEqualTo("writable");
            await().until(() -> connection.waitingBytes() == 0);
        }
    }

    // Small frames lie together, large ones alone; the kernel takes what it likes of either.
    @Test
    void aSlowReaderGetsEveryFrameWholeAndInOrder() throws Exception {
        try (var client = open()) {
            var connection = connection();
            int[] sizes = {1, 125, 126, 4090, 5000, 70_000, 3};
            int count = 7 * 60;
            for (int pass = 0; pass < 60; pass++) {
                int first = pass * sizes.length;
                connection
                        .strand()
                        .execute(
                                () -> {
                                    for (int i = 0; i < sizes.length; i++) {
                                        connection.send(numbered(first + i, sizes[i]));
                                        if (i == 3) {
                                            connection.sendText("between");
                                        }
                                    }
                                });
            }
            await().until(() -> connection.waitingBytes() > 100_000);
            for (int i = 0; i < count; i++) {
                int number = i;
                var payload = client.frame().payload();
                assertThat(payload).hasSize(4 + sizes[i % sizes.length]).endsWith((byte) number);
                assertThat(ByteBuffer.wrap(payload).getInt()).isEqualTo(number);
                if (i % sizes.length == 3) {
                    assertThat(client.frame().payload()).asString().isEqualTo("between");
                }
            }
            await().until(() -> connection.waitingBytes() == 0);
        }
    }

    private static PreparedMessage numbered(int number, int size) {
        var payload = new byte[4 + size];
        Arrays.fill(payload, (byte) number);
        return new PreparedMessage(ByteBuffer.wrap(payload).putInt(number).array());
    }

    @Test
    void closesWith1011WhenTheListenerThrows() throws Exception {
        echo.upgrade =
                exchange ->
                        exchange.accept(
                                exchange.strand(),
                                new Acceptance(Map.of(), null, 100, null),
                                connection -> {
                                    throw new IllegalStateException("on purpose");
                                });
        try (var client = open()) {
            assertThat(client.frame().closeCode()).isEqualTo(1011);
        }
    }
}
