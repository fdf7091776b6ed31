package io.natter.netty.http;

import io.natter.host.HttpLimits;
import io.natter.netty.loop.EventLoopStrand;
import java.time.Duration;

/// The time that an HTTP connection waits for its next step, by its [HttpLimits]. It waits for one
/// step at a time. On the event loop.
final class HttpTimeouts {
    /// The time in which bytes of the client are read after the last answer, so that the client
    /// gets the answer and no reset.
    private static final Duration LINGER = Duration.ofSeconds(2);

    private final EventLoopStrand strand;
    private final HttpLimits rules;
    private final ResettableTimeout deadline;
    private final BodyRateLimit body;

    HttpTimeouts(EventLoopStrand strand, HttpLimits rules, Runnable expired) {
        this.strand = strand;
        this.rules = rules;
        this.deadline = new ResettableTimeout(expired);
        this.body = new BodyRateLimit(rules);
    }

    /// Waits for the first request's headers.
    void awaitHead() {
        deadline.set(strand, rules.headTimeout());
    }

    /// Waits for a body.
    void awaitBody() {
        deadline.set(strand, body.begin(strand.nanoTime()));
    }

    /// Some of the body came.
    void came(int bytes) {
        body.came(bytes);
    }

    /// The wait for a body is over. True if it may go on, for the body comes fast enough.
    ///
    /// @param heldBack whether it was the server that took no more of it
    boolean goesOn(boolean heldBack) {
        var again = body.judge(strand.nanoTime(), heldBack);
        if (again == null) {
            return false;
        }
        deadline.set(strand, again);
        return true;
    }

    /// Waits for the next request, or for the client to take something.
    void awaitClient() {
        deadline.set(strand, rules.idleTimeout());
    }

    /// Waits for the client to close.
    void awaitEnd() {
        deadline.set(strand, LINGER);
    }

    /// Waits for nothing: it is the server's turn.
    void rest() {
        deadline.clear();
    }

    /// Nothing will be waited for again.
    void end() {
        deadline.end();
    }
}
