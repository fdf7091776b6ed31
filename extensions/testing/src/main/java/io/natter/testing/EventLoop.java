package io.natter.testing;

import io.natter.host.inprocess.ManualStrand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The thread of the server and of its clients. Other threads give it tasks, and wait for
/// conditions that it checks after every task.
final class EventLoop {
    private static final Duration FOREVER = Duration.ofDays(1);

    /// The time for a task beyond the patience of the test.
    private static final Duration TASK = Duration.ofSeconds(5);

    private final ManualStrand strand;
    private final Runnable afterEachTask;
    private final Consumer<Throwable> failures;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("natter-test").unstarted(this::loop);
    private final List<Waiter> waiters = new ArrayList<>(); // the thread's own
    private volatile Duration patience = Duration.ofSeconds(5);
    private volatile boolean closed;

    private record Waiter(BooleanSupplier condition, CompletableFuture<Boolean> met) {}

    /// @param failures gets what tasks of the server throw
    EventLoop(ManualStrand strand, Runnable afterEachTask, Consumer<Throwable> failures) {
        this.strand = strand;
        this.afterEachTask = afterEachTask;
        this.failures = failures;
    }

    void start() {
        thread.start();
        run(() -> {}); // From now on the strand's thread is this one.
    }

    private void loop() {
        while (!closed) {
            try {
                strand.runUntil(this::afterTask, FOREVER);
            } catch (RuntimeException | Error failure) {
                failures.accept(failure);
            }
        }
    }

    private boolean afterTask() {
        afterEachTask.run();
        waiters.removeIf(waiter -> waiter.condition.getAsBoolean() && waiter.met.complete(true));
        return closed;
    }

    /// Runs `task` on the thread, and does not wait for it.
    void execute(Runnable task) {
        strand.execute(task);
    }

    /// Runs `task` on the thread, and waits until it has run.
    void run(Runnable task) {
        get(
                () -> {
                    task.run();
                    return true;
                });
    }

    /// Runs `task` on the thread and returns its result.
    ///
    /// @throws IllegalStateException on the thread itself, and after [#close]
    <T> T get(Supplier<T> task) {
        if (Thread.currentThread().equals(thread)) {
            throw new IllegalStateException(
                    "this thread is the event loop of the test server, and it must not wait for"
                            + " itself: call the test kit from the test's thread");
        }
        if (closed) {
            throw new IllegalStateException("the test server is closed");
        }
        var done = new CompletableFuture<T>();
        strand.execute(
                () -> {
                    try {
                        done.complete(task.get());
                    } catch (Throwable failure) {
                        done.completeExceptionally(failure);
                    }
                });
        try {
            return result(done, patience.plus(TASK));
        } catch (TimeoutException e) {
            throw new AssertionError(
                    "the event loop is blocked, for instance by a handler with Dispatch.INLINE", e);
        }
    }

    /// Waits until `condition` holds on the thread.
    ///
    /// @return whether it did within the patience of the test
    boolean await(BooleanSupplier condition) {
        var waiter = new Waiter(condition, new CompletableFuture<>());
        run(() -> waiters.add(waiter));
        try {
            return result(waiter.met, patience);
        } catch (TimeoutException e) {
            return !get(() -> waiters.remove(waiter));
        }
    }

    Duration patience() {
        return patience;
    }

    void patience(Duration value) {
        patience = value;
    }

    private static <T> T result(CompletableFuture<T> future, Duration bound)
            throws TimeoutException {
        try {
            return future.get(bound.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the test server", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    /// Runs `last` and all that it causes, then ends. Does nothing the second time.
    void close(Runnable last) {
        if (closed) {
            return;
        }
        run(
                () -> {
                    last.run();
                    strand.run();
                    afterTask();
                });
        closed = true;
    }
}
