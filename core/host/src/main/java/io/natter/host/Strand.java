package io.natter.host;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/// A thread's queue of tasks. All code of a session runs on its strand, one task after the other,
/// so nothing in a session is locked. With Netty a strand is an event loop; in tests it is a queue
/// that the test runs itself.
///
/// A strand is one object as long as it lives, and equal to itself only: endpoints use it as the
/// key of maps. Tasks must not block. A task that throws does not end the strand. A strand that has
/// ended refuses tasks with a `RejectedExecutionException`.
public interface Strand extends Executor {

    /// Runs `task` later on this strand, after all that was given to it before by this thread. Any
    /// thread.
    @Override
    void execute(Runnable task);

    /// Like [#execute], for callers that know what to do when the strand has ended. Any thread.
    ///
    /// @return false if the strand has ended, so that the task does not run
    default boolean tryExecute(Runnable task) {
        try {
            execute(task);
            return true;
        } catch (RejectedExecutionException ended) {
            return false;
        }
    }

    /// Runs `task` later on this strand, when it has read its connections once and handled what
    /// came. So a request that another strand hands over comes behind what the same client had sent
    /// before on a connection of this one. Tasks that were given to this method by one thread run
    /// in their order. Any thread.
    void executeAfterReads(Runnable task);

    /// Like [#executeAfterReads], but first every strand of the host reads, and hands over what is
    /// for this one. So `task` comes behind all that a client had sent before on any connection. It
    /// wakes every strand, so it is for rare tasks. Any thread.
    void executeAfterAllReads(Runnable task);

    /// Whether the caller is on this strand. Any thread.
    boolean isCurrent();

    /// The strand's clock in nanoseconds, with an origin of its own: only differences mean
    /// something.
    long nanoTime();

    /// Runs `task` on this strand once `delayNanos` have passed, to within a few milliseconds. Any
    /// thread.
    ///
    /// @return cancels the task; has no effect afterwards
    Runnable schedule(Runnable task, long delayNanos);

    /// Runs `pass`, in which one message is written to many connections of this strand. The host
    /// may make the wire bytes of `message` once and share them until the pass ends. On the strand
    /// only.
    void fanOut(PreparedMessage message, Runnable pass);
}
