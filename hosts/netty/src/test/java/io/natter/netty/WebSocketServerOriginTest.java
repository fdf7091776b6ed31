package io.natter.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.host.Cors;
import io.natter.websocket.WebSocketServer;
import io.natter.websocket.WebSocketServerOptions;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Which pages may open a plain WebSocket.
class WebSocketServerOriginTest {
    private WebSocketServer server = WebSocketServer.create();
    private NettyHost host = host();

    private NettyHost host() {
        return NettyHost.builder().host("127.0.0.1").endpoint(server).threads(1).listen();
    }

    private void restart(WebSocketServerOptions options) {
        host.close();
        server = WebSocketServer.create(options);
        host = host();
    }

    private static WebSocketServerOptions allowing(Cors cors) {
        return WebSocketServerOptions.builder().cors(cors).build();
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private String answerTo(String headers) throws IOException {
        try (var client = new RawClient(host.port())) {
            client.send(RawClient.handshake("/", headers));
            return client.head();
        }
    }

    @Test
    void refusesForeignOriginsUnlessTheyAreAllowed() throws Exception {
        assertThat(answerTo("")).startsWith("HTTP/1.1 101 ");
        assertThat(answerTo("Origin: http://x\r\n")).startsWith("HTTP/1.1 101 ");
        assertThat(answerTo("Origin: http://evil.example\r\n")).startsWith("HTTP/1.1 403 ");
        assertThat(answerTo("Origin: null\r\n")).startsWith("HTTP/1.1 403 ");
        restart(allowing(Cors.origins("http://a.example")));
        assertThat(answerTo("Origin: http://a.example\r\n")).startsWith("HTTP/1.1 101 ");
        assertThat(answerTo("Origin: http://x\r\n")).startsWith("HTTP/1.1 101 ");
        assertThat(answerTo("Origin: http://b.example\r\n")).startsWith("HTTP/1.1 403 ");
        restart(allowing(Cors.anyOrigin()));
        assertThat(answerTo("Origin: http://evil.example\r\n")).startsWith("HTTP/1.1 101 ");
        restart(WebSocketServerOptions.builder().checkOrigin(false).build());
        assertThat(answerTo("Origin: http://evil.example\r\n")).startsWith("HTTP/1.1 101 ");
    }

    /// One check for polling, WebSockets and plain WebSockets: `OriginCheck`.
    @Test
    void refusesPagesOfHttpOverTlsAndLetsTheServersOwnClientsIn() throws Exception {
        assertThat(answerTo("Origin: ws://x\r\n")).startsWith("HTTP/1.1 101 ");
        assertThat(answerTo("Origin: http://x:80\r\n")).startsWith("HTTP/1.1 101 ");
        assertThat(answerTo("Origin: ws://evil.example\r\n")).startsWith("HTTP/1.1 403 ");
        assertThat(answerTo("Origin: chrome-extension://x\r\n")).startsWith("HTTP/1.1 403 ");
        var pem = TestCertificate.make();
        try (var secure =
                NettyHost.builder()
                        .host("127.0.0.1")
                        .endpoint(server)
                        .tls(pem.certificate(), pem.key())
                        .listen()) {
            for (var own : List.of("https://x", "wss://x")) {
                assertThat(answerOf(secure, pem, own)).startsWith("HTTP/1.1 101 ");
            }
            for (var foreign : List.of("http://x", "ws://x", "https://y")) {
                assertThat(answerOf(secure, pem, foreign)).startsWith("HTTP/1.1 403 ");
            }
        }
        restart(allowing(Cors.origins("https://a.example")));
        assertThat(answerTo("Origin: wss://a.example\r\n")).startsWith("HTTP/1.1 101 ");
        assertThat(answerTo("Origin: ws://a.example\r\n")).startsWith("HTTP/1.1 403 ");
    }

    private static String answerOf(NettyHost host, TestCertificate pem, String origin)
            throws IOException {
        try (var client = new RawClient(pem.client().createSocket("127.0.0.1", host.port()))) {
            client.send(RawClient.handshake("/", "Origin: " + origin + "\r\n"));
            return client.head();
        }
    }
}
