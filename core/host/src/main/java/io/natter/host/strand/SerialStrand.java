package io.natter.host.strand;

import io.natter.host.PreparedMessage;
import io.natter.host.RateLimitedLog;
import io.natter.host.Strand;
import java.time.Duration;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A strand that is a thread with a queue. A task that throws is logged, and the next one runs.
///
/// Input comes to it as tasks, so there is nothing to read between two tasks: what was there by now
/// is in the queue.
final class SerialStrand implements Strand {
    private static final RateLimitedLog LOGS = new RateLimitedLog(SerialStrand.class);

    /// The number of tasks after which the timers that are due have their turn.
    private static final int TASKS_TOGETHER = 64;

    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private final SerialStrands together;

    /// Whether the thread is about to park or has parked, and must be woken for a task.
    private final AtomicBoolean idle = new AtomicBoolean();

    private volatile boolean ended;

    /// The thread's.
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();

    /// The thread's.
    private long timersSet;

    /// @param together the strands of the same host
    SerialStrand(String name, SerialStrands together) {
        this.together = together;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void end() {
        ended = true;
        LockSupport.unpark(thread);
    }

    @Override
    public void execute(Runnable task) {
        refuseIf(ended);
        tasks.add(task);
        refuseIf(ended && tasks.remove(task)); // the thread may have seen none and ended
        if (idle.get() && idle.compareAndSet(true, false)) {
            LockSupport.unpark(thread);
        }
    }

    private static void refuseIf(boolean over) {
        if (over) {
            throw new RejectedExecutionException("this strand has ended");
        }
    }

    @Override
    public void executeAfterReads(Runnable task) {
        execute(() -> executeOrDrop(task));
    }

    /// A task that is to run on a strand that has ended meanwhile is dropped, as Netty's timers
    /// are.
    private void executeOrDrop(Runnable task) {
        if (!ended) {
            execute(task);
        }
    }

    @Override
    public void executeAfterAllReads(Runnable task) {
        var strands = together.strands();
        var left = new AtomicInteger(strands.size());
        Runnable done =
                () -> {
                    if (left.decrementAndGet() == 0) {
                        executeOrDrop(() -> executeOrDrop(task));
                    }
                };
        for (var each : strands) {
            try {
                each.executeAfterReads(done);
            } catch (RejectedExecutionException ignored) {
                done.run(); // it has ended, and nothing comes by it any more
            }
        }
    }

    @Override
    public boolean isCurrent() {
        return Thread.currentThread().equals(thread);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Runnable schedule(Runnable task, long delayNanos) {
        var timer = new Timer(System.nanoTime() + Math.max(0, delayNanos), task);
        if (isCurrent()) {
            add(timer);
        } else {
            execute(() -> add(timer));
        }
        return timer::cancel;
    }

    private void add(Timer timer) {
        timer.order = timersSet++;
        timers.add(timer);
    }

    @Override
    public void fanOut(PreparedMessage message, Runnable pass) {
        pass.run();
    }

    /// Whether the thread has ended, or does within `patience`.
    boolean awaitEnd(Duration patience) {
        try {
            return thread.join(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !thread.isAlive();
        }
    }

    private void run() {
        while (true) {
            boolean busy = runTasks();
            runTimers();
            if (busy || !tasks.isEmpty()) {
                continue;
            }
            if (ended) {
                return;
            }
            park();
        }
    }

    private boolean runTasks() {
        for (int i = 0; i < TASKS_TOGETHER; i++) {
            var task = tasks.poll();
            if (task == null) {
                return false;
            }
            guard(task);
        }
        return true;
    }

    private void runTimers() {
        long now = System.nanoTime();
        for (var timer = timers.peek();
                timer != null && timer.due - now <= 0 && !ended;
                timer = timers.peek()) {
            timers.remove();
            var task = timer.take();
            if (task != null) {
                guard(task);
            }
        }
    }

    private void park() {
        idle.set(true);
        // A thread that adds a task from now on sees that.
        if (tasks.isEmpty() && !ended) {
            var next = timers.peek();
            if (next == null) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, Math.max(1, next.due - System.nanoTime()));
            }
        }
        idle.set(false);
    }

    private static void guard(Runnable task) {
        try {
            task.run();
        } catch (Throwable t) {
            LOGS.failure("task", "a task of a strand threw; the strand goes on", t);
        }
    }

    private final class Timer implements Comparable<Timer> {
        private final long due;
        private long order;
        private volatile @Nullable Runnable task;

        Timer(long due, Runnable task) {
            this.due = due;
            this.task = task;
        }

        @Nullable Runnable take() {
            var taken = task;
            task = null;
            return taken;
        }

        /// Its task is released at once, and its place in the queue when the strand has time.
        void cancel() {
            task = null;
            if (isCurrent()) {
                timers.remove(this);
            } else if (!ended) {
                tasks.add(() -> timers.remove(this));
            }
        }

        @Override
        public int compareTo(Timer other) {
            int byTime = Long.signum(due - other.due);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }
}
