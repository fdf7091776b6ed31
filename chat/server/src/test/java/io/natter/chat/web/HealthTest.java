package io.natter.chat.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class HealthTest extends ServerTest {
    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    /// The answer to a new connection; empty when it came to a loop that hangs.
    private String health() throws Exception {
        try (HttpClient once = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(uri("/healthz")).timeout(Duration.ofSeconds(2));
            return once.send(request.build(), BodyHandlers.ofString()).body();
        } catch (HttpTimeoutException _) {
            return "";
        }
    }

    @Test
    void aLoopThatDoesNotAnswerIsSaidOnTheOthers() throws Exception {
        assertThat(health()).isEqualTo("ok\n");
        CountDownLatch goOn = new CountDownLatch(1);
        try {
            server.servingLoop().execute(() -> hang(goOn));
            await().atMost(Duration.ofMinutes(1))
                    .until(
                            () -> {
                                clock.advance(EventLoopProbe.PATIENCE);
                                return health().matches(
                                                "not ok: event_loops\n1 of [0-9]+ event loops do not"
                                                        + " answer: restart the server.\n");
                            });
        } finally {
            goOn.countDown();
        }
        await().atMost(Duration.ofMinutes(1)).until(() -> health().equals("ok\n"));
    }

    private static void hang(CountDownLatch goOn) {
        try {
            goOn.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aDatabaseThatIsGoneIsNotReady() throws Exception {
        assertThat(get("/readyz").body()).isEqualTo("ready\n");
        Files.delete(directory.resolve("natter.db"));
        HttpResponse<String> gone = get("/readyz");
        assertThat(gone.statusCode()).isEqualTo(503);
        assertThat(gone.body())
                .isEqualTo(
                        "not ready: replaced\nThe database file was removed or replaced while the"
                                + " server runs: put it back and restart the server.\n");
    }
}
