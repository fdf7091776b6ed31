package io.natter.cluster.forwarding;

import io.natter.engine.SessionForwarder;
import java.util.concurrent.atomic.LongAdder;

/// The counters of [SessionForwarding] since its start. Any thread.
public final class ForwardingMetrics implements SessionForwarder.Metrics {
    final LongAdder requests = new LongAdder();
    final LongAdder webSockets = new LongAdder();
    final LongAdder received = new LongAdder();
    final LongAdder unreachable = new LongAdder();
    final LongAdder timedOut = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder forged = new LongAdder();
    final LongAdder malformed = new LongAdder();
    final LongAdder inFlight = new LongAdder();

    ForwardingMetrics() {}

    /// Plain requests that other servers have answered.
    @Override
    public long requests() {
        return requests.sum();
    }

    /// WebSockets that were passed on to other servers.
    @Override
    public long webSockets() {
        return webSockets.sum();
    }

    /// Requests and WebSockets that other servers have passed on to this one.
    @Override
    public long received() {
        return received.sum();
    }

    /// Requests and WebSockets whose server could not be reached, or has failed.
    @Override
    public long unreachable() {
        return unreachable.sum();
    }

    /// Requests that their server did not answer in time.
    @Override
    public long timedOut() {
        return timedOut.sum();
    }

    /// Requests and WebSockets that were refused because too many, or too many bytes, were on their
    /// way, and messages that were too large.
    @Override
    public long refused() {
        return refused.sum();
    }

    /// Requests that claimed to come from another server and had no valid signature.
    @Override
    public long forged() {
        return forged.sum();
    }

    /// Announcements of other servers that could not be read.
    @Override
    public long malformed() {
        return malformed.sum();
    }

    /// Requests and WebSockets that are being passed on at the moment.
    @Override
    public long inFlight() {
        return inFlight.sum();
    }
}
