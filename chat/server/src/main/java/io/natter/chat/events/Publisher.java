package io.natter.chat.events;

import io.natter.chat.domain.room.RoomHead;
import io.natter.chat.domain.store.Change;
import io.natter.chat.wire.WireAccounts;
import io.natter.chat.wire.WireAdmin;
import io.natter.chat.wire.WireMessages;
import io.natter.chat.wire.WireRooms;
import io.natter.socketio.Broadcast;
import io.natter.socketio.SocketIoServer;

/// Tells clients of committed changes, in the order of commits. Called on the store's writing
/// thread.
final class Publisher {
    private final SocketIoServer io;
    private final Connections connections;
    private final Presence presence;

    Publisher(SocketIoServer io, Connections connections, Presence presence) {
        this.io = io;
        this.connections = connections;
        this.presence = presence;
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
            case Change.SavedChanged saved -> tell(saved);
            case Change.ScheduledChanged scheduled -> tell(scheduled);
            case Change.ProfileChanged profile -> {
                connections.profile(profile.profile());
                presence.renamed(profile.profile().person());
                everybody().emit("person", WireAccounts.profile(profile.profile()));
            }
            case Change.RetentionChanged kept ->
                    io.to(Connections.messageRoom(kept.retention().room()))
                            .emit("kept", WireAdmin.kept(kept.retention()));
            case Change.PlaceChanged place ->
                    everybody().emit("place", WireAccounts.place(place.place()));
            case Change.SessionsEnded ended -> end(ended);
        }
    }

    /// A person who has said hello is a member of the general room.
    private Broadcast everybody() {
        return io.to(Connections.messageRoom(RoomHead.GENERAL));
    }

    private void end(Change.SessionsEnded ended) {
        boolean removed = ended.end() == Change.End.KICKED || ended.end() == Change.End.BANNED;
        if (removed) {
            presence.signOut(ended.person());
        }
        for (String session : ended.sessions()) {
            String room = Connections.sessionRoom(session);
            io.in(room).emit("session.ended", WireAccounts.ended(ended));
            io.in(room).disconnectSockets(true);
        }
    }

    private void tell(Change.OfPerson change) {
        if (connections.hears(change.person())) {
            io.to(Connections.personRoom(change.person())).emit("me.ev", WireRooms.meEv(change));
        }
    }
}
