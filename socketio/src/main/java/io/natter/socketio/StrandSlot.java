package io.natter.socketio;

import io.natter.engine.Deadlines;
import io.natter.engine.Strand;
import io.natter.engine.Tally;
import java.time.Duration;

/// A strand as this server knows it.
final class StrandSlot {
    final Strand strand;

    /// Its number among the server's strands.
    final int ordinal;

    /// Connections that have joined nothing yet. The strand's.
    final Deadlines connectTimeout;

    /// Counts the events that come on this strand.
    final Tally.Part eventsIn;

    /// Takes what may block to other threads.
    final HandOver handOver;

    /// Whether a fan-out is being written. The strand's. What a handler or a hook that is called
    /// inside one sends is put off until it is over.
    private boolean fanningOut;

    StrandSlot(
            Strand strand,
            int ordinal,
            Duration connectTimeout,
            Runners runners,
            SocketIoMetrics metrics) {
        this.strand = strand;
        this.ordinal = ordinal;
        this.connectTimeout = new Deadlines(strand, connectTimeout);
        this.eventsIn = metrics.eventsIn.part();
        this.handOver = new HandOver(strand, runners);
    }

    /// Runs `task` on the strand: now when the caller is there already, so that what one thread
    /// does happens in its order; but not in the middle of a fan-out, whose messages must stay
    /// together.
    void run(Runnable task) {
        if (strand.isCurrent() && !fanningOut) {
            task.run();
        } else {
            strand.execute(task);
        }
    }

    /// Runs `passes`, which writes messages to many. On the strand, and never inside another, for
    /// what starts one came by [#run].
    void writing(Runnable passes) {
        fanningOut = true;
        try {
            passes.run();
        } finally {
            fanningOut = false;
        }
    }
}
