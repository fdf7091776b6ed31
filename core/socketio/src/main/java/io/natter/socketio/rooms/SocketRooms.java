package io.natter.socketio.rooms;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rooms of one socket. A call of the application takes effect at once, under this object's
/// lock; the strand's index follows on the strand, in the same order.
public final class SocketRooms {
    private final LocalSocket socket;
    private final RoomDirectory directory;
    private final RoomIndex index;
    private final Membership everybody;
    private Map<String, Membership> joined = Map.of();
    private boolean own = true;

    /// Changes given to the strand that it has not made yet.
    private int posted;

    /// The socket has left; broadcasts reach it no more, whatever it joins.
    private boolean gone;

    /// Rooms joined and left afterwards are noted, for the session may be recovered.
    private boolean noted;

    SocketRooms(LocalSocket socket, RoomDirectory directory, RoomIndex index) {
        this.socket = socket;
        this.directory = directory;
        this.index = index;
        this.everybody = new Membership(socket, "");
    }

    /// The socket is in the namespace from now on. On the strand.
    public void enter() {
        index.enter(everybody);
        directory.ownRoom(socket.id(), true);
    }

    /// Joins a room.
    public synchronized void join(String room) {
        if (gone && !noted) {
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
            if (gone) {
                return;
            }
            directory.joined(room, index.context.ordinal, socket.id());
            follow(() -> index.join(membership));
        }
    }

    /// Leaves a room.
    public synchronized void leave(String room) {
        if (gone && !noted) {
            return;
        }
        if (room.equals(socket.id())) {
            own = false;
            return;
        }
        // An empty map may be one that nothing can be removed from.
        @Nullable Membership membership = joined.isEmpty() ? null : joined.remove(room);
        if (membership != null && !gone) {
            directory.left(room, index.context.ordinal, socket.id());
            follow(() -> index.leave(membership));
        }
    }

    private void follow(Runnable change) {
        if (posted == 0 && index.context.strand.isCurrent()) {
            change.run();
            return;
        }
        posted++;
        index.context.strand.execute(
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
    ///
    /// @param goesOn whether handlers that have not run yet still join and leave, for a session
    ///   that is kept
    public synchronized void exit(boolean goesOn) {
        gone = true;
        noted = goesOn;
        for (Membership membership : joined.values()) {
            directory.left(membership.room, index.context.ordinal, socket.id());
            index.leave(membership);
        }
        if (everybody.position != Membership.NOWHERE) {
            index.exit(everybody);
            directory.ownRoom(socket.id(), false);
        }
    }

    /// Out of every room for good: the handlers of `disconnecting` are done.
    public synchronized void forget() {
        noted = false;
        joined = Map.of();
        own = false;
    }

    /// Whether it is in the room that bears its id.
    synchronized boolean own() {
        return own;
    }

    /// The names of the rooms, the socket's own included: a copy.
    public synchronized Set<String> names() {
        var names = new LinkedHashSet<String>(joined.size() * 2 + 2);
        if (own) {
            names.add(socket.id());
        }
        names.addAll(joined.keySet());
        return names;
    }
}
