package io.natter.socketio;

import java.time.Duration;

/// Connection state recovery: a client that lost its connection for a short time gets its id, its
/// rooms, its data and the events that it missed back.
///
/// @param maxDisconnectionDuration how long a client may be away; 2 minutes
/// @param skipMiddlewares whether a recovered client passes without being asked again; true
/// @param maxBytes how many bytes of events are kept per namespace at the most; past that the
///   oldest are forgotten, and clients that would need them start anew. 64 MiB
public record ConnectionStateRecovery(
        Duration maxDisconnectionDuration, boolean skipMiddlewares, long maxBytes) {

    /// The defaults.
    public static final ConnectionStateRecovery DEFAULT =
            new ConnectionStateRecovery(Duration.ofMinutes(2), true, 64L << 20);
}
