package io.natter.socketio.rooms;

/// A socket's place in one room.
final class Membership {
    static final int NOWHERE = -1;

    final LocalSocket socket;
    final String room;

    /// Where it stands in its [RoomMembers]; the strand's.
    int position = NOWHERE;

    Membership(LocalSocket socket, String room) {
        this.socket = socket;
        this.room = room;
    }
}
