package io.natter.socketio;

import io.natter.protocol.Payload;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/// Who waits for acknowledgements.
final class AckWaiters {
    private AckWaiters() {}

    /// A future, completed on `executor`.
    record Future(JsonMapping mapping, CompletableFuture<Args> future, Executor executor)
            implements PendingAcks.Waiter {
        @Override
        public void answered(Payload args) {
            executor.execute(() -> future.complete(new Args(mapping, args, 0)));
        }

        @Override
        public void failed(AckException why) {
            executor.execute(() -> future.completeExceptionally(why));
        }
    }

    /// A callback, run in order with the socket's handlers.
    record Callback(Socket socket, String event, AckCallback callback)
            implements PendingAcks.Waiter {
        @Override
        public void answered(Payload args) {
            socket.mailbox.offer(
                    new SocketJobs.Answer(
                            this, null, new Args(socket.nsp().server().mapping(), args, 0)));
        }

        @Override
        public void failed(AckException why) {
            socket.mailbox.offer(
                    new SocketJobs.Answer(this, why, Args.none(socket.nsp().server().mapping())));
        }
    }

    /// The gatherer of a broadcast. Whoever leaves without an answer is missed when the time is up.
    record OfBroadcast(Adapter.Replies replies) implements PendingAcks.Waiter {
        @Override
        public void answered(Payload args) {
            replies.answered(args);
        }

        @Override
        public void failed(AckException why) {}
    }
}
