package io.natter.netty;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.natter.host.HttpExchange;
import io.natter.host.HttpLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(NoLeaks.class)
@ParameterizedClass
@EnumSource(
        value = IoTransport.class,
        names = {"EPOLL", "NIO"})
@SuppressWarnings("StringConcatToTextBlock") // lines of HTTP end with \r\n
class HttpTest {
    private final IoTransport transport;
    private final Echo echo = new Echo();
    private NettyHost host;

    HttpTest(IoTransport transport) {
        this.transport = transport;
        host = start(HttpLimits.DEFAULT);
    }

    private NettyHost start(HttpLimits rules) {
        return NettyHost.builder()
                .host("127.0.0.1")
                .endpoint(echo)
                .transport(transport)
                .rules(rules)
                .listen();
    }

    private void restart(HttpLimits rules) {
        host.close();
        host = start(rules);
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private RawClient client() throws IOException {
        return new RawClient(host.port());
    }

    private HttpExchange waiting() throws InterruptedException {
        return Objects.requireNonNull(echo.waiting.poll(10, SECONDS));
    }

    @Test
    void keepsTheConnectionForTheNextRequest() throws Exception {
        try (var client = client()) {
            client.send("GET /echo/a%20b?x=%20y HTTP/1.1\r\nHost: x\r\n\r\n");
            var answer = client.answer();
            assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").endsWith("GET /echo/a b x=%20y");
            assertThat(answer).containsIgnoringCase("\r\ndate: ").contains(" GMT\r\n");
            client.send("GET /echo/2 HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.answer()).endsWith("GET /echo/2 ");
        }
    }

    @Test
    void takesTheAbsoluteFormOfATarget() throws Exception {
        try (var client = client()) {
            client.send("GET http://x:80/echo/abs?q HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.answer()).endsWith("GET /echo/abs q");
        }
    }

    @Test
    void answersPipelinedRequestsInOrder() throws Exception {
        try (var client = client()) {
            client.send(
                    "GET /echo/wait HTTP/1.1\r\nHost: x\r\n\r\n"
                            + "POST /echo/body HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"
                            + "GET /echo/last HTTP/1.1\r\nHost: x\r\n\r\n");
            var exchange = waiting();
            Thread.ofVirtual().start(() -> exchange.respond(Echo.ok("first")));
            assertThat(client.answer()).endsWith("first");
            assertThat(client.answer()).endsWith("abc");
            assertThat(client.answer()).endsWith("GET /echo/last ");
        }
    }

    @Test
    void readsABodyInChunks() throws Exception {
        try (var client = client()) {
            client.send(
                    "POST /echo/body HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + "3\r\nabc\r\n");
            client.send("2\r\nde\r\n0\r\n\r\n");
            assertThat(client.answer()).endsWith("abcde");
        }
    }

    @Test
    void refusesABodyOverTheLimitAndKeepsTheConnection() throws Exception {
        try (var client = client()) {
            client.send(
                    "POST /echo/body HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\n12345678901");
            assertThat(client.answer()).startsWith("HTTP/1.1 413 ");
            client.send(
                    "POST /echo/body HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + "b\r\n12345678901\r\n0\r\n\r\n");
            assertThat(client.answer()).startsWith("HTTP/1.1 413 ");
            client.send("GET /echo/3 HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.answer()).endsWith("GET /echo/3 ");
            await().untilAsserted(() -> assertThat(host.metrics().bodiesTooLarge()).isEqualTo(2));
        }
    }

    @Test
    void tellsAClientThatAsksToContinue() throws Exception {
        try (var client = client()) {
            client.send(
                    "POST /echo/body HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n"
                            + "Expect: 100-continue\r\n\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 100 Continue\r\n");
            client.send("ok");
            assertThat(client.answer()).startsWith("HTTP/1.1 200").endsWith("ok");
        }
    }

    @Test
    void refusesTooMuchBeforeItIsSentToAClientThatAsks() throws Exception {
        try (var client = client()) {
            client.send(
                    "POST /echo/body HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000000\r\n"
                            + "Expect: 100-continue\r\n\r\n");
            assertThat(client.answer())
                    .startsWith("HTTP/1.1 413 ")
                    .containsIgnoringCase("connection: close");
            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void answersHeadWithTheLengthAlone() throws Exception {
        try (var client = client()) {
            client.send("HEAD /echo/h HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.head()).containsIgnoringCase("content-length: 13\r\n");
            client.send("GET /echo/h HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.answer()).endsWith("GET /echo/h ");
        }
    }

    @Test
    void closesAfterTheAnswerToARequestWithConnectionClose() throws Exception {
        try (var client = client()) {
            client.send("GET /echo/c HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertThat(client.answer())
                    .containsIgnoringCase("connection: close")
                    .endsWith("GET /echo/c ");
            assertThat(client.atEnd()).isTrue();
        }
        try (var client = client()) {
            client.send("GET /echo/old HTTP/1.0\r\n\r\n");
            assertThat(client.answer()).endsWith("GET /echo/old ");
            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void saysWhatIsServedWhereNothingIs() throws Exception {
        try (var client = client()) {
            client.send("GET /other HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.answer())
                    .startsWith("HTTP/1.1 404 ")
                    .endsWith("Not Found: nothing at this path. Served here: /echo\n");
        }
    }

    @Test
    void givesReasonsForBadRequests() throws Exception {
        assertThat(answerTo("GARBAGE\r\n\r\n")).startsWith("HTTP/1.1 400 ").contains("\r\n\r\nBad");
        assertThat(answerTo("GET /echo/x HTTP/1.1\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("Host");
        assertThat(answerTo("GET /echo/%zz HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ");
        assertThat(answerTo("GET /" + "a".repeat(17_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 414 ");
        assertThat(answerTo("GET / HTTP/1.1\r\nHost: x\r\nA: " + "a".repeat(17_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ");
        await().untilAsserted(() -> assertThat(host.metrics().badRequests()).isEqualTo(5));
    }

    private String answerTo(String request) throws IOException {
        try (var client = client()) {
            client.send(request);
            var answer = client.answer();
            assertThat(client.atEnd()).isTrue();
            return answer;
        }
    }

    @Test
    void answers500WhenAnEndpointThrows() throws Exception {
        assertThat(answerTo("GET /echo/throw HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 500 ");
    }

    @Test
    void tellsWhenAClientGoesAway() throws Exception {
        try (var client = client()) {
            client.send("GET /echo/wait HTTP/1.1\r\nHost: x\r\n\r\n");
            var exchange = waiting();
            client.leave();
            assertThat(echo.events.poll(10, SECONDS)).isEqualTo("abort");
            exchange.respond(Echo.ok("too late"));
            exchange.onAbort(() -> echo.events.add("at once"));
            assertThat(echo.events.poll(10, SECONDS)).isEqualTo("at once");
        }
    }

    @Test
    void dropsASecondAnswer() throws Exception {
        try (var client = client()) {
            client.send("GET /echo/wait HTTP/1.1\r\nHost: x\r\n\r\n");
            var exchange = waiting();
            exchange.respond(Echo.ok("one"));
            exchange.respond(Echo.ok("two"));
            client.send("GET /echo/3 HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.answer()).endsWith("one");
            assertThat(client.answer()).endsWith("GET /echo/3 ");
        }
    }

    @Test
    void givesUpOnSlowHeadersSlowBodiesAndIdleConnections() throws Exception {
        var little = Duration.ofMillis(200);
        var much = Duration.ofSeconds(60);
        restart(new HttpLimits(1000, 1000, little, much, much));
        assertThat(answerTo("GET /echo/slow HTTP/1.1\r\nHo")).startsWith("HTTP/1.1 408 ");
        restart(new HttpLimits(1000, 1000, much, little, much));
        assertThat(answerTo("POST /echo/body HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\na"))
                .startsWith("HTTP/1.1 408 ");
        restart(new HttpLimits(1000, 1000, much, much, little));
        try (var client = client()) {
            client.send("GET /echo/1 HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.answer()).startsWith("HTTP/1.1 200 ");
            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void aSlowConnectionIsCountedOnce() throws Exception {
        var much = Duration.ofSeconds(60);
        restart(new HttpLimits(1000, 1000, Duration.ofMillis(100), much, much));
        try (var client = client()) {
            client.send("GET /echo/slow HTTP/1.1\r\nHo");
            assertThat(client.answer()).startsWith("HTTP/1.1 408 ");
            assertThat(client.atEnd()).isTrue();
            // The server reads a little longer, and then closes.
            await().until(
                            () -> {
                                try {
                                    client.send("x");
                                    return false;
                                } catch (IOException _) {
                                    return true;
                                }
                            });
            await().untilAsserted(() -> assertThat(host.metrics().timeouts()).isEqualTo(1));
        }
    }

    @Test
    void aBodyThatKeepsComingIsWaitedFor() throws Exception {
        var much = Duration.ofSeconds(60);
        var little = Duration.ofMillis(100);
        restart(HttpLimits.DEFAULT.withBody(little, 1, much));
        try (var client = client();
                var other = client()) {
            client.send(
                    "POST /echo/body HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n123456789");
            other.send("GET /echo/wait HTTP/1.1\r\nHost: x\r\n\r\n");
            var exchange = waiting();
            // Five times as long as a body may take at any speed.
            exchange.strand()
                    .schedule(
                            () -> exchange.respond(Echo.ok("late")),
                            little.multipliedBy(5).toNanos());
            assertThat(other.answer()).endsWith("late");
            client.send("0");
            assertThat(client.answer()).endsWith("1234567890");
        }
    }

    @Test
    void aBodyThatTricklesIsNot() throws Exception {
        restart(HttpLimits.DEFAULT.withBody(Duration.ofMillis(200), 1000, Duration.ofSeconds(60)));
        assertThat(answerTo("POST /echo/body HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\na"))
                .startsWith("HTTP/1.1 408 ");
        await().untilAsserted(() -> assertThat(host.metrics().timeouts()).isEqualTo(1));
    }

    @Test
    void lettingAnAnswerWaitIsNotSlow() throws Exception {
        var little = Duration.ofMillis(100);
        restart(new HttpLimits(1000, 1000, Duration.ofSeconds(60), little, little));
        try (var client = client()) {
            client.send("GET /echo/wait HTTP/1.1\r\nHost: x\r\n\r\n");
            var exchange = waiting();
            // Ten times as long as everything else may take.
            exchange.strand()
                    .schedule(
                            () -> exchange.respond(Echo.ok("late")),
                            little.multipliedBy(10).toNanos());
            assertThat(client.answer()).endsWith("late");
        }
    }

    @Test
    void saysThatThePortIsInUse() {
        assertThatThrownBy(
                        () ->
                                NettyHost.builder()
                                        .host("127.0.0.1")
                                        .port(host.port())
                                        .transport(transport)
                                        .listen())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage(
                        "port "
                                + host.port()
                                + " of 127.0.0.1 is in use: another program listens on it");
    }

    @Test
    void closesTheEndpointsAndIsClosedThen() {
        host.close();
        host.close();
        assertThat(echo.events).containsExactly("endpoint closed");
        assertThatThrownBy(this::client).isInstanceOf(IOException.class);
    }
}
