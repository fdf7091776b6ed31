package io.natter.socketio.connection;

import io.natter.host.Loggers;
import io.natter.host.Strand;
import io.natter.protocol.Payload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// The acknowledgements that are awaited from one socket. The strand's.
public final class PendingAcks {

    /// The reasons for which an acknowledgement does not come.
    public enum Failure {
        /// The client did not answer in time.
        TIMED_OUT,
        /// The client left before it answered.
        DISCONNECTED,
        /// Too many acknowledgements are awaited already; the event was not sent.
        TOO_MANY
    }

    /// Waits for one acknowledgement. Called on the strand, once.
    public interface Waiter {
        /// The answer came: an array of arguments.
        void answered(Payload args);

        /// No answer will come.
        void failed(Failure why);
    }

    /// Reads the answer by `read` and completes a future with it, on `executor`.
    ///
    /// @param exception makes the exception of the future if no answer comes
    public record FutureWaiter<T>(
            CompletableFuture<T> future,
            Executor executor,
            Function<Payload, T> read,
            Function<Failure, RuntimeException> exception)
            implements Waiter {
        @Override
        public void answered(Payload args) {
            executor.execute(
                    () -> {
                        try {
                            future.complete(read.apply(args));
                        } catch (Throwable unreadable) {
                            future.completeExceptionally(unreadable);
                        }
                    });
        }

        @Override
        public void failed(Failure why) {
            executor.execute(() -> future.completeExceptionally(exception.apply(why)));
        }
    }

    /// Passes on the answer to a broadcast. If a socket leaves without one, its answer is missing
    /// when the time is up.
    public record BroadcastWaiter(Consumer<Payload> answer) implements Waiter {
        @Override
        public void answered(Payload args) {
            answer.accept(args);
        }

        @Override
        public void failed(Failure why) {}
    }

    private record Pending(Waiter waiter, @Nullable Runnable cancelTimer) {}

    private static final Logger LOG = Loggers.of(PendingAcks.class);

    private final Strand strand;
    private final Map<Long, Pending> pending = new HashMap<>();

    /// No acknowledgement is awaited yet.
    public PendingAcks(Strand strand) {
        this.strand = strand;
    }

    /// The number of acknowledgements that are awaited.
    public int size() {
        return pending.size();
    }

    /// Awaits an acknowledgement.
    ///
    /// @param timeout how long it is awaited, or null until the client leaves
    public void add(long id, Waiter waiter, @Nullable Duration timeout) {
        Runnable cancel =
                timeout == null
                        ? null
                        : strand.schedule(() -> timedOut(id), Math.max(0, timeout.toNanos()));
        pending.put(id, new Pending(waiter, cancel));
    }

    private void timedOut(long id) {
        Pending late = pending.remove(id);
        if (late != null) {
            late.waiter.failed(Failure.TIMED_OUT);
        }
    }

    /// The acknowledgement is not awaited any more.
    public void forget(long id) {
        pending.remove(id);
    }

    /// An acknowledgement came. It is ignored where none is awaited under that id.
    public void answered(long id, Payload args) {
        Pending answered = pending.remove(id);
        if (answered != null) {
            if (answered.cancelTimer != null) {
                answered.cancelTimer.run();
            }
            answered.waiter.answered(args);
        }
    }

    /// The client has left: no acknowledgement will come.
    public void failAll() {
        var all = new ArrayList<>(pending.values());
        pending.clear();
        for (Pending each : all) {
            if (each.cancelTimer != null) {
                each.cancelTimer.run();
            }
            try {
                each.waiter.failed(Failure.DISCONNECTED);
            } catch (RuntimeException e) {
                LOG.debug("a waiter for an acknowledgement cannot be notified", e);
            }
        }
    }
}
