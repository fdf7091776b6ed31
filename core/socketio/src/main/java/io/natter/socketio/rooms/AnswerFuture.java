package io.natter.socketio.rooms;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A future of answers, which come by strands. To wait for it on a strand would stop all
/// connections of the strand, and forever if the answer must come by the same strand. So the
/// methods that wait throw at once, also those of futures that depend on this one.
public final class AnswerFuture<T> extends CompletableFuture<T> {
    private final StrandContexts strands;

    /// A future that is not waited for on these strands.
    public AnswerFuture(StrandContexts strands) {
        this.strands = strands;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new AnswerFuture<>(strands);
    }

    @Override
    public T join() {
        refuseToWait("join");
        return super.join();
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        refuseToWait("get");
        return super.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        refuseToWait("get");
        return super.get(timeout, unit);
    }

    /// Waits for an answer.
    ///
    /// @throws RuntimeException with which the future has failed
    public static <R> R await(CompletableFuture<R> answer) {
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

    private void refuseToWait(String method) {
        if (!isDone()) {
            strands.refuseToWait(method);
        }
    }
}
