package io.natter.socketio.adapter;

/// Receives the changes of the rooms of a namespace on this server. Called on the thread that joins
/// or leaves, in order for each room. It must return quickly, and must not join or leave rooms
/// itself.
public interface RoomListener {
    /// `create-room`: the room has got its first member.
    default void created(String room) {}

    /// `delete-room`: the room has lost its last member.
    default void deleted(String room) {}

    /// `join-room`: the socket has joined.
    default void joined(String room, String socketId) {}

    /// `leave-room`: the socket has left.
    default void left(String room, String socketId) {}
}
