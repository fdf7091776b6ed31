package io.natter.netty;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.natter.host.HttpExchange;
import io.natter.host.HttpLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/// A client that closes its half of the connection behind its request (RFC 9112 §9.6).
@ExtendWith(NoLeaks.class)
@ParameterizedClass
@EnumSource(
        value = IoTransport.class,
        names = {"EPOLL", "NIO"})
class HalfCloseTest {
    private static final String POST =
            "POST /echo/late HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc";

    private final IoTransport transport;
    private final BlockingQueue<HttpExchange> asking = new LinkedBlockingQueue<>();
    private final Echo echo =
            new Echo() {
                @Override
                public void http(HttpExchange exchange) {
                    switch (exchange.request().path()) {
                        case "/echo/late" -> {
                            exchange.onAbort(() -> events.add("abort"));
                            asking.add(exchange);
                        }
                        case "/echo/page" -> asking.add(exchange);
                        default -> super.http(exchange);
                    }
                }
            };

    HalfCloseTest(IoTransport transport) {
        this.transport = transport;
    }

    private NettyHostBuilder builder() {
        return NettyHost.builder().host("127.0.0.1").endpoint(echo).threads(1).transport(transport);
    }

    private HttpExchange asked() throws InterruptedException {
        return Objects.requireNonNull(asking.poll(10, SECONDS));
    }

    /// Returns after the event loop has handled all earlier events.
    private static void roundTrips(int port) throws IOException {
        try (var other = new RawClient(port)) {
            for (int i = 0; i < 3; i++) {
                other.send("GET /echo/other HTTP/1.1\r\nHost: x\r\n\r\n");
                assertThat(other.answer()).endsWith("GET /echo/other ");
            }
        }
    }

    /// As the session does that lives on another event loop.
    private static void answerLater(HttpExchange exchange) {
        Thread.ofVirtual()
                .start(
                        () ->
                                exchange.readBody(
                                        10,
                                        new HttpExchange.BodyReader() {
                                            @Override
                                            public void complete(byte[] body) {
                                                var text = new String(body, StandardCharsets.UTF_8);
                                                Thread.ofVirtual()
                                                        .start(
                                                                () ->
                                                                        exchange.respond(
                                                                                Echo.ok(text)));
                                            }

                                            @Override
                                            public void tooLarge() {}
                                        }));
    }

    private void answersAPost(int port) throws Exception {
        try (var client = new RawClient(port)) {
            client.send(POST);
            client.leaveAfterSending();
            var exchange = asked();
            roundTrips(port);
            answerLater(exchange);
            assertThat(client.answer()).startsWith("HTTP/1.1 200 ").endsWith("abc");
            assertThat(client.atEnd()).isTrue();
            assertThat(echo.events).isEmpty();
        }
    }

    @Test
    void aPostThatCameWholeIsAnswered() throws Exception {
        try (var host = builder().listen()) {
            answersAPost(host.port());
        }
    }

    @Test
    void aPostThatCameWholeIsAnsweredBehindTheCodecOfAnExistingServer() throws Exception {
        var loops = LoopResources.create("half", 1, true);
        var server =
                HttpServer.create()
                        .host("127.0.0.1")
                        .port(0)
                        .runOn(loops, transport == IoTransport.EPOLL)
                        .doOnChannelInit(
                                (_, channel, _) -> NettyHost.attach(channel.pipeline(), echo))
                        .bindNow();
        try {
            answersAPost(server.port());
        } finally {
            server.disposeNow();
            loops.disposeLater().block();
        }
    }

