package io.natter.socketio;

import java.util.Set;

/// The names that are Socket.IO's own.
final class EventNames {
    private static final Set<String> RESERVED =
            Set.of(
                    "connect",
                    "connect_error",
                    "disconnect",
                    "disconnecting",
                    "newListener",
                    "removeListener");

    private EventNames() {}

    static boolean reserved(String event) {
        return RESERVED.contains(event);
    }

    /// Refuses reserved names.
    ///
    /// @throws IllegalArgumentException for a reserved name
    static void check(String event) {
        if (reserved(event)) {
            throw new IllegalArgumentException('"' + event + "\" is a reserved event name");
        }
    }
}
