package io.natter.netty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.natter.host.HttpLimits;
import java.io.IOException;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.http.server.HttpServer;

/// Requests that servers read in different ways are refused (RFC 9112 §11.2).
@ExtendWith(NoLeaks.class)
@SuppressWarnings("StringConcatToTextBlock") // lines of HTTP end with \r\n
class StrictHttpTest {
    private final Echo echo = new Echo();
    private final NettyHost host =
            NettyHost.builder().host("127.0.0.1").endpoint(echo).threads(1).listen();

    @AfterEach
    void stop() {
        host.close();
    }

    private static String status(int port, String request) throws IOException {
        try (var client = new RawClient(port)) {
            client.send(request.getBytes(ISO_8859_1));
            var answer = client.answer();
            if (!answer.startsWith("HTTP/1.1 200 ")) {
                assertThat(answer).containsIgnoringCase("connection: close\r\n");
                assertThat(client.atEnd()).isTrue();
            }
            return answer.substring(9, 12);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/9.9", "HTTP/2.0", "HTTP/1.2", "HTTP/0.9"})
    void anotherVersionIsRefused(String version) throws Exception {
        assertThat(status(host.port(), "GET /echo " + version + "\r\nHost: x\r\n\r\n"))
                .isEqualTo("505");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /echo http/1.1",
                "GET /echo HTTP/1.1x",
                "GET /echo HTTP/11",
                "GET\t/echo HTTP/1.1",
                "GET /echo\tHTTP/1.1",
                "GET  /echo HTTP/1.1",
                "GET /echo  HTTP/1.1",
                "GET /echo HTTP/1.1 ",
                "GET /echo",
                "GET /ec\u0001ho HTTP/1.1",
                "GET /echo\u007f HTTP/1.1",
                "GET /echo/\u00e9 HTTP/1.1",
                "GET /echo?\u00ff HTTP/1.1",
                "GET /echo a HTTP/1.1",
                " GET /echo HTTP/1.1"
            })
    void aBadRequestLineIsRefused(String line) throws Exception {
        assertThat(status(host.port(), line + "\r\nHost: x\r\n\r\n")).isEqualTo("400");
    }

    @ParameterizedTest
    @ValueSource(strings = {" b", "\tb", " ", "\t"})
    void aFoldedHeaderIsRefused(String fold) throws Exception {
        assertThat(
                        status(
                                host.port(),
                                "GET /echo HTTP/1.1\r\nHost: x\r\nA: a\r\n" + fold + "\r\n\r\n"))
                .isEqualTo("400");
        assertThat(status(host.port(), "GET /echo HTTP/1.1\r\n" + fold + "\r\nHost: x\r\n\r\n"))
                .isEqualTo("400");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gzip, chunked",
                "chunked, chunked",
                "gzip",
                "identity",
                "chunked;a",
                "\"chunked\""
            })
    void anotherTransferCodingIsRefused(String coding) throws Exception {
        var request =
                "POST /echo/body HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: "
                        + coding
                        + "\r\n\r\n0\r\n\r\n";
        assertThat(status(host.port(), request)).isIn("400", "501");
    }

    @Test
    void chunkedInAnySpellingIsTaken() throws Exception {
        for (var coding : new String[] {"chunked", "Chunked"}) {
            var request =
                    "POST /echo/body HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: "
                            + coding
                            + "\r\n\r\n1\r\na\r\n0\r\n\r\n";
            assertThat(status(host.port(), request)).isEqualTo("200");
        }
    }

    /// A head is judged the same however it is cut.
    @Test
    void aHeadThatComesByteByByteIsTaken() throws Exception {
        try (var client = new RawClient(host.port())) {
            for (char c :
                    "\r\nPOST /echo/body HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n a\n\t"
                            .toCharArray()) {
                client.send(new byte[] {(byte) c});
            }
            assertThat(client.answer()).endsWith("\r\n\r\n a\n\t");
            client.send("GET /echo/2 HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.answer()).endsWith("GET /echo/2 ");
        }
    }

    @Test
    void moreThanAHundredHeadersAreRefusedAndCounted() throws Exception {
        var headers = new ArrayList<String>();
        for (int i = 0; i < 99; i++) {
            headers.add("a" + i + ": 1\r\n");
        }
        var most = String.join("", headers);
        assertThat(status(host.port(), "GET /echo HTTP/1.1\r\nHost: x\r\n" + most + "\r\n"))
                .isEqualTo("200");
        assertThat(status(host.port(), "GET /echo HTTP/1.1\r\nHost: x\r\n" + most + "b: 1\r\n\r\n"))
                .isEqualTo("431");
        assertThat(
                        status(
                                host.port(),
                                "GET /echo HTTP/1.1\r\nHost: x\r\n" + "b: 1\r\n".repeat(2000)))
                .isEqualTo("431");
        await().untilAsserted(() -> assertThat(host.metrics().badRequests()).isEqualTo(2));
    }

    @Test
    void theNumberOfHeadersIsAnOption() throws Exception {
        try (var other =
                NettyHost.builder()
                        .host("127.0.0.1")
                        .endpoint(echo)
                        .rules(HttpLimits.DEFAULT.withMaxHeaderCount(3))
                        .listen()) {
            var request = "GET /echo HTTP/1.1\r\nHost: x\r\nA: 1\r\nA: 2\r\n";
            assertThat(status(other.port(), request + "\r\n")).isEqualTo("200");
            assertThat(status(other.port(), request + "A: 3\r\n\r\n")).isEqualTo("431");
        }
    }

    /// Behind somebody else's codec what it shows is judged alike.
    @Test
    void anAttachedEndpointIsAsStrict() throws Exception {
        var server =
                HttpServer.create()
                        .host("127.0.0.1")
                        .port(0)
                        .httpRequestDecoder(spec -> spec.maxHeaderSize(16 * 1024))
                        .doOnChannelInit(
                                (_, channel, _) -> NettyHost.attach(channel.pipeline(), echo))
                        .bindNow();
        try {
            int port = server.port();
            assertThat(status(port, "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n")).isEqualTo("200");
            assertThat(status(port, "GET /echo HTTP/1.2\r\nHost: x\r\n\r\n")).isEqualTo("505");
            assertThat(status(port, "GET /echo/\u00e9 HTTP/1.1\r\nHost: x\r\n\r\n"))
                    .isEqualTo("400");
            assertThat(
                            status(
                                    port,
                                    "POST /echo/body HTTP/1.1\r\nHost: x\r\n"
                                            + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"))
                    .isEqualTo("501");
            assertThat(
                            status(
                                    port,
                                    "GET /echo HTTP/1.1\r\nHost: x\r\n"
                                            + "b: 1\r\n".repeat(100)
                                            + "\r\n"))
                    .isEqualTo("431");
        } finally {
            server.disposeNow();
        }
    }
}
