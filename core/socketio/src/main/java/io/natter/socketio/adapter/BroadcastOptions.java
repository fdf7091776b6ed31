package io.natter.socketio.adapter;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The receivers of a broadcast, and how it travels. Immutable.
///
/// @param rooms the sockets in any of these; empty for all sockets of the namespace
/// @param except excludes the sockets in any of these
/// @param isVolatile may be dropped for a client that cannot take it at once
/// @param compress may be compressed where the connection agreed to it
/// @param local stays on this server
/// @param timeout how long acknowledgements are awaited, or null for the default
public record BroadcastOptions(
        Set<String> rooms,
        Set<String> except,
        boolean isVolatile,
        boolean compress,
        boolean local,
        @Nullable Duration timeout) {

    /// Everybody in the namespace, on all servers.
    public static final BroadcastOptions ALL =
            new BroadcastOptions(Set.of(), Set.of(), false, true, false, null);

    /// The sockets of the namespace in one of these rooms.
    public static BroadcastOptions to(Set<String> rooms) {
        return new BroadcastOptions(rooms, Set.of(), false, true, false, null);
    }
}
