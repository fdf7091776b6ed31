package io.natter.socketio;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The sockets of one namespace on one strand, by room. Touched on that strand only, but for
/// `population`. A socket's own room, which bears its id, is not in here: it is found by the id.
final class StrandRooms {
    final StrandSlot slot;
    private final Members all = new Members();
    private final Map<String, Members> rooms = new HashMap<>();

    /// Marks the sockets that the current visit has seen or is to pass over.
    private long visit;

    /// How many sockets there are. Written on the strand, read by any thread.
    volatile int population;

    StrandRooms(StrandSlot slot) {
        this.slot = slot;
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
            rooms.computeIfAbsent(membership.room, _ -> new Members()).add(membership);
        }
    }

    void leave(Membership membership) {
        if (membership.position != Membership.NOWHERE) {
            Members members = rooms.get(membership.room);
            if (members != null) {
                members.remove(membership);
                if (members.size() == 0) {
                    rooms.remove(membership.room);
                }
            }
        }
    }

    /// Visits every socket that `options` name, each once.
    void forEach(BroadcastOptions options, LocalAdapter adapter, Consumer<Socket> visitor) {
        boolean simple = options.except().isEmpty();
        if (simple && options.rooms().isEmpty()) {
            all.forEach(visitor);
            return;
        }
        long mark = ++visit;
        Consumer<Socket> once =
                socket -> {
                    if (socket.mark != mark) {
                        socket.mark = mark;
                        visitor.accept(socket);
                    }
                };
        for (String room : options.except()) {
            members(room, adapter, socket -> socket.mark = mark);
        }
        if (options.rooms().isEmpty()) {
            all.forEach(once);
            return;
        }
        for (String room : options.rooms()) {
            members(room, adapter, once);
        }
    }

    private void members(String room, LocalAdapter adapter, Consumer<Socket> visitor) {
        Members members = rooms.get(room);
        if (members != null) {
            members.forEach(visitor);
        }
        Socket own = own(room, adapter);
        if (own != null) {
            visitor.accept(own);
        }
    }

    private @Nullable Socket own(String id, LocalAdapter adapter) {
        Socket socket = adapter.socket(id);
        return socket != null && socket.rooms == this && socket.inOwnRoom() ? socket : null;
    }
}
