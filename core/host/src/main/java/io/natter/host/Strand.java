package io.natter.host;

import java.util.concurrent.Executor;

/// One thread's worth of order: everything about a session runs on its strand, one task after the
/// other, so nothing in a session is locked. For Netty a strand is an event loop; in tests it is a
/// queue that the test turns by hand.
///
/// A strand is one object for as long as it lives, and equal to itself only: endpoints keep what
/// belongs to it in maps. Tasks must not block. A task that throws does not end the strand. A
/// strand that has ended refuses tasks with a `RejectedExecutionException`.
public interface Strand extends Executor {

    /// Runs `task` later on this strand, after all that was given to it before by this thread. Any
    /// thread.
    @Override
    void execute(Runnable task);

    /// Runs `task` later on this strand, once it has looked for what its connections have brought
    /// by now and all of that was handled. So a request that was handed over from another strand
    /// comes behind what the same client had sent before on a connection of this one. Tasks that
    /// were given to this method by one thread run in their order. Any thread.
    void executeAfterReads(Runnable task);

    /// Like [#executeAfterReads], but first every strand of the host reads, and hands over what is
    /// for this one. So `task` comes behind whatever a client had sent before on any connection. It
    /// wakes every strand and is meant for what is rare. Any thread.
    void executeAfterAllReads(Runnable task);

    /// Whether the caller is on this strand. Any thread.
    boolean isCurrent();

    /// The strand's clock in nanoseconds, with an origin of its own: only differences mean
    /// something.
    long nanoTime();

    /// Runs `task` on this strand once `delayNanos` have passed, to within a few milliseconds. Any
    /// thread.
    ///
    /// @return to be run when the task is no longer wanted; harmless afterwards
    Runnable schedule(Runnable task, long delayNanos);

    /// Runs `pass`, in which one message is written to many connections of this strand: the host
    /// may make the wire bytes of `message` once and share them until the pass ends. On the strand
    /// only.
    void fanOut(PreparedMessage message, Runnable pass);
}
