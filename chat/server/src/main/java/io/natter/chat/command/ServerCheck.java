package io.natter.chat.command;

import io.natter.chat.config.Setting;
import io.natter.chat.config.Settings;
import io.natter.chat.config.Value;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/// Checks a running chat: itself, and the way to it that its users take.
final class ServerCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration CERTIFICATE = Duration.ofDays(14);

    private final Findings findings;

    private String basePath = "";

    ServerCheck(Findings findings) {
        this.findings = findings;
    }

    static void certificate(Value setting, Findings findings) {
        try (InputStream in = Files.newInputStream(Path.of(setting.text()))) {
            if (CertificateFactory.getInstance("X.509").generateCertificate(in)
                    instanceof X509Certificate certificate) {
                Instant end = certificate.getNotAfter().toInstant();
                if (Instant.now().plus(CERTIFICATE).isAfter(end)) {
                    findings.fault(
                            "The certificate ends at %s.".formatted(Text.time(end.toEpochMilli())),
                            "Renew it; the chat reads the new file by itself.");
                } else {
                    findings.fine(
                            "The certificate is good until %s."
                                    .formatted(Text.time(end.toEpochMilli())));
                }
            }
        } catch (IOException | GeneralSecurityException e) {
            findings.fault(
                    "%s cannot be read: %s.".formatted(setting.source(), e.getMessage()),
                    "Name a certificate in PEM.");
        }
    }

    /// Asks the chat itself, without what is between it and its users.
    void local(Settings settings) {
        boolean tls = settings.get(Setting.TLS_CERT).isSet();
        String host = settings.get(Setting.HOST).text();
        String shown = host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
        String address =
                "%s://%s:%s"
                        .formatted(
                                tls ? "https" : "http",
                                shown.indexOf(':') >= 0 ? "[" + shown + "]" : shown,
                                settings.get(Setting.PORT).text());
        try {
            HttpURLConnection request =
                    (HttpURLConnection) URI.create(address + "/readyz").toURL().openConnection();
            request.setConnectTimeout((int) PATIENCE.toMillis());
            request.setReadTimeout((int) PATIENCE.toMillis());
            if (request instanceof HttpsURLConnection secure) {
                // The certificate is for the users' address, not for this one.
                secure.setSSLSocketFactory(anyCertificate().getSocketFactory());
                secure.setHostnameVerifier((_, _) -> true);
            }
            int status = request.getResponseCode();
            if (status == 200) {
                findings.fine("The chat at %s is ready.".formatted(address));
                return;
            }
            try (InputStream in = request.getErrorStream()) {
                String said =
                        in == null ? "" : new String(in.readNBytes(500), StandardCharsets.UTF_8);
                findings.fault(
                        "The chat at %s is not ready (%d): %s"
                                .formatted(address, status, Text.name(said.strip())),
                        "See the meaning of the code in docs/operating.md, \"Health\".");
            }
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            findings.fault(
                    "The chat does not answer at %s: %s.".formatted(address, e.getMessage()),
                    "Give this command the same --host, --port and --tls-cert as the chat.");
        }
    }

    private static SSLContext anyCertificate() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new AnyCertificate()}, null);
        return context;
    }

    /// Only for the question to this machine, which holds no secret.
    private static final class AnyCertificate implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /// Asks by an address that users have.
    ///
    /// @param path the base path
    void origin(String origin, String path) {
        basePath = path.replaceFirst("/+$", "");
        if (origin.startsWith("http://") && !origin.matches("http://(localhost|127\\.).*")) {
            findings.warn(
                    "%s sends passwords and messages readable for everybody on the way."
                            .formatted(origin),
                    "Use HTTPS: by a proxy, or by --tls-cert and --tls-key.");
        }
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            if (answers(client, origin)) {
                upgrades(client, origin);
            }
        }
    }

    private boolean answers(HttpClient client, String origin) {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(origin + basePath + "/readyz"))
                            .timeout(PATIENCE)
                            .build();
            var answer = client.send(request, BodyHandlers.ofString());
            if (answer.statusCode() == 200 && answer.body().strip().equals("ready")) {
                findings.fine("%s leads to the chat.".formatted(origin));
                return true;
            }
            findings.fault(
                    "%s answers %d and not as the chat does."
                            .formatted(origin, answer.statusCode()),
                    "Let the proxy pass all paths to the chat.");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            findings.fault(
                    "%s cannot be reached from here: %s.".formatted(origin, e),
                    "Check the name, the certificate, the firewall and the proxy.");
        }
        return false;
    }

    private void upgrades(HttpClient client, String origin) {
        URI address =
                URI.create(
                        "ws"
                                + origin.substring("http".length())
                                + basePath
                                + "/socket.io/?EIO=4&transport=websocket");
        try {
            WebSocket socket =
                    client.newWebSocketBuilder()
                            .connectTimeout(PATIENCE)
                            .header("Origin", origin)
                            .buildAsync(address, new WebSocket.Listener() {})
                            .join();
            socket.abort();
            findings.fine("WebSockets reach the chat by %s.".formatted(origin));
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                int status = refused.getResponse().statusCode();
                findings.fault(
                        "WebSockets do not reach the chat by %s (%d).".formatted(origin, status),
                        status == 403
                                ? "Start the chat with --origin %s.".formatted(origin)
                                : "Let the proxy pass Upgrade and Connection: see \"Reverse proxy\" in"
                                        + " docs/operating.md.");
            } else {
                findings.fault(
                        "WebSockets do not reach the chat by %s: %s."
                                .formatted(origin, e.getCause()),
                        "Let the proxy pass Upgrade and Connection.");
            }
        }
    }
}
