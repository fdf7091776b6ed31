package io.natter.socketio;

/// A bound that a client ran into. The client was told by an event `limit_exceeded`, but for
/// [Limit#PENDING_ACKS] and [Limit#CONNECT_TIMEOUT], and its connection closed, but for
/// [Limit#PENDING_ACKS].
///
/// @param limit which
/// @param sid the engine's session
/// @param detail a sentence with the figures
public record LimitReached(Limit limit, String sid, String detail) {

    /// The bounds of [SocketIoOptions].
    public enum Limit {
        /// [SocketIoOptions#maxEventsPerSecond]
        EVENTS_PER_SECOND,
        /// [SocketIoOptions#maxWaitingEvents]
        WAITING_EVENTS,
        /// [SocketIoOptions#maxPendingAcks]
        PENDING_ACKS,
        /// [SocketIoOptions#connectTimeout]
        CONNECT_TIMEOUT
    }
}
