package io.natter.socketio;

import io.natter.protocol.Payload;
import io.natter.socketio.adapter.Adapter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// Gathers the answers to a broadcast, or those of the other servers. Completes a future when every
/// party has said how many answers to expect, and as many have come.
///
/// @param <T> each answer as the caller wants it
final class AnswerGatherer<T> implements Adapter.Answers {
    private final SocketIoServer server;
    private final CompletableFuture<List<T>> future;
    private final Function<Args, T> read;
    private final List<Args> answers = new ArrayList<>();
    private Runnable cancelTimer = () -> {};
    private int parties;
    private int expected;
    private boolean done;

    /// @param parties how many adapters are asked
    /// @param read reads each answer when all have come; what it throws fails the future
    AnswerGatherer(SocketIoServer server, int parties, Function<Args, T> read) {
        this.server = server;
        this.future = new PendingAcks.AnswerFuture<>(server);
        this.parties = parties;
        this.read = read;
    }

    CompletableFuture<List<T>> future() {
        return future;
    }

    /// Gives up after `delay`. Called when all adapters have been asked.
    synchronized void timeout(Duration delay) {
        if (!check()) {
            cancelTimer = server.schedule(this::timedOut, delay);
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
            answers.add(new Args(server.mapping(), args, 0));
            check();
        }
    }

    @Override
    public synchronized void timedOut() {
        if (!done) {
            done = true;
            cancelTimer.run();
            var partial = List.copyOf(answers);
            server.execute(
                    () -> future.completeExceptionally(new BroadcastTimeoutException(partial)));
        }
    }

    private boolean check() {
        if (!done && parties == 0 && answers.size() >= expected) {
            done = true;
            cancelTimer.run();
            var all = List.copyOf(answers);
            server.execute(() -> complete(all));
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
