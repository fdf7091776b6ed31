package io.natter.micrometer;

import io.natter.socketio.DisconnectReason;
import io.natter.socketio.HandlerError;
import io.natter.socketio.SocketIoMetrics;

/// The counters of Socket.IO that have one series for each reason.
final class SocketIoReasons {
    private SocketIoReasons() {}

    static void bind(Meters meters, SocketIoMetrics metrics) {
        for (var reason : DisconnectReason.values()) {
            meters.count(
                    "disconnects",
                    "Sockets that left a namespace",
                    metrics,
                    m -> m.disconnects(reason),
                    "reason",
                    reason.toString());
        }
        for (var kind : HandlerError.Kind.values()) {
            meters.count(
                    "errors",
                    "Errors in handlers and middlewares of the application",
                    metrics,
                    m -> m.errors(kind),
                    "kind",
                    Meters.tagValue(kind));
        }
    }
}
