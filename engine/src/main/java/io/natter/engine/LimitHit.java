package io.natter.engine;

import org.jspecify.annotations.Nullable;

/// A bound that a client ran into.
///
/// @param limit which
/// @param request the request refused, or the handshake of the session closed
/// @param sid the session, or null where there is none yet
/// @param detail a sentence for the log, with the figures
public record LimitHit(Limit limit, HttpRequest request, @Nullable String sid, String detail) {

    /// The bounds of [EngineOptions].
    public enum Limit {
        /// [EngineOptions#maxHttpBufferSize]
        PAYLOAD,
        /// [EngineOptions#maxWaitingBytes]
        WAITING_BYTES,
        /// [EngineOptions#maxWaitingPackets]
        WAITING_PACKETS,
        /// [EngineOptions#maxConnectionsPerAddress]
        CONNECTIONS_PER_ADDRESS,
        /// [EngineOptions#maxHandshakesInFlight]
        HANDSHAKES_IN_FLIGHT
    }
}
