package io.natter.netty;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.handler.ssl.OpenSsl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
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

    private NettyHost host(Tls tls) {
        return NettyHost.builder().host("127.0.0.1").endpoint(echo).tls(tls).listen();
    }

    private static void answers(NettyHost host, SSLContext context) throws IOException {
        var factory = context.getSocketFactory();
        try (var client = new RawClient(factory.createSocket("127.0.0.1", host.port()))) {
            client.send("GET /echo/tls HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.answer()).endsWith("GET /echo/tls ");
        }
    }

    private static void refused(String message, Supplier<NettyHostBuilder> described) {
        assertThatThrownBy(described::get)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void takesKeysOfAllKinds() throws Exception {
        for (var algorithm : List.of("EC", "RSA", "Ed25519")) {
            var made = TestCertificate.make(algorithm);
            try (var host = host(Tls.pem(made.certificate(), made.key()))) {
                answers(host, made.context(null));
            }
        }
    }

    @Test
    void offersForwardSecrecyWithAuthenticatedEncryptionOnly() throws Exception {
        var made = TestCertificate.make("RSA");
        try (var host = host(Tls.pem(made.certificate(), made.key()))) {
            for (var good :
                    List.of(
                            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256")) {
                handshake(made, host.port(), good);
            }
            for (var bad :
                    List.of(
                            "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
                            "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA")) {
                assertThatThrownBy(() -> handshake(made, host.port(), bad))
                        .isInstanceOf(SSLException.class);
            }
        }
    }

    private static void handshake(TestCertificate made, int port, String cipher) throws Exception {
        try (var socket = (SSLSocket) made.client().createSocket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.setEnabledCipherSuites(new String[] {cipher});
            socket.startHandshake();
        }
    }

    @Test
    void refusesAKeyThatIsNotTheCertificates() throws Exception {
        var one = TestCertificate.make("RSA");
        for (var other : List.of(TestCertificate.make("RSA"), TestCertificate.make("EC"))) {
            refused(
                    "the certificate "
                            + one.certificate()
                            + " and the key "
                            + other.key()
                            + " do not belong together: the first certificate in the file must be"
                            + " the one that was issued for this key",
                    () -> NettyHost.builder().tls(one.certificate(), other.key()));
        }
    }

    @Test
    void saysHowToConvertAKey() throws Exception {
        var made = TestCertificate.make("RSA");
        var folder = Files.createTempDirectory("natter-tls");
        for (var type : List.of("RSA PRIVATE KEY", "EC PRIVATE KEY")) {
            var key = TestCertificate.pem(folder, type, made.keyBytes());
            refused(
                    "the key "
                            + key
                            + " is not in PKCS#8 (it begins with `BEGIN "
                            + type
                            + "`). Convert it: openssl pkcs8 -topk8 -nocrypt -in "
                            + key
                            + " -out key8.pem",
                    () -> NettyHost.builder().tls(made.certificate(), key));
        }
        var key = TestCertificate.pem(folder, "ENCRYPTED PRIVATE KEY", made.keyBytes());
        refused(
                "the key "
                        + key
                        + " has a password. Convert it: openssl pkcs8 -topk8 -nocrypt -in "
                        + key
                        + " -out key8.pem",
                () -> NettyHost.builder().tls(made.certificate(), key));
        refused(
                "there is no private key in PEM in " + made.certificate(),
                () -> NettyHost.builder().tls(made.certificate(), made.certificate()));
    }

    @Test
    void takesAKeyStore() throws Exception {
        var made = TestCertificate.make();
        try (var host = host(Tls.pkcs12(made.store(), TestCertificate.PASSWORD))) {
            answers(host, made.context(null));
        }
        refused(
                "cannot open the key store " + made.store() + ": the password is wrong",
                () -> NettyHost.builder().tls(Tls.pkcs12(made.store(), "wrong")));
    }

    @Test
    void requiresCertificatesOfClients() throws Exception {
        var server = TestCertificate.make();
        var client = TestCertificate.make();
        var stranger = TestCertificate.make();
        var tls =
                Tls.pem(server.certificate(), server.key())
                        .requireClientCertificates(client.certificate());
        try (var host = host(tls)) {
            answers(host, server.context(client));
            var socket = server.context(client).getSocketFactory();
            try (var asking = new RawClient(socket.createSocket("127.0.0.1", host.port()))) {
                asking.send("GET /echo/principal HTTP/1.1\r\nHost: x\r\n\r\n");
                assertThat(asking.answer()).contains("principal CN=");
            }
            for (var other : new TestCertificate[] {null, stranger}) {
                assertThatThrownBy(() -> answers(host, server.context(other)))
                        .isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void readsItsFilesAgainWhenTheyHaveChanged() throws Exception {
        var before = TestCertificate.make();
        var after = TestCertificate.make();
        var clock = new AtomicLong();
        var tls = new ReloadingTls(Tls.pem(before.certificate(), before.key()), clock::get);
        try (var host = NettyHost.builder().host("127.0.0.1").endpoint(echo).tls(tls).listen()) {
            answers(host, before.context(null));
            Files.copy(after.certificate(), before.certificate(), REPLACE_EXISTING);
            clock.addAndGet(TimeUnit.SECONDS.toNanos(10));
            // Half of a renewal: the old pair stays.
            answers(host, before.context(null));
            Files.copy(after.key(), before.key(), REPLACE_EXISTING);
            await().ignoreExceptions()
                    .untilAsserted(
                            () -> {
                                clock.addAndGet(TimeUnit.SECONDS.toNanos(10));
                                answers(host, after.context(null));
                            });
        }
    }
}
