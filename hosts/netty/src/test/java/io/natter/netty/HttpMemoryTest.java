package io.natter.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.natter.host.HttpExchange;
import io.natter.host.HttpResponse;
import io.natter.host.MemoryBudget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// The bytes that HTTP holds for its clients count for the budget of all.
@ExtendWith(NoLeaks.class)
@ParameterizedClass
@EnumSource(
        value = IoTransport.class,
        names = {"EPOLL", "NIO"})
class HttpMemoryTest {
    private static final int MB = 1_000_000;
    private static final int LARGE = 20 * MB;

    private final MemoryBudget budget = MemoryBudget.of(8 * MB);
    private final NettyHost host;
    private volatile boolean shared;

    HttpMemoryTest(IoTransport transport) {
        var file = new byte[LARGE];
        var echo =
                new Echo() {
                    @Override
                    public void http(HttpExchange exchange) {
                        switch (exchange.request().path()) {
                            case "/echo/large" ->
                                    exchange.respond(new HttpResponse(200, Map.of(), file, shared));
                            case "/echo/body" -> exchange.readBody(MB, answering(exchange));
                            default -> super.http(exchange);
                        }
                    }
                };
        host =
                NettyHost.builder()
                        .host("127.0.0.1")
                        .endpoint(echo)
                        .threads(1)
                        .transport(transport)
                        .memoryBudget(budget)
                        .listen();
    }

    private static HttpExchange.BodyReader answering(HttpExchange exchange) {
        return new HttpExchange.BodyReader() {
            @Override
            public void complete(byte[] body) {
                exchange.respond(Echo.ok("got " + body.length));
            }

            @Override
            public void tooLarge() {}
        };
    }

    @AfterEach
    void stop() {
        host.close();
        await().untilAsserted(() -> assertThat(budget.used()).isZero());
    }

    @Test
    void halfBodiesStayWithinTheBudget() throws Exception {
        var clients = new ArrayList<RawClient>();
        try {
            int half = MB / 2;
            for (int i = 0; i < 30; i++) {
                var client = new RawClient(host.port());
                clients.add(client);
                client.send(
                        "POST /echo/body HTTP/1.1\r\nHost: x\r\nContent-Length: "
                                + MB
                                + "\r\n\r\n");
                client.send(new byte[half]);
            }
            await().untilAsserted(() -> assertThat(host.metrics().closedForMemory()).isPositive());
            assertThat(budget.used()).isLessThan(2 * budget.limit());
            int refused = 0;
            for (var client : clients) {
                refused += finish(client, half) ? 0 : 1;
            }
            assertThat(refused).isBetween(1, 25);
            // One may be closed right behind its answer.
            int atLeast = refused;
            await().until(() -> host.metrics().closedForMemory() >= atLeast);
        } finally {
            for (var client : clients) {
                client.close();
            }
        }
    }

    /// Sends the rest. False where the server had no memory left.
    private static boolean finish(RawClient client, int rest) throws IOException {
        try {
            client.send(new byte[rest]);
            var answer = client.answer();
            assertThat(answer.substring(0, 12)).isIn("HTTP/1.1 200", "HTTP/1.1 503");
            return answer.endsWith("got " + MB);
        } catch (IOException _) {
            return false; // closed before all was sent
        }
    }

    @Test
    void anAnswerThatIsNotReadCounts() throws Exception {
        try (var client = new RawClient(host.port())) {
            client.send("GET /echo/large HTTP/1.1\r\nHost: x\r\n\r\n");
            await().untilAsserted(() -> assertThat(host.metrics().closedForMemory()).isEqualTo(1));
        }
    }

    @Test
    void anAnswerThatManyShareDoesNot() throws Exception {
        shared = true;
        try (var client = new RawClient(host.port())) {
            client.send("GET /echo/large HTTP/1.1\r\nHost: x\r\n\r\n");
            client.head();
            assertThat(budget.used()).isLessThan(MB);
            client.bytes(LARGE);
        }
        assertThat(host.metrics().closedForMemory()).isZero();
    }

    @Test
    void requestsThatWaitCount() throws Exception {
        try (var client = new RawClient(host.port())) {
            client.send("GET /echo/wait HTTP/1.1\r\nHost: x\r\n\r\n");
            client.send(
                    "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n"
                            .repeat(2000)
                            .getBytes(StandardCharsets.US_ASCII));
            await().untilAsserted(() -> assertThat(budget.used()).isGreaterThan(50_000));
        }
    }
}
