package io.natter.chat.events;

import io.natter.chat.domain.store.Change;
import io.natter.chat.wire.WireMessages;
import io.natter.chat.wire.WireRooms;
import io.natter.socketio.SocketIoServer;

/// Tells clients of committed changes, in the order of commits. Called on the store's writing
/// thread.
final class Publisher {
    private final SocketIoServer io;
    private final Connections connections;

    Publisher(SocketIoServer io, Connections connections) {
        this.io = io;
        this.connections = connections;
    }

    void publish(Change change) {
        switch (change) {
            case Change.OfMessage message ->
                    io.to(Connections.messageRoom(message.message().room()))
                            .emit("ev", WireMessages.ev(message));
            case Change.RoomChanged room -> {
                if (room.entered()) {
                    connections.enter(room.person(), room.room());
                }
                tell(room);
            }
            case Change.RoomLeft left -> {
                connections.exit(left.person(), left.room());
                tell(left);
            }
            case Change.ReadMoved read -> tell(read);
            case Change.LevelSet level -> tell(level);
        }
    }

    private void tell(Change.OfPerson change) {
        if (connections.hears(change.person())) {
            io.to(Connections.personRoom(change.person())).emit("me.ev", WireRooms.meEv(change));
        }
    }
}
