package io.natter.socketio;

import io.natter.protocol.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Waits for one value from each other server.
final class ServerGatherer implements Adapter.ServerReplies {
    private final SocketIoServer server;
    private final CompletableFuture<List<Args>> future = new CompletableFuture<>();
    private final List<Args> answers = new ArrayList<>();
    private int expected = Integer.MAX_VALUE;

    ServerGatherer(SocketIoServer server) {
        this.server = server;
    }

    CompletableFuture<List<Args>> future() {
        return future;
    }

    @Override
    public synchronized void expect(int servers) {
        expected = servers;
        check();
    }

    @Override
    public synchronized void answered(Payload value) {
        answers.add(new Args(server.mapping(), inArray(value), 0));
        check();
    }

    @Override
    public synchronized void timedOut() {
        var partial = List.copyOf(answers);
        server.executor()
                .execute(
                        () -> future.completeExceptionally(new BroadcastTimeoutException(partial)));
    }

    private void check() {
        if (answers.size() >= expected) {
            var all = List.copyOf(answers);
            server.executor().execute(() -> future.complete(all));
        }
    }

    private static Payload inArray(Payload value) {
        var json = new byte[value.length() + 2];
        json[0] = '[';
        System.arraycopy(value.buffer(), value.from(), json, 1, value.length());
        json[json.length - 1] = ']';
        return new Payload(json, 0, json.length, value.attachments());
    }
}
