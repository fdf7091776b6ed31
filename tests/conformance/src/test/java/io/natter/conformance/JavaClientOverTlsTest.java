package io.natter.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import okhttp3.OkHttpClient;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The official Java client 2.1.2 on each host over HTTPS and WSS, trusting the server's own
/// certificate only.
@ParameterizedClass
@MethodSource("io.natter.conformance.Hosts#named")
class JavaClientOverTlsTest {
    private final TestedHost host;

    JavaClientOverTlsTest(TestedHost host) {
        this.host = host;
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket"})
    void connectsAndIsAcknowledged(String transport) throws Exception {
        var certificate = TestCertificate.make();
        var endpoint = Mode.JAVA_CLIENT.endpoint(Mode.Settings.NONE);
        var settings = new TestedHost.Settings("127.0.0.1", 0, certificate);
        try (var server = host.start(endpoint, settings)) {
            var http = trusting(certificate);
            var options = new IO.Options();
            options.forceNew = true;
            options.transports = new String[] {transport};
            options.callFactory = http;
            options.webSocketFactory = http;
            var socket =
                    IO.socket(
                            URI.create("https://127.0.0.1:" + server.address().getPort()), options);
            var answers = new LinkedBlockingQueue<Object[]>();
            socket.on(Socket.EVENT_CONNECT_ERROR, answers::add);
            socket.connect();
            socket.emit("ack", new Object[] {5, "a"}, (Ack) answers::add);
            assertThat(answers.poll(10, TimeUnit.SECONDS)).containsExactly(5, "a");
            socket.close();
            http.dispatcher().executorService().shutdown();
        }
    }

    private static OkHttpClient trusting(TestCertificate certificate) throws Exception {
        var trust = certificate.trust();
        var tls = SSLContext.getInstance("TLS");
        tls.init(null, new TrustManager[] {trust}, null);
        return new OkHttpClient.Builder().sslSocketFactory(tls.getSocketFactory(), trust).build();
    }
}
