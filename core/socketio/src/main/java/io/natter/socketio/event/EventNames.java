package io.natter.socketio.event;

import java.util.Map;

/// The event names that Socket.IO reserves, each with what to use instead.
public final class EventNames {
    private static final String NONE = "Natter has no such event";

    private static final Map<String, String> INSTEAD_OF_HANDLING =
            Map.of(
                    "connect", "use io.onConnection",
                    "connect_error", "only clients have this event",
                    "disconnect", "use socket.onDisconnect",
                    "disconnecting", "use socket.onDisconnecting",
                    "newListener", NONE,
                    "removeListener", NONE);

    private static final Map<String, String> INSTEAD_OF_SENDING =
            Map.of(
                    "connect", "a client has this event when it has connected",
                    "connect_error", "throw a ConnectException in a middleware",
                    "disconnect", "use socket.disconnect",
                    "disconnecting", "only servers have this event",
                    "newListener", NONE,
                    "removeListener", NONE);

    private static final Map<String, String> INSTEAD_BETWEEN_SERVERS =
            Map.of(
                    "connect", "use io.onConnection",
                    "connection", "use io.onConnection",
                    "new_namespace", "use io.onNewNamespace");

    private EventNames() {}

    public static boolean reserved(String event) {
        return INSTEAD_OF_HANDLING.containsKey(event);
    }

    /// Refuses a handler of a reserved name.
    ///
    /// @throws IllegalArgumentException for a reserved name
    public static void checkHandled(String event) {
        check(event, INSTEAD_OF_HANDLING);
    }

    /// Refuses to send a reserved name to clients.
    ///
    /// @throws IllegalArgumentException for a reserved name
    public static void checkSent(String event) {
        check(event, INSTEAD_OF_SENDING);
    }

    /// Refuses a reserved name between servers, in both directions.
    ///
    /// @throws IllegalArgumentException for a reserved name
    public static void checkServerSide(String event) {
        check(event, INSTEAD_BETWEEN_SERVERS);
    }

    private static void check(String event, Map<String, String> instead) {
        var hint = instead.get(event);
        if (hint != null) {
            throw new IllegalArgumentException(
                    '"' + event + "\" is a reserved event name: " + hint);
        }
    }
}
