package io.natter.socketio.rooms;

import io.natter.protocol.Payload;
import io.natter.socketio.adapter.Adapter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/// Gathers the answers to a broadcast, or those of the other servers. Completes a future when each
/// party has reported the number of its answers, and all of them have come.
///
/// @param <T> each answer as the caller wants it
public final class AnswerGatherer<T> implements Adapter.Answers {
    private final StrandContexts strands;
    private final Executor executor;
    private final CompletableFuture<List<T>> future;
    private final Function<Payload, T> read;
    private final Function<List<Payload>, Throwable> late;
    private final List<Payload> answers = new ArrayList<>();
    private Runnable cancelTimer = () -> {};
    private int parties;
    private int expected;
    private boolean done;

    /// @param executor completes the future
    /// @param parties how many adapters are asked
    /// @param read reads each answer when all have come; its exception fails the future
    /// @param late makes the exception of a timeout from the answers that came
    public AnswerGatherer(
            StrandContexts strands,
            Executor executor,
            int parties,
            Function<Payload, T> read,
            Function<List<Payload>, Throwable> late) {
        this.strands = strands;
        this.executor = executor;
        this.future = new AnswerFuture<>(strands);
        this.parties = parties;
        this.read = read;
        this.late = late;
    }

    /// Completed with all answers.
    public CompletableFuture<List<T>> future() {
        return future;
    }

    /// Gives up after `delay`. Called when all adapters have been asked.
    public synchronized void timeout(Duration delay) {
        if (!check()) {
            cancelTimer = strands.schedule(this::timedOut, delay);
        }
    }

    @Override
    public synchronized void addParties(int more) {
        parties += more;
    }

    @Override
    public synchronized void expect(int more) {
        parties--;
        expected += more;
        check();
    }

    @Override
    public synchronized void answered(Payload args) {
        if (!done) {
            answers.add(args);
            check();
        }
    }

    @Override
    public synchronized void timedOut() {
        if (!done) {
            done = true;
            cancelTimer.run();
            var partial = List.copyOf(answers);
            executor.execute(() -> future.completeExceptionally(late.apply(partial)));
        }
    }

    private boolean check() {
        if (!done && parties == 0 && answers.size() >= expected) {
            done = true;
            cancelTimer.run();
            var all = List.copyOf(answers);
            executor.execute(() -> complete(all));
        }
        return done;
    }

    private void complete(List<Payload> all) {
        try {
            future.complete(all.stream().map(read).toList());
        } catch (Throwable unreadable) {
            future.completeExceptionally(unreadable);
        }
    }
}
