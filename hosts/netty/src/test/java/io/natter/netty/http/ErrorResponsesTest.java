package io.natter.netty.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.natter.host.HttpExchange;
import io.natter.host.HttpResponse;
import io.natter.netty.Echo;
import io.natter.netty.IoTransport;
import io.natter.netty.NettyHost;
import io.natter.netty.NoLeaks;
import io.natter.netty.RawClient;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// The form of an answer on the wire.
@ExtendWith(NoLeaks.class)
@ParameterizedClass
@EnumSource(
        value = IoTransport.class,
        names = {"EPOLL", "NIO"})
class ErrorResponsesTest {
    private static final byte[] NONE = {};

    private final NettyHost host;
    private Function<String, HttpResponse> answer = Echo::ok;

    ErrorResponsesTest(IoTransport transport) {
        var endpoint =
                new Echo() {
                    @Override
                    public void http(HttpExchange exchange) {
                        exchange.respond(answer.apply(exchange.request().rawQuery()));
                    }
                };
        host =
                NettyHost.builder()
                        .host("127.0.0.1")
                        .endpoint(endpoint)
                        .transport(transport)
                        .listen();
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private RawClient client() throws IOException {
        return new RawClient(host.port());
    }

    private static String get(String query) {
        return "GET /echo?" + query + " HTTP/1.1\r\nHost: x\r\n\r\n";
    }

    @Test
    void hasTheHeadersOfTheEndpointAndThoseOfTheHost() throws Exception {
        answer =
                _ ->
                        new HttpResponse(
                                201,
                                Map.of("Set-Cookie", List.of("a=1", "b=é")),
                                "ok".getBytes(UTF_8));
        try (var client = client()) {
            client.send(get(""));
            assertThat(client.answer())
                    .matches(
                            "HTTP/1\\.1 201 Created\r\nSet-Cookie: a=1\r\nSet-Cookie: b=é\r\n"
                                    + "date: [^\r]+ GMT\r\ncontent-length: 2\r\n\r\nok");
        }
    }

    @Test
    void takesTheDateOfTheEndpointButKnowsTheLengthItself() throws Exception {
        answer =
                _ ->
                        new HttpResponse(
                                200,
                                Map.of("DATE", List.of("then"), "Content-Length", List.of("9")),
                                NONE);
        try (var client = client()) {
            client.send(get(""));
            assertThat(client.answer())
                    .isEqualTo("HTTP/1.1 200 OK\r\nDATE: then\r\ncontent-length: 0\r\n\r\n");
        }
    }

    @Test
    void hasNeitherLengthNorBodyWhereTheStatusForbidsIt() throws Exception {
        answer = status -> new HttpResponse(Integer.parseInt(status), Map.of(), new byte[] {'!'});
        try (var client = client()) {
            client.send(get("204") + get("304") + get("200"));
            assertThat(client.head())
                    .startsWith("HTTP/1.1 204 No Content\r\n")
                    .doesNotContain("content-length");
            assertThat(client.head())
                    .startsWith("HTTP/1.1 304 Not Modified\r\n")
                    .doesNotContain("content-length");
            assertThat(client.answer()).endsWith("\r\n\r\n!");
        }
    }

    @Test
    void isAnErrorWhereAHeaderWouldBeTwo() throws Exception {
        for (var end : List.of("", "Connection: close\r\n")) {
            answer = _ -> new HttpResponse(200, Map.of("A", List.of("1\r\nB: 2")), NONE);
            try (var client = client()) {
                client.send("GET /echo HTTP/1.1\r\nHost: x\r\n" + end + "\r\n");
                assertThat(client.answer()).startsWith("HTTP/1.1 500 ").doesNotContain("B: 2");
                assertThat(client.atEnd()).isTrue();
            }
        }
    }

    @Test
    void tellsAnOldClientThatTheConnectionIsKept() throws Exception {
        try (var client = client()) {
            for (var n : List.of("1", "2")) {
                client.send("GET /echo?" + n + " HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
                assertThat(client.answer()).contains("\r\nconnection: keep-alive\r\n").endsWith(n);
            }
        }
    }

    /// The kernel takes some of an answer, then nothing; the rest and the answers behind it wait.
    @Test
    void arrivesWholeAndInOrderWhereTheClientReadsLate() throws Exception {
        answer = n -> Echo.ok(n + " ".repeat(Integer.parseInt(n) % 7 == 0 ? 50_000 : 12_000) + n);
        int count = 1500;
        var requests = new StringBuilder();
        for (int i = 0; i < count; i++) {
            requests.append(get(String.valueOf(i)));
        }
        try (var client = client()) {
            client.send(requests.toString());
            for (int i = 0; i < count; i++) {
                assertThat(client.answer()).contains("\r\n\r\n" + i + " ").endsWith(" " + i);
            }
        }
    }
}
