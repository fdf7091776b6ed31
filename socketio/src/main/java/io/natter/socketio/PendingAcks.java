package io.natter.socketio;

import io.natter.engine.Strand;
import io.natter.protocol.Payload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The acknowledgements that a socket still owes. The strand's.
final class PendingAcks {

    /// Who waits for one. Called on the strand, once.
    interface Waiter {
        void answered(Payload args);

        void failed(AckException why);
    }

    private record Pending(Waiter waiter, @Nullable Runnable cancelTimer) {}

    private final Strand strand;
    private final Map<Long, Pending> pending = new HashMap<>();

    PendingAcks(Strand strand) {
        this.strand = strand;
    }

    int size() {
        return pending.size();
    }

    void add(long id, Waiter waiter, @Nullable Duration timeout) {
        Runnable cancel =
                timeout == null
                        ? null
                        : strand.schedule(() -> timedOut(id), Math.max(0, timeout.toNanos()));
        pending.put(id, new Pending(waiter, cancel));
    }

    private void timedOut(long id) {
        Pending late = pending.remove(id);
        if (late != null) {
            late.waiter.failed(new AckException.TimedOut());
        }
    }

    /// Nobody waits for it any more.
    void forget(long id) {
        pending.remove(id);
    }

    /// An answer came; one that nobody waits for is ignored.
    void answered(long id, Payload args) {
        Pending answered = pending.remove(id);
        if (answered != null) {
            if (answered.cancelTimer != null) {
                answered.cancelTimer.run();
            }
            answered.waiter.answered(args);
        }
    }

    /// None will come.
    void failAll() {
        var all = new ArrayList<>(pending.values());
        pending.clear();
        for (Pending each : all) {
            if (each.cancelTimer != null) {
                each.cancelTimer.run();
            }
            each.waiter.failed(new AckException.Disconnected());
        }
    }
}
