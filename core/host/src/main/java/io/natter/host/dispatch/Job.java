package io.natter.host.dispatch;

import org.jspecify.annotations.Nullable;

/// A job of a [Mailbox]. It is its own link in the queue, so handing it over allocates nothing.
/// Used once.
public abstract class Job {
    /// About the bytes of a job without its payload.
    public static final int OWN_BYTES = 200;

    /// Written by the strand before the count that publishes it, read by the runner after.
    @Nullable Job next;

    /// The value of [#bytes] when the job was offered; published as `next` is.
    long offeredBytes;

    /// A job that is in no queue yet.
    protected Job() {}

    /// Runs on the executor of the mailbox. Its exceptions are reported.
    protected abstract void run() throws Exception;

    /// The bytes that the job keeps in memory while it waits; the same from when it is offered
    /// until it runs.
    protected long bytes() {
        return OWN_BYTES;
    }

    /// The job will not run, because the executor takes none.
    protected void refused() {}
}
