package io.natter.socketio;

import io.natter.engine.Strand;

/// A strand as this server knows it.
final class StrandSlot {
    final Strand strand;

    /// Its number among the server's strands.
    final int ordinal;

    /// Whether a fan-out is being written. The strand's. Application code never runs inside one.
    private boolean fanningOut;

    StrandSlot(Strand strand, int ordinal) {
        this.strand = strand;
        this.ordinal = ordinal;
    }

    /// Runs `task` on the strand: now when the caller is there already, so that what one thread
    /// does happens in its order.
    void run(Runnable task) {
        if (strand.isCurrent()) {
            task.run();
        } else {
            strand.execute(task);
        }
    }

    void fanOut(io.natter.engine.Outgoing message, Runnable pass) {
        boolean outer = fanningOut;
        fanningOut = true;
        try {
            strand.fanOut(message, pass);
        } finally {
            fanningOut = outer;
        }
    }

    /// The executor of handlers that run on the strand itself.
    void inline(Runnable handlers) {
        if (fanningOut) {
            strand.execute(handlers);
        } else {
            run(handlers);
        }
    }
}
