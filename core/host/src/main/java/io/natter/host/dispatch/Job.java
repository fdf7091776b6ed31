package io.natter.host.dispatch;

import org.jspecify.annotations.Nullable;

/// One thing for a [Mailbox] to do; its own link in the queue, so handing over allocates nothing
/// besides. Used once.
public abstract class Job {
    /// Roughly what a job takes without its payload.
    public static final int OWN_BYTES = 200;

    /// Written by the strand before the count that publishes it, read by the runner after.
    @Nullable Job next;

    /// What [#bytes] was when the job was offered; published as `next` is.
    long offeredBytes;

    /// A job that waits nowhere yet.
    protected Job() {}

    /// Runs where the mailbox's owner wants its handlers to run. Its exceptions are reported.
    protected abstract void run() throws Exception;

    /// The bytes that the job keeps in memory while it waits; the same from when it is offered
    /// until it runs.
    protected long bytes() {
        return OWN_BYTES;
    }

    /// The job will not run, because the executor takes none.
    protected void refused() {}
}
