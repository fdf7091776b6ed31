package io.natter.host.dispatch;

import io.natter.host.Loggers;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ObjIntConsumer;
import org.slf4j.Logger;

/// Runs tasks that may block, with far fewer threads than tasks; no task waits for one that blocks.
/// A runner takes one task after the other. While it runs one, another runner stands by for those
/// that wait. If nothing blocks, a hundred tasks need two threads; if all block, a thread each.
///
/// At most one runner is idle. While a task waits, either one is idle, or a runner is between two
/// looks at the queue. The thread that adds a task ensures it, and so does the runner that starts
/// one while others wait. Any thread.
public final class HandlerThreads implements Runnable {
    private static final Logger LOG = Loggers.of(HandlerThreads.class);

    private final Executor executor;
    private final ObjIntConsumer<Throwable> onRefusal;
    private final ConcurrentLinkedQueue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    /// Whether a runner was started that has not taken a task yet.
    private final AtomicBoolean standby = new AtomicBoolean();

    /// No threads yet.
    ///
    /// @param executor starts a runner, on a thread that may block; may refuse
    /// @param onRefusal is told why the executor refused, and how many tasks wait
    public HandlerThreads(Executor executor, ObjIntConsumer<Throwable> onRefusal) {
        this.executor = executor;
        this.onRefusal = onRefusal;
    }

    /// Runs these tasks.
    ///
    /// @return false if the executor takes no runner: they wait for the next call
    public boolean add(List<Runnable> tasks) {
        waiting.addAll(tasks);
        return standBy();
    }

    private boolean standBy() {
        if (!standby.get() && standby.compareAndSet(false, true)) {
            try {
                executor.execute(this);
            } catch (Throwable refused) {
                standby.set(false);
                onRefusal.accept(refused, waiting.size());
                return waiting.isEmpty();
            }
        }
        return true;
    }

    /// One runner, from standing by to the end of what there is to do.
    @Override
    public void run() {
        Runnable task = waiting.poll();
        standby.set(false);
        if (task == null) {
            // A job that was added since then saw a waiting runner and did not start another.
            task = waiting.poll();
        }
        while (task != null) {
            if (!waiting.isEmpty()) {
                var ignored = standBy(); // where refused, this runner comes to them itself
            }
            try {
                task.run();
            } catch (Throwable failure) {
                LOG.error("A task threw what it should have caught", failure);
            }
            // Another runner takes the next task.
            var ignored = Thread.interrupted();
            task = waiting.poll();
        }
    }
}
