package io.natter.socketio;

import java.time.Duration;

/// Connection state recovery. A client that lost its connection for a short time gets back its id,
/// its rooms and its data, and the events that it missed.
///
/// @param maxDisconnectionDuration how long a client may be away; 2 minutes
/// @param skipMiddlewares whether a recovered client passes without being asked again; true
/// @param maxBytes the bytes of events that are kept for each namespace; 64 MiB. Above this number,
///   the oldest events are removed, and clients that need them are not recovered
public record ConnectionStateRecovery(
        Duration maxDisconnectionDuration, boolean skipMiddlewares, long maxBytes) {

    /// The defaults.
    public static final ConnectionStateRecovery DEFAULT =
            new ConnectionStateRecovery(Duration.ofMinutes(2), true, 64L << 20);
}
