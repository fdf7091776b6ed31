package io.natter.socketio.connection;

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

/// The drain of a server: its connections are closed one after the other. Any thread.
public final class Drain {
    private static final Logger LOG = Loggers.of(Drain.class);

    /// A connection that can be drained.
    public interface Drainable {

        /// Tells the client that the connection is going to be closed, and closes it in this time.
        /// Only the first call has an effect. Any thread.
        void drain(Duration in);
    }

    private final Duration window;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    Drain(Duration window) {
        this.window = window;
    }

    /// Gives each of these connections its time in the window.
    void begin(Collection<Drainable> connections) {
        var now = List.copyOf(connections);
        for (int i = 0; i < now.size(); i++) {
            now.get(i).drain(window.multipliedBy(i + 1).dividedBy(now.size()));
        }
    }

    /// The time over which connections are closed.
    Duration window() {
        return window;
    }

    /// Completed when the last connection has closed and its `disconnect` handlers have run.
    public CompletableFuture<Void> done() {
        return done;
    }

    /// Blocks until it is done, at most five seconds longer than the window.
    public void await() {
        try {
            done.get(window.toMillis() + 5000, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn(
                    "not every connection was drained in time,"
                            + " or a handler of disconnect still runs");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void complete() {
        done.complete(null);
    }

    /// The response to a new client. The client tries again by itself, perhaps on another server.
    public HttpResponse refusal() {
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
