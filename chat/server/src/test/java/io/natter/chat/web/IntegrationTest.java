package io.natter.chat.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.files.TestImages;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;

/// A server test with an owner, who makes bots and webhooks.
public abstract class IntegrationTest extends AccountTest {
    protected String cookie = ""; // the owner's
    protected TestClient olga; // the owner; both set before each test

    @BeforeEach
    protected void own() throws Exception {
        cookie = owner("Olga");
        olga = greet(cookie);
    }

    /// A bot that was just made.
    protected record TestBot(String id, String token) {}

    protected TestBot bot(String name) throws Exception {
        clock.advance(Duration.ofSeconds(1)); // for the rate limit
        JsonNode made = made("/api/bots", "{'name':'%s'}", name);
        return new TestBot(made.at("/bot/person/id").asString(), made.at("/token").asString());
    }

    /// The answer to an owner's request that succeeds.
    protected JsonNode made(String path, String quoted, Object... arguments) throws Exception {
        HttpResponse<String> response = post(cookie, path, quoted, arguments);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response);
    }

    /// The owner has a picture from here on.
    protected void showPicture() throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri("/api/picture"))
                        .header("Cookie", cookie)
                        .header("X-Natter", "1")
                        .PUT(BodyPublishers.ofByteArray(TestImages.of("png", 60, 60)));
        HttpResponse<String> answer = send(request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    /// A request of a bot.
    protected HttpRequest.Builder asking(String token, String path) {
        return HttpRequest.newBuilder(uri("/api/v1" + path))
                .header("Authorization", "Bearer " + token);
    }

    protected HttpResponse<String> read(String token, String path) throws Exception {
        return send(asking(token, path));
    }

    protected HttpResponse<String> change(
            String token, String method, String path, String quoted, Object... arguments)
            throws Exception {
        return send(
                asking(token, path)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(json(quoted, arguments))));
    }
}
