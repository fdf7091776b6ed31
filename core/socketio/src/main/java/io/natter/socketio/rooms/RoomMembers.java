package io.natter.socketio.rooms;

import java.util.Arrays;
import java.util.function.Consumer;

/// The members of one room on one strand: dense, in no order, joining and leaving in constant time.
/// The strand's own.
final class RoomMembers {
    private Membership[] places = new Membership[2];
    private LocalSocket[] sockets = new LocalSocket[2];
    private int size;
    private int readers;

    int size() {
        return size;
    }

    void add(Membership membership) {
        if (size == sockets.length) {
            int room = size + (size >> 1) + 1;
            places = Arrays.copyOf(places, room);
            sockets = Arrays.copyOf(sockets, room);
        } else {
            detach();
        }
        membership.position = size;
        places[size] = membership;
        sockets[size++] = membership.socket;
    }

    void remove(Membership membership) {
        detach();
        int last = --size;
        var moved = places[last];
        places[membership.position] = moved;
        sockets[membership.position] = moved.socket;
        moved.position = membership.position;
        clear(last);
        membership.position = Membership.NOWHERE;
    }

    /// Visits the present members, whatever joins or leaves in the meantime.
    void forEach(Consumer<LocalSocket> visit) {
        LocalSocket[] now = sockets;
        int n = size;
        readers++;
        try {
            for (int i = 0; i < n; i++) {
                visit.accept(now[i]);
            }
        } finally {
            readers--;
        }
    }

    /// During a visit of the array, changes are made to a copy.
    private void detach() {
        if (readers > 0) {
            sockets = sockets.clone();
        }
    }

    @SuppressWarnings("NullAway") // beyond `size` the arrays are empty, whatever their type says
    private void clear(int index) {
        places[index] = null;
        sockets[index] = null;
    }
}
