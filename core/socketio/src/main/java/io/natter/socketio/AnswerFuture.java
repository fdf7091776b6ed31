package io.natter.socketio;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A future of answers, which come by strands: to wait for it on one would stop all its
/// connections, and for ever where the answer must come by this one. So that throws at once, also
/// for futures made of this one.
final class AnswerFuture<T> extends CompletableFuture<T> {
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
