package io.natter.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;

/// The endpoints on a server where TLS chooses between HTTP/2 and HTTP/1.1.
@ExtendWith(NoLeaks.class)
class AttachAlpnTest {
    private final Echo echo = new Echo();

    @Test
    void theSiteAnswersOnBothAndTheEndpointsOnHttp1() throws Exception {
        var pem = TestCertificate.make();
        var metrics = new NettyMetrics();
        var server =
                HttpServer.create()
                        .host("127.0.0.1")
                        .port(0)
                        .protocol(HttpProtocol.H2, HttpProtocol.HTTP11)
                        .secure(
                                spec ->
                                        spec.sslContext(
                                                (reactor.netty.tcp.SslProvider
                                                                        .GenericSslContextSpec<
                                                                ?>)
                                                        Http2SslContextSpec.forServer(
                                                                pem.certificate().toFile(),
                                                                pem.key().toFile())))
                        .doOnChannelInit(
                                (_, channel, _) ->
                                        NettyHost.attach(channel.pipeline(), metrics, echo))
                        .route(
                                routes ->
                                        routes.get(
                                                "/app",
                                                (_, out) -> out.sendString(Mono.just("app"))))
                        .bindNow();
        try {
            for (var version : HttpClient.Version.values()) {
                if (version == HttpClient.Version.HTTP_2
                        || version == HttpClient.Version.HTTP_1_1) {
                    answers(pem, server.port(), version);
                }
            }
            assertThat(metrics.requests()).isEqualTo(1);
            // A client without ALPN.
            try (var client =
                    new RawClient(pem.client().createSocket("127.0.0.1", server.port()))) {
                client.send("GET /app HTTP/1.1\r\nHost: x\r\n\r\n");
                assertThat(client.answer()).endsWith("app");
                client.send("GET /echo/1 HTTP/1.1\r\nHost: x\r\n\r\n");
                assertThat(client.answer()).endsWith("GET /echo/1 ");
                client.send(RawClient.handshake("/echo", ""));
                assertThat(client.head()).startsWith("HTTP/1.1 101 ");
                client.send(RawClient.text("hello"));
                assertThat(client.frame().text()).isEqualTo("hello");
            }
        } finally {
            server.disposeNow();
        }
    }

    private static void answers(TestCertificate pem, int port, HttpClient.Version version)
            throws Exception {
        try (var client =
                HttpClient.newBuilder()
                        .sslContext(pem.context(null))
                        .version(version)
                        .connectTimeout(Duration.ofSeconds(10))
                        .build()) {
            var app = get(client, port, "/app");
            assertThat(app.version()).isEqualTo(version);
            assertThat(app.body()).isEqualTo("app");
            var echoed = get(client, port, "/echo/1");
            if (version == HttpClient.Version.HTTP_1_1) {
                assertThat(echoed.body()).isEqualTo("GET /echo/1 ");
            } else {
                assertThat(echoed.statusCode()).isEqualTo(404);
            }
        }
    }

    private static HttpResponse<String> get(HttpClient client, int port, String path)
            throws Exception {
        var uri = URI.create("https://127.0.0.1:" + port + path);
        var request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
