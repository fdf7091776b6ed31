package io.natter.redis;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// Gives commands to Redis in order. While Redis is away they wait here, up to a bound in bytes;
/// what does not fit is dropped and counted. A command that was under way when the connection was
/// lost is dropped as well: to send it again could double a message. Any thread.
final class Outbox {
    /// Roughly what a command takes beside its message.
    private static final int OWN_BYTES = 512;

    private static final Duration LAST_WAIT = Duration.ofSeconds(1);

    private final long maxWaiting;
    private final RedisMetrics metrics;
    private final Executor executor;
    private final Sequence commands = new Sequence();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final Map<Long, CompletableFuture<?>> underWay = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private long waiting;

    /// @param maxWaiting bytes of messages that may wait for Redis, here or on their way
    /// @param executor runs commands one after the other, and what happens when one has failed. Not
    ///   a thread of Lettuce: there, a command would overtake those of other threads
    Outbox(long maxWaiting, RedisMetrics metrics, Executor executor) {
        this.maxWaiting = maxWaiting;
        this.metrics = metrics;
        this.executor = executor;
    }

    /// Sends a command, or has it wait its turn.
    ///
    /// @param bytes the size of its message
    void send(int bytes, Supplier<? extends CompletionStage<?>> command) {
        enqueue(bytes, command, () -> {});
        drain();
    }

    /// Puts a command behind the others; [#drain] must follow. So a caller can hold a lock of its
    /// own for the order of commands, but not while they are sent.
    ///
    /// @param failed called on the executor when it was dropped or Redis did not take it
    void enqueue(int bytes, Supplier<? extends CompletionStage<?>> command, Runnable failed) {
        long cost = bytes + (long) OWN_BYTES;
        synchronized (this) {
            if (waiting + cost <= maxWaiting) {
                waiting += cost;
                commands.add(() -> start(cost, command, failed));
                return;
            }
        }
        dropped(failed);
    }

    /// Sends what waits, unless another thread does it.
    void drain() {
        if (scheduled.compareAndSet(false, true)) {
            executor.execute(
                    () -> {
                        scheduled.set(false);
                        commands.run();
                    });
        }
    }

    private void start(long cost, Supplier<? extends CompletionStage<?>> command, Runnable failed) {
        try {
            metrics.published.increment();
            var sent = command.get().toCompletableFuture();
            long number = numbers.incrementAndGet();
            underWay.put(number, sent);
            var ignored =
                    sent.whenComplete(
                            (result, failure) -> {
                                underWay.remove(number);
                                release(cost);
                                if (failure != null) {
                                    Refusals.log("publish", "a message", failure);
                                    dropped(failed);
                                }
                            });
        } catch (RuntimeException closed) {
            release(cost);
            dropped(failed);
        }
    }

    private synchronized void release(long cost) {
        waiting -= cost;
        if (waiting == 0) {
            notifyAll();
        }
    }

    /// Waits up to a second until nothing waits.
    synchronized void awaitEmpty() {
        long end = System.nanoTime() + LAST_WAIT.toNanos();
        long left = LAST_WAIT.toMillis();
        try {
            while (waiting > 0 && left > 0) {
                wait(left);
                left = (end - System.nanoTime()) / 1_000_000;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void dropped(Runnable failed) {
        metrics.dropped.increment();
        executor.execute(failed);
    }

    /// Holds all commands from now on.
    void pause() {
        commands.pause();
    }

    /// A connection is lost. It is not known whether Redis has taken what was under way; Lettuce
    /// would send it again.
    void lost() {
        underWay.values().forEach(sent -> sent.cancel(true));
    }

    /// Sends what waits and all that comes.
    void resume() {
        commands.resume();
        drain();
    }

    /// The bytes that wait, here or on their way.
    synchronized long waitingBytes() {
        return waiting;
    }
}
