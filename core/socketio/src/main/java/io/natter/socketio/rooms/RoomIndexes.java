package io.natter.socketio.rooms;

import io.natter.socketio.adapter.BroadcastOptions;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// The [RoomIndex] of each strand of one namespace. Any thread.
final class RoomIndexes {
    private final NamespaceSockets<?> sockets;
    private final ConcurrentMap<StrandContext, RoomIndex> byStrand = new ConcurrentHashMap<>();
    private final List<RoomIndex> all = new CopyOnWriteArrayList<>();

    RoomIndexes(NamespaceSockets<?> sockets) {
        this.sockets = sockets;
    }

    /// The index of a strand, made if there is none.
    RoomIndex of(StrandContext context) {
        return byStrand.computeIfAbsent(
                context,
                ignored -> {
                    var index = new RoomIndex(context);
                    all.add(index);
                    return index;
                });
    }

    /// Visits the index of each strand that may have sockets that `options` name.
    void visit(BroadcastOptions options, Consumer<RoomIndex> visitor) {
        for (RoomIndex index : all) {
            if (concerns(index, options)) {
                visitor.accept(index);
            }
        }
    }

    private boolean concerns(RoomIndex index, BroadcastOptions options) {
        if (options.rooms().isEmpty()) {
            return index.population > 0;
        }
        for (String room : options.rooms()) {
            LocalSocket own = sockets.socket(room);
            if ((own != null && own.index == index)
                    || sockets.directory.on(room, index.context.ordinal)) {
                return true;
            }
        }
        return false;
    }

    /// The number of sockets on the strand that `options` may name.
    int receivers(RoomIndex index, BroadcastOptions options) {
        if (options.rooms().isEmpty()) {
            return index.population;
        }
        int receivers = 0;
        for (String room : options.rooms()) {
            receivers += Math.max(1, sockets.directory.members(room, index.context.ordinal));
        }
        return receivers;
    }
}