    @Test
    void pipelinedPostsAreAllAnswered() throws Exception {
        try (var host = builder().listen();
                var client = new RawClient(host.port())) {
            client.send(POST.repeat(3));
            client.leaveAfterSending();
            for (int i = 0; i < 3; i++) {
                var exchange = asked();
                roundTrips(host.port());
                answerLater(exchange);
                assertThat(client.answer()).endsWith("abc");
            }
            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void manyPipelinedRequestsAreAllAnswered() throws Exception {
        int count = 100;
        try (var host = builder().listen();
                var client = new RawClient(host.port())) {
            client.send("GET /echo/1 HTTP/1.1\r\nHost: x\r\n\r\n".repeat(count));
            client.leaveAfterSending();
            for (int i = 0; i < count; i++) {
                assertThat(client.answer()).endsWith("GET /echo/1 ");
            }
            assertThat(client.atEnd()).isTrue();
        }
    }

    /// As `nc -N` asks for a page that takes its time.
    @Test
    void aGetWithoutAbortListenerIsAnsweredAfterAHalfClose() throws Exception {
        try (var host = builder().listen();
                var client = new RawClient(host.port())) {
            client.send("GET /echo/page HTTP/1.1\r\nHost: x\r\n\r\n");
            client.leaveAfterSending();
            var exchange = asked();
            roundTrips(host.port());
            exchange.respond(Echo.ok("page"));
            assertThat(client.answer()).endsWith("page");
            assertThat(client.atEnd()).isTrue();
        }
    }

    /// A poll of a page that was closed looks like this as well.
    @Test
    void aGetThatWaitsIsAborted() throws Exception {
        try (var host = builder().listen();
                var client = new RawClient(host.port())) {
            client.send("GET /echo/late HTTP/1.1\r\nHost: x\r\n\r\n");
            client.leaveAfterSending();
            assertThat(echo.events.poll(10, SECONDS)).isEqualTo("abort");
            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void aPostThatIsNotWholeIsNotHeard() throws Exception {
        try (var host = builder().listen();
                var client = new RawClient(host.port())) {
            client.send(POST.substring(0, POST.length() - 1));
            client.leaveAfterSending();
            assertThat(echo.events.poll(10, SECONDS)).isEqualTo("abort");
        }
    }

    @Test
    void aConnectionWithoutARequestEnds() throws Exception {
        try (var host = builder().listen();
                var client = new RawClient(host.port())) {
            client.send("GET /echo/1 HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.answer()).endsWith("GET /echo/1 ");
            client.leaveAfterSending();
            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void aWebSocketEnds() throws Exception {
        try (var host = builder().listen();
                var client = RawClient.webSocket(host.port(), "/echo")) {
            client.leaveAfterSending();
            assertThat(client.atEnd()).isTrue();
            assertThat(echo.events.poll(10, SECONDS)).startsWith("closed 1006");
        }
    }

    /// An answer that never comes keeps no half of a connection.
    @Test
    void aPostThatIsNeverAnsweredEnds() throws Exception {
        var much = Duration.ofSeconds(60);
        var rules = new HttpLimits(1000, 1000, much, much, Duration.ofMillis(200));
        try (var host = builder().rules(rules).listen();
                var client = new RawClient(host.port())) {
            client.send(POST);
            client.leaveAfterSending();
            asked();
            assertThat(client.atEnd()).isTrue();
            assertThat(echo.events.poll(10, SECONDS)).isEqualTo("abort");
        }
    }

    @Test
    void aPostOverTlsIsAnsweredWhereTheClientClosesTcpAlone() throws Exception {
        var pem = TestCertificate.make();
        try (var host = builder().tls(pem.certificate(), pem.key()).listen();
                var tcp = new Socket(InetAddress.getLoopbackAddress(), host.port());
                var client = new RawClient(pem.over(tcp))) {
            client.send(POST);
            tcp.shutdownOutput();
            answerLater(asked());
            assertThat(client.answer()).startsWith("HTTP/1.1 200 ").endsWith("abc");
        }
    }

    /// OpenSSL writes no more behind the peer's `close_notify`. The POST is heard all the same.
    @Test
    void aPostOverTlsIsHeardWhereTheClientClosesTls() throws Exception {
        var pem = TestCertificate.make();
        try (var host = builder().tls(pem.certificate(), pem.key()).listen();
                var client = new RawClient(pem.client().createSocket("127.0.0.1", host.port()))) {
            client.send(POST);
            client.leaveAfterSending();
            asked().readBody(
                            10,
                            new HttpExchange.BodyReader() {
                                @Override
                                public void complete(byte[] body) {
                                    echo.events.add(new String(body, StandardCharsets.UTF_8));
                                }

                                @Override
                                public void tooLarge() {}
                            });
            assertThat(echo.events.poll(10, SECONDS)).isEqualTo("abc");
        }
    }
}
