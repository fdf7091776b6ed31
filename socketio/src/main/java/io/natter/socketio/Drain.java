package io.natter.socketio;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.engine.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// A server's way out of service.
final class Drain {
    private final Duration window;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    Drain(Duration window) {
        this.window = window;
    }

    CompletableFuture<Void> done() {
        return done;
    }

    /// It is done when nobody is left.
    void check(Collection<Client> clients) {
        if (clients.isEmpty()) {
            done.complete(null);
        }
    }

    /// What a new client is told. Its own retries bring it back, or to another server.
    HttpResponse refusal() {
        return new HttpResponse(
                503,
                Map.of(
                        "Content-Type",
                        List.of("text/plain"),
                        "Retry-After",
                        List.of(Long.toString(Math.max(1, window.toSeconds())))),
                "the server is shutting down".getBytes(UTF_8));
    }
}
