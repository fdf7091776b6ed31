package io.natter.socketio;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Runs the jobs of one socket one at a time, in the order in which its strand offered them, on
/// whatever the executor gives (a virtual thread, or the strand itself). No thread is kept while
/// there is nothing to do.
///
/// One producer, the strand, and at most one runner. `waiting` counts the jobs offered and not yet
/// done; whoever takes it from 0 to 1 starts a runner, and the runner ends when it takes it back to
/// 0. So `head` is written only while there is no runner, and the links and all that a job has seen
/// are published by the count.
final class Mailbox implements Runnable {
    private static final VarHandle WAITING;

    static {
        try {
            WAITING = MethodHandles.lookup().findVarHandle(Mailbox.class, "waiting", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Executor executor;
    private final Consumer<Throwable> failures;
    private @Nullable Job head;
    private @Nullable Job tail; // the strand's
    private volatile int waiting;

    Mailbox(Executor executor, Consumer<Throwable> failures) {
        this.executor = executor;
        this.failures = failures;
    }

    /// How many jobs are offered and not done.
    int waiting() {
        return waiting;
    }

    /// Adds a job. On the strand only.
    void offer(Job job) {
        Job last = tail;
        tail = job;
        if (waiting != 0) {
            Objects.requireNonNull(last).next = job;
            if ((int) WAITING.getAndAdd(this, 1) != 0) {
                return;
            }
            // The runner ended between the two looks at the count, without having seen the link.
        } else {
            waiting = 1;
        }
        head = job;
        executor.execute(this);
    }

    /// Does what waits.
    @Override
    public void run() {
        Job job = Objects.requireNonNull(head);
        head = null;
        while (true) {
            try {
                job.run();
            } catch (Throwable failure) {
                failures.accept(failure);
            }
            if ((int) WAITING.getAndAdd(this, -1) == 1) {
                return;
            }
            job = Objects.requireNonNull(job.next);
        }
    }
}
