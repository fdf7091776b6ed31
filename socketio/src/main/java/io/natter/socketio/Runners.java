package io.natter.socketio;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs tasks that may block, none of them behind one that does, with far fewer threads than there
/// are tasks: a runner takes one task after the other, and while it is at one, another runner
/// stands by for those that wait. Where nothing blocks, a hundred tasks cost two threads; where all
/// do, a thread each.
///
/// At most one runner stands by. Whenever a task waits, either one does, or a runner is between two
/// looks at the queue: whoever adds a task, and whoever starts one while others wait, makes sure of
/// it. Any thread.
final class Runners implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Runners.class);

    private final Executor executor;
    private final ConcurrentLinkedQueue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    /// Whether a runner was started that has not taken a task yet.
    private final AtomicBoolean standby = new AtomicBoolean();

    Runners(Executor executor) {
        this.executor = executor;
    }

    void add(List<Runnable> tasks) {
        waiting.addAll(tasks);
        standBy();
    }

    private void standBy() {
        if (!standby.get() && standby.compareAndSet(false, true)) {
            try {
                executor.execute(this);
            } catch (RejectedExecutionException e) {
                standby.set(false);
                LOG.error("The executor refuses work: {} tasks wait", waiting.size(), e);
            }
        }
    }

    /// One runner, from standing by to the end of what there is to do.
    @Override
    public void run() {
        Runnable task = waiting.poll();
        standby.set(false);
        if (task == null) {
            // What was added since that look saw a runner standing by and did not start another.
            task = waiting.poll();
        }
        while (task != null) {
            if (!waiting.isEmpty()) {
                standBy();
            }
            try {
                task.run();
            } catch (Throwable failure) {
                LOG.error("A task threw what it should have caught", failure);
            }
            // The next task is somebody else's.
            var _ = Thread.interrupted();
            task = waiting.poll();
        }
    }
}
