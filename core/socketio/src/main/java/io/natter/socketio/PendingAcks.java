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
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// The acknowledgements that a socket still owes. The strand's.
final class PendingAcks {

    /// Waits for one. Called on the strand, once.
    interface Waiter {
        void answered(Payload args);

        void failed(AckException why);
    }

    /// Completes a future, on `executor`.
    record FutureWaiter(JsonMapping mapping, CompletableFuture<Args> future, Executor executor)
            implements Waiter {
        @Override
        public void answered(Payload args) {
            executor.execute(() -> future.complete(new Args(mapping, args, 0)));
        }

        @Override
        public void failed(AckException why) {
            executor.execute(() -> future.completeExceptionally(why));
        }
    }

    /// Calls back, in order with the socket's handlers.
    record CallbackWaiter(Socket socket, String event, AckCallback callback) implements Waiter {
        @Override
        public void answered(Payload args) {
            offer(null, new Args(socket.nsp().server().mapping(), args, 0));
        }

        @Override
        public void failed(AckException why) {
            offer(why, Args.none(socket.nsp().server().mapping()));
        }

        private void offer(@Nullable AckException failure, Args args) {
            socket.mailbox.offer(new SocketJobs.Answer(this, failure, args));
        }
    }

    /// Passes on the answer to a broadcast. A socket that leaves without one counts as missing when
    /// the time is up.
    record BroadcastWaiter(Consumer<Payload> answered) implements Waiter {
        @Override
        public void answered(Payload args) {
            answered.accept(args);
        }

        @Override
        public void failed(AckException why) {}
    }

    private record Pending(Waiter waiter, @Nullable Runnable cancelTimer) {}

    private static final Logger LOG = Loggers.of(SocketIoServer.class);

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
