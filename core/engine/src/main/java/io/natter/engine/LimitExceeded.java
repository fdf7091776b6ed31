package io.natter.engine;

import io.natter.host.HttpRequest;
import io.natter.host.RateLimitedLog;
import org.jspecify.annotations.Nullable;

/// A client exceeded a limit. Where its Socket.IO connection is closed for that, the client gets an
/// event `limit_exceeded` before, except for [Limit#CONNECT_TIMEOUT].
///
/// @param limit the limit
/// @param request the refused request, or the handshake of the session
/// @param sid the session, or null where there is none yet
/// @param detail a sentence for the log, with the figures
public record LimitExceeded(Limit limit, HttpRequest request, @Nullable String sid, String detail) {

    /// The limits of Engine.IO and, behind them, those of Socket.IO.
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
        HANDSHAKES_IN_FLIGHT,
        /// [EngineOptions#memoryBudget]
        MEMORY,
        /// A WebSocket sent `2probe` too often, or without reading the answers: its upgrade fails.
        UPGRADE_PROBES,
        /// One connection made more than 100 polling handshakes that no request followed, or such
        /// sessions fill half of [EngineOptions#memoryBudget]. The oldest ends.
        UNUSED_SESSIONS,

        /// `SocketIoOptions.maxEventsPerSecond`: the connection is closed.
        EVENTS_PER_SECOND,
        /// `SocketIoOptions.maxWaitingEvents`: the connection is closed.
        WAITING_EVENTS,
        /// `SocketIoOptions.maxPendingAcks`: the server's own call fails.
        PENDING_ACKS,
        /// `SocketIoOptions.connectTimeout`: the connection is closed.
        CONNECT_TIMEOUT,
        /// `SocketIoOptions.maxConnectsInFlight`: the namespace is refused.
        CONNECTS_IN_FLIGHT,
        /// `SocketIoOptions.maxNamespacesPerConnection` or `maxDynamicNamespaces`: the namespace is
        /// refused.
        NAMESPACES
    }

    /// Without the request, whose headers may hold secrets, and with the beginning of the id only.
    @Override
    public String toString() {
        return "LimitExceeded[" + limit + ", sid=" + RateLimitedLog.id(sid) + ", " + detail + "]";
    }
}
