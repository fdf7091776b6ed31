package io.natter.socketio;

import io.natter.host.StrandCounter;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/// The counters of a [SocketIoServer] since it was made; exceeded limits are in
/// [io.natter.engine.EngineMetrics]. Only grows; any thread.
public final class SocketIoMetrics {
    final LongAdder connections = new LongAdder();
    final LongAdder refusals = new LongAdder();
    final LongAdder recoveries = new LongAdder();
    final StrandCounter eventsIn = new StrandCounter();
    final LongAdder emits = new LongAdder();
    private final Map<HandlerError.Kind, LongAdder> errors = adders(HandlerError.Kind.class);
    private final Map<DisconnectReason, LongAdder> disconnects = adders(DisconnectReason.class);

    SocketIoMetrics() {}

    private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> type) {
        var adders = new EnumMap<E, LongAdder>(type);
        for (E each : type.getEnumConstants()) {
            adders.put(each, new LongAdder());
        }
        return Map.copyOf(adders);
    }

    private static <E> LongAdder of(Map<E, LongAdder> adders, E key) {
        return Objects.requireNonNull(adders.get(key));
    }

    void failed(HandlerError.Kind kind) {
        of(errors, kind).increment();
    }

    void disconnected(DisconnectReason reason) {
        of(disconnects, reason).increment();
    }

    /// Sockets that joined a namespace, recovered ones included.
    public long connections() {
        return connections.sum();
    }

    /// Sockets that a middleware refused, and namespaces that do not exist.
    public long refusals() {
        return refusals.sum();
    }

    /// Sockets that were recovered.
    public long recoveries() {
        return recoveries.sum();
    }

    /// Events received.
    public long eventsIn() {
        return eventsIn.sum();
    }

    /// Events emitted, a broadcast counting once.
    public long emits() {
        return emits.sum();
    }

    /// The errors of the application's code.
    public long errors(HandlerError.Kind kind) {
        return of(errors, kind).sum();
    }

    /// Sockets that left for `reason`.
    public long disconnects(DisconnectReason reason) {
        return of(disconnects, reason).sum();
    }
}
