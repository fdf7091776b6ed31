package io.natter.socketio;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// The rooms of one socket. What the application asks for is noted at once, under this object's
/// lock; the strand's index follows on the strand, in the same order.
final class SocketRooms {
    private final Socket socket;
    private final LocalAdapter local;
    private final StrandRooms index;
    private final Membership everybody;
    private Map<String, Membership> joined = Map.of();
    private boolean own = true;

    /// Changes given to the strand that it has not made yet.
    private int posted;

    /// The socket has left; nothing more is joined.
    private boolean gone;

    SocketRooms(Socket socket, LocalAdapter local, StrandRooms index) {
        this.socket = socket;
        this.local = local;
        this.index = index;
        this.everybody = new Membership(socket, "");
    }

    /// The socket is in the namespace from now on. On the strand.
    void enter() {
        index.enter(everybody);
        local.summary().ownRoom(socket.id(), true);
    }

    synchronized void join(String room) {
        if (gone) {
            return;
        }
        if (room.equals(socket.id())) {
            own = true;
            return;
        }
        if (joined.isEmpty()) {
            joined = new LinkedHashMap<>(4);
        }
        if (!joined.containsKey(room)) {
            var membership = new Membership(socket, room);
            joined.put(room, membership);
            local.summary().joined(room, index.slot.ordinal, socket.id());
            follow(() -> index.join(membership));
        }
    }

    synchronized void leave(String room) {
        if (gone) {
            return;
        }
        if (room.equals(socket.id())) {
            own = false;
            return;
        }
        Membership membership = joined.remove(room);
        if (membership != null) {
            local.summary().left(room, index.slot.ordinal, socket.id());
            follow(() -> index.leave(membership));
        }
    }

    private void follow(Runnable change) {
        if (posted == 0 && index.slot.strand.isCurrent()) {
            change.run();
            return;
        }
        posted++;
        index.slot.strand.execute(
                () -> {
                    synchronized (this) {
                        posted--;
                        if (!gone) {
                            change.run();
                        }
                    }
                });
    }

    /// Out of every room as far as broadcasts go; [#names] still tells them, for the handlers of
    /// `disconnecting`. On the strand.
    synchronized void exit() {
        gone = true;
        for (Membership membership : joined.values()) {
            local.summary().left(membership.room, index.slot.ordinal, socket.id());
            index.leave(membership);
        }
        if (everybody.position != Membership.NOWHERE) {
            index.exit(everybody);
            local.summary().ownRoom(socket.id(), false);
        }
    }

    synchronized void forget() {
        joined = Map.of();
        own = false;
    }

    synchronized boolean own() {
        return own;
    }

    synchronized Set<String> names() {
        var names = new LinkedHashSet<String>(joined.size() * 2 + 2);
        if (own) {
            names.add(socket.id());
        }
        names.addAll(joined.keySet());
        return names;
    }
}
