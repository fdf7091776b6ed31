package io.natter.websocket;

import static java.util.Objects.requireNonNull;

import io.natter.host.StrandCounter;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// The counters of a [WebSocketServer] since its creation. All figures but [#open] only grow. Any
/// thread.
public final class WebSocketMetrics {
    /// Why a request to become a WebSocket was refused.
    public enum Refusal {
        /// The server is closing: 503.
        CLOSING,
        /// An `Origin` with characters that no header may have: 400.
        MALFORMED_ORIGIN,
        /// [WebSocketServerOptions.Builder#checkOrigin]: 403.
        FOREIGN_ORIGIN,
        /// [WebSocketServerOptions.Builder#maxConnectionsPerAddress]: 403.
        CONNECTIONS_PER_ADDRESS,
        /// [WebSocketServerOptions.Builder#maxHandshakesInFlight]: 503.
        HANDSHAKES_IN_FLIGHT,
        /// [WebSocketServerOptions.Builder#verifyClient].
        VERIFY_CLIENT,
        /// Code of the application threw: 500.
        FAILURE
    }

    final LongAdder opened = new LongAdder();
    final LongAdder closed = new LongAdder();
    final StrandCounter messagesIn = new StrandCounter();
    final LongAdder closedSlow = new LongAdder();
    final LongAdder closedForMemory = new LongAdder();
    final LongAdder failures = new LongAdder();
    private final Map<Refusal, LongAdder> refused = new EnumMap<>(Refusal.class);

    WebSocketMetrics() {
        for (var reason : Refusal.values()) {
            refused.put(reason, new LongAdder());
        }
    }

    void refused(Refusal reason) {
        requireNonNull(refused.get(reason)).increment();
    }

    /// WebSockets opened.
    public long opened() {
        return opened.sum();
    }

    /// WebSockets open now.
    public long open() {
        // In this order, so that a socket that closes meanwhile does not make the count negative.
        long gone = closed.sum();
        return opened.sum() - gone;
    }

    /// Text and binary messages received.
    public long messagesIn() {
        return messagesIn.sum();
    }

    /// WebSockets closed because more than [WebSocketServerOptions.Builder#maxWaitingBytes] waited
    /// for them.
    public long closedSlow() {
        return closedSlow.sum();
    }

    /// WebSockets closed because of the memory budget, of this server or of its host.
    public long closedForMemory() {
        return closedForMemory.sum();
    }

    /// WebSockets closed with 1011, because a handler threw an `Error` or something failed here.
    public long failures() {
        return failures.sum();
    }

    /// Requests refused for `reason`.
    public long refusals(Refusal reason) {
        return requireNonNull(refused.get(reason)).sum();
    }
}
