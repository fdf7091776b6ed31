package io.natter.chat.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.ManualClock;
import io.natter.chat.events.ChatEvents;
import io.natter.chat.wire.WireJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A whole server on a free port, with the time in the test's hand, and short ways to talk to it.
public abstract class ServerTest {
    @TempDir protected Path directory;

    protected final ManualClock clock = new ManualClock();
    protected final HttpClient http = HttpClient.newHttpClient();
    protected ChatServer server; // set before each test
    private final List<TestClient> clients = new ArrayList<>();

    @BeforeEach
    protected void start() throws Exception {
        server = ChatServer.start(config(), time(), clock.monotonic(), tuning());
    }

    /// The time of day of the server.
    protected InstantSource time() {
        return clock;
    }

    protected ChatConfig config() {
        return new ChatConfig("127.0.0.1", 0, directory, List.of(), List.of());
    }

    protected ChatServer.Tuning tuning() {
        return new ChatServer.Tuning(
                Duration.ofMillis(50),
                Duration.ofSeconds(30),
                ChatEvents.EVENTS_PER_SECOND,
                List.of());
    }

    @AfterEach
    protected void stop() {
        clients.forEach(TestClient::close);
        server.close();
        http.close();
    }

    protected URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    protected String origin() {
        return "http://127.0.0.1:" + server.port();
    }

    protected HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    protected HttpRequest.Builder signingIn(String json) {
        return HttpRequest.newBuilder(uri("/api/session"))
                .header("Content-Type", "application/json")
                .header("X-Natter", "1")
                .POST(BodyPublishers.ofString(json));
    }

    /// Signs somebody in; what comes back is the cookie.
    protected String guest(String name) throws IOException, InterruptedException {
        var response = send(signingIn("{\"name\":\"" + name + "\"}"));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return cookie(response);
    }

    protected static String cookie(HttpResponse<?> response) {
        String set = response.headers().firstValue("Set-Cookie").orElse("");
        return set.substring(0, Math.max(0, set.indexOf(';')));
    }

    protected static JsonNode json(HttpResponse<String> response) {
        return WireJson.JSON.readTree(response.body());
    }

    protected static String code(HttpResponse<String> response) {
        return json(response).at("/err/code").asString();
    }

    /// A client with this cookie, connecting.
    protected TestClient client(String cookie) {
        TestClient client = new TestClient(origin(), cookie);
        clients.add(client);
        return client;
    }

    /// A bot with this token, connecting.
    protected TestClient botClient(String token) {
        TestClient client = TestClient.withToken(origin(), token);
        clients.add(client);
        return client;
    }

    /// A guest who has said hello.
    protected TestClient greeted(String name) throws IOException, InterruptedException {
        TestClient client = client(guest(name));
        client.hello();
        return client;
    }
}
