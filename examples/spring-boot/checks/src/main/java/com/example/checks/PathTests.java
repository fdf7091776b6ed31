package com.example.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.skyscreamer.jsonassert.JSONAssert;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;

/// A sample below the path `/app`, with the actuator on a port of its own.
public abstract class PathTests {
    @LocalServerPort private int port;
    @LocalManagementPort private int managementPort;

    private String sees(String name) throws Exception {
        return Client.run(name, "http://127.0.0.1:" + port + "/app");
    }

    @Test
    void connectsAndUpgrades() throws Exception {
        JSONAssert.assertEquals(
                "{\"transport\": \"websocket\", \"greeted\": \"ana\"}", sees("upgrade"), false);
    }

    @Test
    void refusesWithoutUser() throws Exception {
        JSONAssert.assertEquals("{\"status\": 401}", sees("refusedPolling"), false);
    }

    @Test
    void asksTheBrowsersSessionForNoToken() throws Exception {
        JSONAssert.assertEquals(
                "{\"greeted\": \"ana\", \"without\": 403, \"status\": 200}",
                sees("session"),
                false);
    }

    @Test
    void theManagementPortHasHealthAndNoSockets() throws Exception {
        assertThat(managed("/actuator/health").body()).contains("\"natter\"");
        assertThat(managed("/socket.io/?EIO=4&transport=polling").statusCode()).isEqualTo(404);
        assertThat(managed("/app/socket.io/?EIO=4&transport=polling").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> managed(String path) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var user = Base64.getEncoder().encodeToString("ana:secret".getBytes());
            var request =
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + path))
                            .header("Authorization", "Basic " + user)
                            .build();
            return client.send(request, BodyHandlers.ofString());
        }
    }
}
