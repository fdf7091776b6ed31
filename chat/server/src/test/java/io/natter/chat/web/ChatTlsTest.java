package io.natter.chat.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.natter.netty.Tls;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A chat that speaks TLS itself.
class ChatTlsTest {
    @TempDir Path directory;

    private KeyStore keys;
    private ChatServer server;

    private Path file(String name) {
        return directory.resolve(name);
    }

    /// Makes a certificate and writes it as PEM, each file at once.
    private KeyStore certificate(String name) throws Exception {
        TestCertificate made = TestCertificate.make(directory, name);
        made.writeKey(file("key.pem"));
        made.writeCertificate(file("cert.pem"));
        return made.keys();
    }

    private static SSLContext trusting(KeyStore keys) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("a", keys.getCertificate("a"));
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    @BeforeEach
    void start() throws Exception {
        keys = certificate("first");
        ChatConfig config =
                new ChatConfig(
                        "127.0.0.1",
                        0,
                        file("data"),
                        List.of(),
                        List.of(),
                        Tls.pem(file("cert.pem"), file("key.pem")));
        server = ChatServer.start(config);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void pagesSignInsAndWebSocketsGoOverTls() throws Exception {
        try (HttpClient client = HttpClient.newBuilder().sslContext(trusting(keys)).build()) {
            String address = "https://localhost:" + server.port();
            var page =
                    client.send(
                            HttpRequest.newBuilder(URI.create(address + "/")).build(),
                            BodyHandlers.ofString());
            assertThat(page.statusCode()).isEqualTo(200);
            var signedIn =
                    client.send(
                            HttpRequest.newBuilder(URI.create(address + "/api/session"))
                                    .header("Content-Type", "application/json")
                                    .header("X-Natter", "1")
                                    .header("Origin", address)
                                    .POST(BodyPublishers.ofString("{\"name\":\"Ann\"}"))
                                    .build(),
                            BodyHandlers.ofString());
            assertThat(signedIn.statusCode()).as(signedIn.body()).isEqualTo(200);
            assertThat(signedIn.headers().firstValue("Set-Cookie").orElse(""))
                    .startsWith("__Host-")
                    .contains("Secure");
            CompletableFuture<String> first = new CompletableFuture<>();
            WebSocket socket =
                    client.newWebSocketBuilder()
                            .header("Cookie", ServerTest.cookie(signedIn))
                            .header("Origin", address)
                            .buildAsync(
                                    URI.create(
                                            "wss://localhost:%d/socket.io/?EIO=4&transport=websocket"
                                                    .formatted(server.port())),
                                    new WebSocket.Listener() {
                                        @Override
                                        public CompletionStage<?> onText(
                                                WebSocket from, CharSequence data, boolean last) {
                                            first.complete(data.toString());
                                            return WebSocket.Listener.super.onText(
                                                    from, data, last);
                                        }
                                    })
                            .join();
            assertThat(first.get(20, TimeUnit.SECONDS)).startsWith("0{\"sid\":");
            socket.abort();
        }
    }

    @Test
    void aRenewedCertificateIsUsedWithoutARestart() throws Exception {
        assertThat(presented()).isEqualTo("CN=first");
        keys = certificate("second");
        await().atMost(Duration.ofMinutes(1)).until(() -> presented().equals("CN=second"));
    }

    private String presented() throws Exception {
        SSLContext any = SSLContext.getInstance("TLS");
        any.init(null, new TrustManager[] {new Any()}, null);
        try (SSLSocket socket =
                (SSLSocket) any.getSocketFactory().createSocket("127.0.0.1", server.port())) {
            socket.startHandshake();
            return socket.getSession().getPeerPrincipal().getName();
        }
    }

    private static final class Any implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
