package io.natter.socketio.adapter;

import io.natter.protocol.Packet;
import io.natter.socketio.payload.JsonMapping;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The adapter of this server's own sockets in one namespace. A server that stands alone uses it as
/// it is. An adapter for a cluster gets one from [Adapter.Factory] and calls it for the part of
/// each task that concerns this server. Any thread; no method blocks.
public interface LocalAdapter extends Adapter {

    /// The name of the namespace.
    String namespace();

    /// The rooms that have members on this server, without the rooms that sockets have to
    /// themselves.
    Set<String> rooms();

    /// Whether the room has members on this server. The id of a socket is a room, too.
    boolean hasRoom(String room);

    /// Calls `listener` for rooms that come and go from now on, the sockets' own rooms included.
    void onRooms(RoomListener listener);

    /// Sends an event that a cluster's log has numbered to this server's sockets. A socket that was
    /// recovered up to `number` or beyond has the event already and does not get it again.
    ///
    /// @param packet the event; its last argument is its offset
    /// @param number a number that grows with each event on this server, from 1
    void broadcast(Packet.Event packet, BroadcastOptions options, long number);

    /// An id for [#broadcastWithAck] that no other event of this namespace has.
    long nextAckId();

    /// How long a client may be away and be recovered, or null where the server does not recover
    /// connections.
    default @Nullable Duration maxDisconnectionDuration() {
        return null;
    }

    /// Writes and reads payloads as this server does, for the data of sockets.
    JsonMapping mapping();
}
