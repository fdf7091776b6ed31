package io.natter.socketio.rooms;

import io.natter.socketio.adapter.BroadcastOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The sockets of one namespace on one strand, by room. Touched on that strand only, but for
/// `population`. A socket's own room, which bears its id, is not in here: it is found by the id.
final class RoomIndex {
    final StrandContext context;
    private final RoomMembers all = new RoomMembers();
    private final Map<String, RoomMembers> rooms = new HashMap<>();

    /// Marks the sockets that the current visit has seen or is to pass over.
    private long visit;

    /// The last numbered event that was posted to the strand; guarded by the log's lock.
    long posted;

    /// The last numbered event that was delivered here.
    long done;

    /// How many sockets there are. Written on the strand, read by any thread.
    volatile int population;

    RoomIndex(StrandContext context) {
        this.context = context;
    }

    void enter(Membership membership) {
        all.add(membership);
        population = all.size();
    }

    void exit(Membership membership) {
        all.remove(membership);
        population = all.size();
    }

    void join(Membership membership) {
        if (membership.position == Membership.NOWHERE) {
            rooms.computeIfAbsent(membership.room, ignored -> new RoomMembers()).add(membership);
        }
    }

    void leave(Membership membership) {
        if (membership.position != Membership.NOWHERE) {
            RoomMembers members = rooms.get(membership.room);
            if (members != null) {
                members.remove(membership);
                if (members.size() == 0) {
                    rooms.remove(membership.room);
                }
            }
        }
    }

    /// Visits every socket that `options` name, each once.
    void forEach(
            BroadcastOptions options, NamespaceSockets<?> sockets, Consumer<LocalSocket> visitor) {
        boolean simple = options.except().isEmpty();
        if (simple && options.rooms().isEmpty()) {
            all.forEach(visitor);
            return;
        }
        long mark = ++visit;
        Consumer<LocalSocket> once =
                socket -> {
                    if (socket.mark != mark) {
                        socket.mark = mark;
                        visitor.accept(socket);
                    }
                };
        for (String room : options.except()) {
            members(room, sockets, socket -> socket.mark = mark);
        }
        if (options.rooms().isEmpty()) {
            all.forEach(once);
            return;
        }
        for (String room : options.rooms()) {
            members(room, sockets, once);
        }
    }

    private void members(String room, NamespaceSockets<?> sockets, Consumer<LocalSocket> visitor) {
        RoomMembers members = rooms.get(room);
        if (members != null) {
            members.forEach(visitor);
        }
        LocalSocket own = own(room, sockets);
        if (own != null) {
            visitor.accept(own);
        }
    }

    private @Nullable LocalSocket own(String id, NamespaceSockets<?> sockets) {
        LocalSocket socket = sockets.socket(id);
        return socket != null && socket.index == this && socket.rooms.own() ? socket : null;
    }
}
