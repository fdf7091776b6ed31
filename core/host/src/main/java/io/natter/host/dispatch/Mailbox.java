package io.natter.host.dispatch;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Runs the jobs of one socket one at a time, in the order in which its strand offered them. They
/// run on the executor: a virtual thread, or the strand itself. An idle mailbox has no thread.
///
/// There is one producer, the strand, and at most one runner. `waiting` counts the jobs that were
/// offered and not done, with their bytes in the upper bits. The thread that raises it from 0
/// starts a runner, and the runner ends when it lowers it to 0. So `head` is written only while
/// there is no runner. The count publishes the links, and all that a job has seen. While too many
/// bytes of the jobs' broadcasts are not written, there is no runner though jobs wait; `head` is
/// the next of them.
public final class Mailbox extends BroadcastBacklog implements Runnable {
    private static final int COUNT_BITS = 28;

    /// The number of jobs that can be counted, so that no more may wait.
    public static final int MAX_COUNT = (1 << COUNT_BITS) - 1;

    private static final VarHandle WAITING;

    static {
        try {
            WAITING = MethodHandles.lookup().findVarHandle(Mailbox.class, "waiting", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /// The owner of the jobs.
    public interface Owner {
        /// A job has thrown, or the executor has refused to run it. Called where that happened.
        void failed(Throwable failure);

        /// The jobs that wait hold `after` bytes, and not `before` any more. Any thread; if the
        /// number has grown, the strand.
        void waits(long before, long after);

        /// The mailbox rests (1) until its broadcasts are written, or goes on (-1). Any thread.
        void rests(int change);

        /// Runs `task` on the strand.
        ///
        /// @return false if that has ended
        boolean onStrand(Runnable task);
    }

    private final Executor executor;
    private final Owner owner;
    private @Nullable Job head;
    private @Nullable Job tail; // the strand's
    private volatile long waiting;

    /// An empty mailbox.
    ///
    /// @param executor runs handlers; may refuse
    /// @param owner hears of failures and of the waiting jobs
    public Mailbox(Executor executor, Owner owner) {
        this.executor = executor;
        this.owner = owner;
    }

    /// The number of jobs that are offered and not done.
    public int waiting() {
        return (int) waiting & MAX_COUNT;
    }

    /// Adds a job. On the strand only.
    public void offer(Job job) {
        Job last = tail;
        tail = job;
        long bytes = job.bytes();
        job.offeredBytes = bytes;
        long entry = entry(bytes);
        if (waiting != 0) {
            Objects.requireNonNull(last).next = job;
            long before = (long) WAITING.getAndAdd(this, entry);
            owner.waits(before >> COUNT_BITS, (before + entry) >> COUNT_BITS);
            if (before != 0) {
                return;
            }
            // The runner ended between the two looks at the count, without having seen the link.
        } else {
            waiting = entry;
            owner.waits(0, bytes);
        }
        head = job;
        try {
            executor.execute(this);
        } catch (Throwable refused) {
            // Nothing has run: all that a run throws is caught in it.
            head = null;
            waiting = 0;
            owner.waits(bytes, 0);
            job.refused();
            tell(refused);
        }
    }

    private static long entry(long bytes) {
        return (bytes << COUNT_BITS) + 1;
    }

    /// Runs the jobs that wait.
    @Override
    public void run() {
        counting(this::runJobs);
    }

    private void runJobs() {
        Job job = Objects.requireNonNull(head);
        head = null;
        while (true) {
            long entry = entry(job.offeredBytes);
            try {
                job.run();
            } catch (Throwable failure) {
                tell(failure);
            }
            long before = (long) WAITING.getAndAdd(this, -entry);
            owner.waits(before >> COUNT_BITS, (before - entry) >> COUNT_BITS);
            if (before == entry) {
                return;
            }
            job = Objects.requireNonNull(job.next);
            if (isOverBound() && rests(job)) {
                return;
            }
        }
    }

    private boolean rests(Job next) {
        head = next;
        if (rest()) {
            owner.rests(1);
            return true;
        }
        head = null;
        return false;
    }

    @Override
    void goOn() {
        if (!owner.onStrand(this::startAgain)) {
            // The last jobs are refused.
            Thread.startVirtualThread(this);
        }
    }

    private void startAgain() {
        owner.rests(-1);
        try {
            executor.execute(this);
        } catch (Throwable refused) {
            tell(refused);
        }
    }

    /// The next job runs whatever happens to the report.
    private void tell(Throwable failure) {
        try {
            owner.failed(failure);
        } catch (Throwable ignored) {
            // The owner was called, and has failed. No other code can be called.
        }
    }
}
