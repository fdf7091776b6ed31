package io.natter.engine;

import static java.util.Objects.requireNonNull;

import io.natter.host.StrandCounter;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// The counters of an [EngineServer] since it was made. Only grows; any thread.
public final class EngineMetrics {
    final LongAdder handshakes = new LongAdder();
    final LongAdder upgrades = new LongAdder();
    final StrandCounter packetsIn = new StrandCounter();
    final StrandCounter packetsOut = new StrandCounter();
    final StrandCounter bytesIn = new StrandCounter();
    final StrandCounter bytesOut = new StrandCounter();
    final LongAdder volatileDropped = new LongAdder();
    private final Map<CloseReason, LongAdder> closed = adders(CloseReason.class);
    private final Map<ConnectionError.Code, LongAdder> refused = adders(ConnectionError.Code.class);
    private final Map<LimitExceeded.Limit, LongAdder> limits = adders(LimitExceeded.Limit.class);

    EngineMetrics() {}

    private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> keys) {
        var adders = new EnumMap<E, LongAdder>(keys);
        for (var key : keys.getEnumConstants()) {
            adders.put(key, new LongAdder());
        }
        return adders;
    }

    private static <E> LongAdder at(Map<E, LongAdder> adders, E key) {
        return requireNonNull(adders.get(key));
    }

    void closed(CloseReason reason) {
        at(closed, reason).increment();
    }

    void refused(ConnectionError.Code code) {
        at(refused, code).increment();
    }

    void exceeded(LimitExceeded.Limit limit) {
        at(limits, limit).increment();
    }

    /// Sessions opened.
    public long handshakes() {
        return handshakes.sum();
    }

    /// Sessions that moved from polling to WebSocket.
    public long upgrades() {
        return upgrades.sum();
    }

    /// Packets received, of every type.
    public long packetsIn() {
        return packetsIn.sum();
    }

    /// Packets sent, of every type.
    public long packetsOut() {
        return packetsOut.sum();
    }

    /// Bytes of the packets received, without HTTP or WebSocket framing.
    public long bytesIn() {
        return bytesIn.sum();
    }

    /// Bytes of the messages sent, without HTTP or WebSocket framing and before compression.
    public long bytesOut() {
        return bytesOut.sum();
    }

    /// Volatile messages dropped because the transport was not writable.
    public long volatileDropped() {
        return volatileDropped.sum();
    }

    /// Sessions closed for `reason`.
    public long closes(CloseReason reason) {
        return at(closed, reason).sum();
    }

    /// Requests refused with `code`.
    public long refusals(ConnectionError.Code code) {
        return at(refused, code).sum();
    }

    /// How often a client exceeded `limit`, also one of Socket.IO.
    public long limitsExceeded(LimitExceeded.Limit limit) {
        return at(limits, limit).sum();
    }
}
