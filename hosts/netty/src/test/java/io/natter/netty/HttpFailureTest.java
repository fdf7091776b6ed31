package io.natter.netty;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.natter.host.HttpExchange;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// An exception of an endpoint costs one connection.
@ExtendWith(NoLeaks.class)
@ParameterizedClass
@EnumSource(
        value = IoTransport.class,
        names = {"EPOLL", "NIO"})
class HttpFailureTest {
    private final Echo echo =
            new Echo() {
                @Override
                public void http(HttpExchange exchange) {
                    switch (exchange.request().path()) {
                        case "/echo/error" -> throw new StackOverflowError("on purpose");
                        case "/echo/body-error" ->
                                exchange.readBody(
                                        10,
                                        new HttpExchange.BodyReader() {
                                            @Override
                                            public void complete(byte[] body) {
                                                throw new OutOfMemoryError("on purpose");
                                            }

                                            @Override
                                            public void tooLarge() {}
                                        });
                        default -> super.http(exchange);
                    }
                }
            };
    private final NettyHost host;

    HttpFailureTest(IoTransport transport) {
        host =
                NettyHost.builder()
                        .host("127.0.0.1")
                        .endpoint(echo)
                        .threads(1)
                        .transport(transport)
                        .listen();
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private void costsOneConnection(String request) throws IOException {
        try (var bystander = new RawClient(host.port());
                var client = new RawClient(host.port())) {
            bystander.send("GET /echo/1 HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(bystander.answer()).endsWith("GET /echo/1 ");
            client.send(request);
            assertThat(client.answer()).startsWith("HTTP/1.1 500 ").doesNotContain("on purpose");
            assertThat(client.atEnd()).isTrue();
            bystander.send("GET /echo/2 HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(bystander.answer()).endsWith("GET /echo/2 ");
        }
        await().untilAsserted(() -> assertThat(host.metrics().failures()).isEqualTo(1));
    }

    @Test
    void anErrorOfAnEndpointIsAnswered() throws Exception {
        costsOneConnection("GET /echo/error HTTP/1.1\r\nHost: x\r\n\r\n");
    }

    @Test
    void anErrorOfTheReaderOfABodyIsAnswered() throws Exception {
        costsOneConnection(
                "POST /echo/body-error HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\na");
    }

    /// The end of the client is reported on the event loop, where no other code catches exceptions.
    @Test
    void anErrorAtTheEndOfAClientClosesNoOther() throws Exception {
        try (var bystander = new RawClient(host.port());
                var client = new RawClient(host.port())) {
            client.send("GET /echo/wait HTTP/1.1\r\nHost: x\r\n\r\n");
            var exchange = Objects.requireNonNull(echo.waiting.poll(10, SECONDS));
            exchange.onAbort(
                    () -> {
                        echo.events.add("aborted");
                        throw new StackOverflowError("on purpose");
                    });
            client.leave();
            assertThat(echo.events.poll(10, SECONDS)).isEqualTo("aborted");
            bystander.send("GET /echo/2 HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(bystander.answer()).endsWith("GET /echo/2 ");
        }
    }
}
