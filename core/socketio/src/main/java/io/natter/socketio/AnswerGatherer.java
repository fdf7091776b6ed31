package io.natter.socketio;

import io.natter.protocol.Payload;
import io.natter.socketio.adapter.Adapter;
import io.natter.socketio.payload.JsonMapping;
import io.natter.socketio.rooms.AnswerFuture;
import io.natter.socketio.rooms.StrandContexts;
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
final class AnswerGatherer<T> implements Adapter.Answers {
    private final JsonMapping mapping;
    private final StrandContexts strands;
    private final Executor executor;
    private final CompletableFuture<List<T>> future;
    private final Function<Args, T> read;
    private final List<Args> answers = new ArrayList<>();
    private Runnable cancelTimer = () -> {};
    private int parties;
    private int expected;
    private boolean done;

    /// @param executor completes the future
    /// @param parties how many adapters are asked
    /// @param read reads each answer when all have come; its exception fails the future
    AnswerGatherer(
            JsonMapping mapping,
            StrandContexts strands,
            Executor executor,
            int parties,
            Function<Args, T> read) {
        this.mapping = mapping;
        this.strands = strands;
        this.executor = executor;
        this.future = new AnswerFuture<>(strands);
        this.parties = parties;
        this.read = read;
    }

    CompletableFuture<List<T>> future() {
        return future;
    }

    /// Gives up after `delay`. Called when all adapters have been asked.
    synchronized void timeout(Duration delay) {
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
            answers.add(new Args(mapping, args, 0));
            check();
        }
    }

    @Override
    public synchronized void timedOut() {
        if (!done) {
            done = true;
            cancelTimer.run();
            var partial = List.copyOf(answers);
            executor.execute(
                    () -> future.completeExceptionally(new BroadcastTimeoutException(partial)));
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

    private void complete(List<Args> all) {
        try {
            future.complete(all.stream().map(read).toList());
        } catch (Throwable unreadable) {
            future.completeExceptionally(unreadable);
        }
    }
}
