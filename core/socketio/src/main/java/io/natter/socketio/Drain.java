package io.natter.socketio;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.host.HttpResponse;
import io.natter.host.Loggers;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;

/// A server's way out of service.
final class Drain {
    private static final Logger LOG = Loggers.of(SocketIoServer.class);

    private final Duration window;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    Drain(Duration window) {
        this.window = window;
    }

    /// Gives each of these clients its moment in the window. Any thread.
    void begin(Collection<Client> clients) {
        var now = List.copyOf(clients);
        for (int i = 0; i < now.size(); i++) {
            Client client = now.get(i);
            Duration in = window.multipliedBy(i + 1).dividedBy(now.size());
            client.context.execute(() -> client.drain(in));
        }
    }

    /// The time over which connections are closed.
    Duration window() {
        return window;
    }

    /// Done when the last connection has gone and its handlers have heard of it.
    CompletableFuture<Void> done() {
        return done;
    }

    /// Blocks until it is done, a few seconds longer than the window at the most.
    void await() {
        try {
            done.get(window.toMillis() + 5000, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn(
                    "not every connection was drained in time, or a handler of disconnect still runs");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// It is done when nobody is left.
    void check(boolean nobodyLeft) {
        if (nobodyLeft) {
            done.complete(null);
        }
    }

    /// The message for a new client. Its own retries bring it back, or to another server.
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
