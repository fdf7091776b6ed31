package io.natter.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.ssl.OpenSsl;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class TlsTest {
    private final Echo echo = new Echo();

    @Test
    void speaksHttpAndWebSocketOverTls() throws Exception {
        assertThat(OpenSsl.isAvailable()).isTrue();
        var pem = TestCertificate.make();
        try (var host =
                        NettyHost.builder()
                                .host("127.0.0.1")
                                .endpoint(echo)
                                .tls(pem.certificate(), pem.key())
                                .listen();
                var client = new RawClient(pem.client().createSocket("127.0.0.1", host.port()))) {
            client.send("GET /echo/tls HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.answer()).endsWith("GET /echo/tls ");
            client.send(RawClient.handshake("/echo", ""));
            client.head();
            client.send(RawClient.text("secret"));
            assertThat(client.frame().text()).isEqualTo("secret");
            var connection = Objects.requireNonNull(echo.opened.poll(10, TimeUnit.SECONDS));
            var waited = new CompletableFuture<Long>();
            connection
                    .strand()
                    .execute(
                            () -> {
                                connection.sendText("x".repeat(100_000));
                                waited.complete(connection.waitingBytes());
                            });
            // Counted although TLS holds them back until the flush.
            assertThat(waited.get(10, TimeUnit.SECONDS)).isGreaterThanOrEqualTo(100_000);
            assertThat(client.frame().payload()).hasSize(100_000);
            client.hex("83 80 00 00 00 00");
            assertThat(client.frame().closeCode()).isEqualTo(1002);
        }
    }

    @Test
    void saysWhichPemFileIsNotThere() {
        assertThatThrownBy(() -> NettyHost.builder().tls(Path.of("no.pem"), Path.of("no.key")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cannot read the PEM file no.pem");
    }
}
