package com.example.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.skyscreamer.jsonassert.JSONAssert;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.test.web.server.LocalServerPort;

/// Clients see the same of each sample, whichever web server it runs on.
public abstract class ChatTests {
    @LocalServerPort private int port;

    /// The address of the application.
    protected final String url() {
        return "http://127.0.0.1:" + port;
    }

    /// Runs a client, and compares what it saw.
    protected final void assertSees(String name, String expected) throws Exception {
        var seen = Client.run(name, url());
        JSONAssert.assertEquals(seen, expected, seen, true);
    }

    private String get(String path) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(url() + path)).build();
            return client.send(request, BodyHandlers.ofString()).body();
        }
    }

    private static String hello(String transport) {
        return """
                {"transport": "%s", "greeted": "ana", "before": 0, "from": "ana", "text": "hello",
                 "keys": ["from", "sent_at", "text"], "time": "string"}
                """
                .formatted(transport);
    }

    @Test
    void runsWithTheSpringBootOfThisRun() {
        assertThat(SpringBootVersion.getVersion())
                .isEqualTo(System.getProperty("spring-boot.version"));
    }

    @Test
    void connectsByPolling() throws Exception {
        assertSees("polling", hello("polling"));
    }

    @Test
    void connectsByWebSocket() throws Exception {
        assertSees("websocket", hello("websocket"));
    }

    @Test
    void upgradesFromPollingToWebSocket() throws Exception {
        assertSees("upgrade", hello("websocket"));
    }

    @Test
    void refusesPollingWithoutUser() throws Exception {
        assertSees("refusedPolling", "{\"message\": \"xhr poll error\", \"status\": 401}");
    }

    @Test
    void refusesWebSocketWithoutUser() throws Exception {
        assertSees("refusedWebSocket", "{\"message\": \"websocket error\", \"status\": 401}");
    }

    @Test
    void refusesWrongPassword() throws Exception {
        assertSees("wrongPassword", "{\"message\": \"xhr poll error\", \"status\": 401}");
    }

    @Test
    void carriesMessagesBetweenUsers() throws Exception {
        assertSees(
                "twoUsers",
                """
                {"from": "ana", "text": "to zoe", "left": true, "reason": "client namespace disconnect"}
                """);
    }

    @Test
    void acknowledgesValuesAndErrors() throws Exception {
        assertSees(
                "answers",
                """
                {"invalid": {"error": "bad payload", "violations": [
                     {"path": "room", "message": "must not be blank"},
                     {"path": "text", "message": "must not be blank"}]},
                 "blank": {"error": "bad payload", "violations": [
                     {"path": "room", "message": "must not be blank"}]},
                 "missing": {"error": "bad payload"},
                 "count": 1,
                 "forbidden": {"error": "forbidden"},
                 "cleared": "nothing",
                 "countAfter": 0}
                """);
    }

    @Test
    void knowsTheUserOfTheBrowsersSessionAndAsksForNoToken() throws Exception {
        assertSees(
                "session",
                """
                {"greeted": "ana", "without": 403, "status": 200, "news": "extra"}
                """);
    }

    @Test
    void answersWithTheHeadersOfTheFilters() throws Exception {
        assertSees(
                "headers",
                """
                {"status": 200, "nosniff": "nosniff", "bundle": 200, "foreign": 403}
                """);
    }

    @Test
    void answersPreflightsOfAllowedOriginsInFrontOfSecurity() throws Exception {
        assertSees(
                "preflight",
                """
                {"status": 204, "origin": "https://pages.example", "headers": "authorization",
                 "foreign": null, "request": [200, "https://pages.example"], "unknown": 401,
                 "elsewhere": 401}
                """);
    }

    @Test
    void isInHealthAndMetrics() throws Exception {
        try (var client = Client.start("stay", url())) {
            assertThat(client.line()).isEqualTo("READY");
            assertThat(get("/actuator/health"))
                    .containsPattern("\"natter\":\\{\"details\":\\{[^}]*\"clients\":[1-9][0-9]*");
            JSONAssert.assertEquals(
                    """
                    {"name": "natter.sockets", "measurements": [{"statistic": "VALUE", "value": 1.0}]}
                    """,
                    get("/actuator/metrics/natter.sockets?tag=namespace:/chat"),
                    false);
            client.release();
        }
    }
}
