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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// The acknowledgements that a socket still owes. The strand's.
final class PendingAcks {

    /// Waits for one. Called on the strand, once.
    interface Waiter {
        void answered(Payload args);

        void failed(AckException why);
    }

    /// Completes a future, on `executor`, with what `read` makes of the answer.
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

    /// A future of answers, which come by strands: to wait for it on one would stop all its
    /// connections, and for ever where the answer must come by this one. So that throws at once,
    /// also for futures made of this one.
    static final class AnswerFuture<T> extends CompletableFuture<T> {
        private final SocketIoServer server;

        AnswerFuture(SocketIoServer server) {
            this.server = server;
        }

        @Override
        public <U> CompletableFuture<U> newIncompleteFuture() {
            return new AnswerFuture<>(server);
        }

        @Override
        public T join() {
            refuseOnStrand("join");
            return super.join();
        }

        @Override
        public T get() throws InterruptedException, ExecutionException {
            refuseOnStrand("get");
            return super.get();
        }

        @Override
        public T get(long timeout, TimeUnit unit)
                throws InterruptedException, ExecutionException, TimeoutException {
            refuseOnStrand("get");
            return super.get(timeout, unit);
        }

        private void refuseOnStrand(String method) {
            if (!isDone()) {
                server.refuseOnStrand(method);
            }
        }
    }

    /// Waits for an answer, and throws what its future fails with.
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
