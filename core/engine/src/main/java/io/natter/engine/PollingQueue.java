package io.natter.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The packets that wait for a `GET`. On the session's strand.
final class PollingQueue {
    /// A client that polls without a pause still leaves a gap between one `GET` and the next, and
    /// an answer takes its time to arrive. A burst between two of them does not make a client slow.
    private static final long PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();

    /// The bytes that a packet takes besides its content.
    private static final int PACKET_BYTES = 64;

    private final EngineSession session;
    private final Deque<OutgoingPacket> waiting = new ArrayDeque<>();
    private long bytes;

    /// The part of it that is reported to the memory budget.
    private long counted;

    /// Since when more waits than should, by the strand's clock; meaningless while it does not.
    private long overSince;

    private boolean isOver;

    /// Whether a ping or pong waits. A second would tell the client nothing new.
    private boolean hasHeartbeat;

    PollingQueue(EngineSession session) {
        this.session = session;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    long bytes() {
        return bytes;
    }

    void add(OutgoingPacket packet) {
        if (packet.equals(ControlPacket.PING) || packet.equals(ControlPacket.PONG)) {
            if (hasHeartbeat) {
                return;
            }
            hasHeartbeat = true;
        }
        waiting.add(packet);
        bytes += packet.size();
        count(counted + packet.enqueued() + PACKET_BYTES);
    }

    /// Everything; nothing waits afterwards.
    List<OutgoingPacket> take() {
        var all = new ArrayList<>(waiting);
        waiting.clear();
        all.forEach(OutgoingPacket::dequeued);
        bytes = 0;
        isOver = false;
        hasHeartbeat = false;
        count(0);
        return all;
    }

    private void count(long now) {
        long before = counted;
        counted = now;
        session.holds(before, now);
    }

    /// The bound that the client is too slow for, or null. It is slow when as much as the bound
    /// waits, and has for a while without a `GET` that took it.
    LimitExceeded.@Nullable Limit exceeded() {
        var options = session.options();
        var limit = overNow(options.maxWaitingBytes(), options.maxWaitingPackets());
        if (limit == null) {
            return null;
        }
        long now = session.strand().nanoTime();
        if (!isOver) {
            isOver = true;
            overSince = now;
        }
        return now - overSince >= PATIENCE_NANOS ? limit : null;
    }

    private LimitExceeded.@Nullable Limit overNow(long maxBytes, int maxPackets) {
        if (maxBytes > 0 && bytes >= maxBytes) {
            return LimitExceeded.Limit.WAITING_BYTES;
        }
        boolean over = maxPackets > 0 && waiting.size() >= maxPackets;
        return over ? LimitExceeded.Limit.WAITING_PACKETS : null;
    }

    /// How much waits, for the log.
    String figures() {
        return bytes + " bytes in " + waiting.size() + " packets wait for a GET";
    }
}
