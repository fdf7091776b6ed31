package io.natter.netty.loop;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/// Connections that are closed a few at a time, outside of a pass. To close a connection whose
/// client did not read means to release everything that waits for it. If a broadcast makes many of
/// them too slow, all other connections would have to wait for that. On the strand.
final class GradualCloses {
    private static final int TOGETHER = 8;

    /// The other tasks of the loop have this time before the next ones are closed.
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final EventLoopStrand strand;
    private final ArrayDeque<Connection> waiting = new ArrayDeque<>();
    private boolean queued;

    GradualCloses(EventLoopStrand strand) {
        this.strand = strand;
    }

    void add(Connection connection) {
        waiting.add(connection);
        queue();
    }

    private void queue() {
        if (!queued) {
            var ignored = strand.schedule(this::closeSome, PAUSE_NANOS);
            queued = true;
        }
    }

    private void closeSome() {
        queued = false;
        try {
            for (int i = 0; i < TOGETHER && !waiting.isEmpty(); i++) {
                waiting.remove().close();
            }
        } finally {
            if (!waiting.isEmpty()) {
                queue();
            }
        }
    }
}
