package io.natter.socketio;

import io.natter.host.Loggers;
import io.natter.host.Strand;
import io.natter.protocol.Payload;
import io.natter.socketio.payload.JsonMapping;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// The acknowledgements that are awaited from a socket. The strand's.
final class PendingAcks {

    /// Waits for one acknowledgement. Called on the strand, once.
    interface Waiter {
        void answered(Payload args);

        void failed(AckException why);
    }

    /// Reads the answer by `read` and completes a future with it, on `executor`.
    record FutureWaiter<T>(
            JsonMapping mapping,
            CompletableFuture<T> future,
            Executor executor,
            Function<Args, T> read)
            implements Waiter {
        @Override
        public void answered(Payload args) {
            executor.execute(
                    () -> {
                        try {
                            future.complete(read.apply(new Args(mapping, args, 0)));
                        } catch (Throwable unreadable) {
                            future.completeExceptionally(unreadable);
                        }
                    });
        }

        @Override
        public void failed(AckException why) {
            executor.execute(() -> future.completeExceptionally(why));
        }
    }

    /// Waits for an answer. Throws the exception of its future.
    static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for an answer", e);
        }
    }

    /// Passes on the answer to a broadcast. If a socket leaves without one, its answer is missing
    /// when the time is up.
    record BroadcastWaiter(Consumer<Payload> answered) implements Waiter {
        @Override
        public void answered(Payload args) {
            answered.accept(args);
        }

        @Override
        public void failed(AckException why) {}
    }

    private record Pending(Waiter waiter, @Nullable Runnable cancelTimer) {}

    private static final Logger LOG = Loggers.of(PendingAcks.class);

    private final Strand strand;
    private final Map<Long, Pending> pending = new HashMap<>();

    PendingAcks(Strand strand) {
        this.strand = strand;
    }

    int size() {
        return pending.size();
    }

    void add(long id, Waiter waiter, @Nullable Duration timeout) {
        Runnable cancel =
                timeout == null
                        ? null
                        : strand.schedule(() -> timedOut(id), Math.max(0, timeout.toNanos()));
        pending.put(id, new Pending(waiter, cancel));
    }

    private void timedOut(long id) {
        Pending late = pending.remove(id);
        if (late != null) {
            late.waiter.failed(new AckException.TimedOut());
        }
    }

    /// The answer is not awaited any more.
    void forget(long id) {
        pending.remove(id);
    }

    /// An answer came. It is ignored where none is awaited under that id.
    void answered(long id, Payload args) {
        Pending answered = pending.remove(id);
        if (answered != null) {
            if (answered.cancelTimer != null) {
                answered.cancelTimer.run();
            }
            answered.waiter.answered(args);
        }
    }

    /// No answer will come.
    void failAll() {
        var all = new ArrayList<>(pending.values());
        pending.clear();
        for (Pending each : all) {
            if (each.cancelTimer != null) {
                each.cancelTimer.run();
            }
            try {
                each.waiter.failed(new AckException.Disconnected());
            } catch (RuntimeException e) {
                LOG.debug("a waiter for an acknowledgement cannot be notified", e);
            }
        }
    }
}
