package io.natter.socketio;

import io.natter.protocol.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Waits until every party of a broadcast has said to how many it sent, and as many have answered.
final class AckGatherer implements Adapter.Replies {
    private final SocketIoServer server;
    private final CompletableFuture<List<Args>> future = new CompletableFuture<>();
    private final List<Args> answers = new ArrayList<>();
    private Runnable cancelTimer = () -> {};
    private int parties = 1; // the caller, until it has reached all adapters
    private int clients;
    private boolean done;

    AckGatherer(SocketIoServer server) {
        this.server = server;
    }

    CompletableFuture<List<Args>> future() {
        return future;
    }

    synchronized void timeout(Runnable cancel) {
        cancelTimer = cancel;
    }

    @Override
    public synchronized void expect(int more) {
        parties += more;
    }

    @Override
    public synchronized void sent(int toClients) {
        parties--;
        clients += toClients;
        check();
    }

    @Override
    public synchronized void answered(Payload args) {
        answers.add(new Args(server.mapping(), args, 0));
        check();
    }

    synchronized void timedOut() {
        if (!done) {
            done = true;
            var partial = List.copyOf(answers);
            server.executor()
                    .execute(
                            () ->
                                    future.completeExceptionally(
                                            new BroadcastTimeoutException(partial)));
        }
    }

    private void check() {
        if (!done && parties == 0 && answers.size() >= clients) {
            done = true;
            cancelTimer.run();
            var all = List.copyOf(answers);
            server.executor().execute(() -> future.complete(all));
        }
    }
}
