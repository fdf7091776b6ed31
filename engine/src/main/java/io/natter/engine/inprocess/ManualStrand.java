package io.natter.engine.inprocess;

import io.natter.engine.Outgoing;
import io.natter.engine.Strand;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A strand that its owner turns by hand and whose clock only moves by [#advance]. The thread that
/// made it, or that ran it last, is the strand's thread.
public final class ManualStrand implements Strand {
    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    // guarded by this
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(
                    Comparator.comparingLong((Timer t) -> t.due).thenComparingLong(t -> t.serial));
    private long serial; // guarded by this
    private volatile Thread owner = Thread.currentThread();
    private volatile long now;

    /// A strand at time 0 with nothing to do.
    public ManualStrand() {}

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public boolean isCurrent() {
        return Thread.currentThread().equals(owner);
    }

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public synchronized Runnable schedule(Runnable task, long delayNanos) {
        var timer = new Timer(now + Math.max(0, delayNanos), serial++, task);
        timers.add(timer);
        return () -> cancel(timer);
    }

    private synchronized void cancel(Timer timer) {
        timers.remove(timer);
    }

    @Override
    public void fanOut(Outgoing message, Runnable pass) {
        pass.run();
    }

    /// Runs what was given to [#execute], and what that gives in turn, until nothing is left.
    public void run() {
        owner = Thread.currentThread();
        for (var task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    /// Moves the clock on by `duration`, running every timer at its own time and all tasks.
    public void advance(Duration duration) {
        run();
        long end = now + duration.toNanos();
        for (var timer = next(end); timer != null; timer = next(end)) {
            now = Math.max(now, timer.due);
            timer.task.run();
            run();
        }
        now = end;
    }

    /// Moves the clock on by `duration` in which nothing runs, as when the machine was busy
    /// elsewhere: what fell due runs late, with the next [#advance].
    public void standStill(Duration duration) {
        long then = now;
        now = then + duration.toNanos();
    }

    /// [#advance] by milliseconds.
    public void advanceMillis(long millis) {
        advance(Duration.ofMillis(millis));
    }

    /// Runs tasks as they come from other threads until `condition` holds.
    ///
    /// @throws IllegalStateException when it does not within `bound` of real time
    public void runUntil(BooleanSupplier condition, Duration bound) {
        owner = Thread.currentThread();
        long end = System.nanoTime() + bound.toNanos();
        while (!condition.getAsBoolean()) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new IllegalStateException("the condition does not hold after " + bound);
            }
            try {
                var task = tasks.poll(Math.min(left, 5_000_000), TimeUnit.NANOSECONDS);
                if (task != null) {
                    task.run();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }

    /// How many timers wait.
    public synchronized int timers() {
        return timers.size();
    }

    private synchronized @Nullable Timer next(long end) {
        var first = timers.peek();
        return first != null && first.due <= end ? timers.poll() : null;
    }

    private record Timer(long due, long serial, Runnable task) {}
}
