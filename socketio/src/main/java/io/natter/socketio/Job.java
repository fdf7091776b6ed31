package io.natter.socketio;

import org.jspecify.annotations.Nullable;

/// One thing for a [Mailbox] to do; its own link in the queue, so handing over allocates nothing
/// besides. Used once.
abstract class Job {
    /// Written by the strand before the count that publishes it, read by the runner after.
    @Nullable Job next;

    /// Runs where the mailbox's owner wants its handlers to run. Whatever it throws is reported.
    abstract void run() throws Exception;
}
