package io.natter.host.inprocess;

import io.natter.host.PreparedMessage;
import io.natter.host.Strand;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A strand that runs only when its owner calls [#run], and whose clock only moves by [#advance].
/// The thread that made it, or that ran it last, is the strand's thread, but while that thread runs
/// another strand.
public final class ManualStrand implements Strand {
    private static final ThreadLocal<@Nullable ManualStrand> RUNNING = new ThreadLocal<>();

    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final ConcurrentLinkedQueue<Runnable> afterReads = new ConcurrentLinkedQueue<>();
    // guarded by this
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(
                    Comparator.comparingLong((Timer t) -> t.due).thenComparingLong(t -> t.serial));
    private long serial; // guarded by this
    private volatile Thread owner = Thread.currentThread();
    private volatile long now;
    private volatile boolean ended;

    /// The strands of one host.
    private Set<ManualStrand> together = new CopyOnWriteArraySet<>(Set.of(this));

    /// A strand at time 0 with nothing to do.
    public ManualStrand() {}

    @Override
    public void execute(Runnable task) {
        refuseWhereEnded();
        tasks.add(task);
    }

    @Override
    public void executeAfterAllReads(Runnable task) {
        var reading = together.stream().filter(strand -> !strand.ended).toList();
        var left = new AtomicInteger(reading.size());
        for (var strand : reading) {
            strand.executeAfterReads(
                    () -> {
                        if (left.decrementAndGet() == 0) {
                            executeAfterReads(task);
                        }
                    });
        }
    }

    /// Makes `other` a strand of the same host.
    void join(ManualStrand other) {
        other.together = together;
        together.add(other);
    }

    /// Refuses tasks from now on, as an event loop does that has ended.
    public void end() {
        ended = true;
    }

    private void refuseWhereEnded() {
        if (ended) {
            throw new RejectedExecutionException("this strand has ended");
        }
    }

    /// Input arrives by [#execute], so this runs when no input is left.
    @Override
    public void executeAfterReads(Runnable task) {
        refuseWhereEnded();
        afterReads.add(task);
    }

    @Override
    public boolean isCurrent() {
        var running = RUNNING.get();
        return running == null ? Thread.currentThread().equals(owner) : running == this;
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
    public void fanOut(PreparedMessage message, Runnable pass) {
        pass.run();
    }

    /// Runs what was given to [#execute] and [#executeAfterReads], and what that gives in turn,
    /// until nothing is left.
    public void run() {
        owner = Thread.currentThread();
        for (var task = next(); task != null; task = next()) {
            turn(task);
        }
    }

    private void turn(Runnable task) {
        var outer = RUNNING.get();
        RUNNING.set(this);
        try {
            task.run();
        } finally {
            if (outer == null) {
                RUNNING.remove();
            } else {
                RUNNING.set(outer);
            }
        }
    }

    private @Nullable Runnable next() {
        var task = tasks.poll();
        return task == null ? afterReads.poll() : task;
    }

    /// Moves the clock on by `duration`, running every timer at its own time and all tasks.
    public void advance(Duration duration) {
        run();
        long end = now + duration.toNanos();
        for (var timer = next(end); timer != null; timer = next(end)) {
            now = Math.max(now, timer.due);
            turn(timer.task);
            run();
        }
        now = end;
    }

    /// Moves the clock on by `duration` without running anything, as on a machine that was busy
    /// elsewhere. Tasks that fell due run late, with the next [#advance].
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
                var task = next();
                if (task == null) {
                    task = tasks.poll(Math.min(left, 5_000_000), TimeUnit.NANOSECONDS);
                }
                if (task != null) {
                    turn(task);
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
