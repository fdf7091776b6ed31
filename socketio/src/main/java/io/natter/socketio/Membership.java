package io.natter.socketio;

/// A socket's place in one room.
final class Membership {
    static final int NOWHERE = -1;

    final Socket socket;
    final String room;

    /// Where it stands in its [Members]; the strand's.
    int position = NOWHERE;

    Membership(Socket socket, String room) {
        this.socket = socket;
        this.room = room;
    }
}
