package io.natter.conformance.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/// `openid-provider.mjs`: the certified provider from npm, as a process of its own.
final class CertifiedProvider implements AutoCloseable {
    static final String CLIENT = "natter";
    static final String SECRET = "a secret: of the client";
    private static final String READY = "READY ";

    private final Process process;
    private final URI issuer;

    private CertifiedProvider(Process process, URI issuer) {
        this.process = process;
        this.issuer = issuer;
    }

    static CertifiedProvider start() throws IOException {
        Process process =
                new ProcessBuilder("node", "openid-provider.mjs")
                        .directory(Path.of("clients").toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        BufferedReader output = process.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(READY)) {
                Thread.ofVirtual().start(() -> output.lines().forEach(_ -> {}));
                return new CertifiedProvider(process, URI.create(line.substring(READY.length())));
            }
        }
        throw new IOException(
                "the provider has not started: run npm ci in tests/conformance/clients");
    }

    URI issuer() {
        return issuer;
    }

    /// Sets what the test names; everything else is as at the start.
    void set(Map<String, Object> settings) {
        HttpRequest request =
                HttpRequest.newBuilder(issuer.resolve("/settings"))
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        JsonMapper.shared().writeValueAsString(settings)))
                        .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("the provider does not take its settings", e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }
}
