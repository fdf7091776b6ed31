package io.natter.socketio;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Which rooms there are, and on which strands each has members: what a broadcast must know to
/// leave the other strands alone. Kept up by `join` and `leave` themselves, before the strand's own
/// index follows. Any thread; changes of one room are made under one of a few locks, reading takes
/// none.
final class RoomSummary {
    private static final int STRIPES = 64;

    private final ConcurrentHashMap<String, Entry> rooms = new ConcurrentHashMap<>();
    private final Object[] stripes = new Object[STRIPES];
    final List<RoomListener> listeners = new CopyOnWriteArrayList<>();

    RoomSummary() {
        Arrays.setAll(stripes, _ -> new Object());
    }

    void joined(String room, int strand, String id) {
        synchronized (stripe(room)) {
            Entry entry = rooms.get(room);
            boolean created = entry == null;
            if (entry == null) {
                entry = new Entry();
                rooms.put(room, entry);
            }
            entry.change(strand, 1);
            for (RoomListener listener : listeners) {
                if (created) {
                    listener.created(room);
                }
                listener.joined(room, id);
            }
        }
    }

    void left(String room, int strand, String id) {
        synchronized (stripe(room)) {
            Entry entry = rooms.get(room);
            boolean deleted = entry != null && entry.change(strand, -1) == 0;
            if (deleted) {
                rooms.remove(room);
            }
            for (RoomListener listener : listeners) {
                listener.left(room, id);
                if (deleted) {
                    listener.deleted(room);
                }
            }
        }
    }

    /// Tells the listeners of a socket's own room, which has no entry.
    void ownRoom(String id, boolean joined) {
        for (RoomListener listener : listeners) {
            if (joined) {
                listener.created(id);
                listener.joined(id, id);
            } else {
                listener.left(id, id);
                listener.deleted(id);
            }
        }
    }

    /// Whether the room has members on the strand of that number.
    boolean on(String room, int strand) {
        Entry entry = rooms.get(room);
        return entry != null && entry.on(strand);
    }

    Set<String> names() {
        return Set.copyOf(rooms.keySet());
    }

    private Object stripe(String room) {
        return stripes[room.hashCode() & (STRIPES - 1)];
    }

    private static final class Entry {
        private int total;

        /// Members by strand; replaced, never changed, so that readers need no lock.
        private volatile int[] counts = {};

        int change(int strand, int by) {
            int[] changed = Arrays.copyOf(counts, Math.max(counts.length, strand + 1));
            changed[strand] += by;
            counts = changed;
            total += by;
            return total;
        }

        boolean on(int strand) {
            int[] now = counts;
            return strand < now.length && now[strand] > 0;
        }
    }
}
