package io.natter.socketio.rooms;

import io.natter.socketio.adapter.RoomListener;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Which rooms there are, and on which strands each has members: what a broadcast must know to
/// leave the other strands alone. Kept up by `join` and `leave` themselves, before the strand's own
/// index follows. Any thread; changes of one room are made under one of a few locks, reading takes
/// none.
final class RoomDirectory {
    private static final int STRIPES = 64;

    private final ConcurrentHashMap<String, Entry> rooms = new ConcurrentHashMap<>();

    /// Made for the first room, because most namespaces that clients make never have one.
    private volatile Object @Nullable [] stripes;

    private final Consumer<Throwable> failures;
    final List<RoomListener> listeners = new CopyOnWriteArrayList<>();

    /// @param failures gets what a listener throws
    RoomDirectory(Consumer<Throwable> failures) {
        this.failures = failures;
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
            tell(
                    listener -> {
                        if (created) {
                            listener.created(room);
                        }
                        listener.joined(room, id);
                    });
        }
    }

    void left(String room, int strand, String id) {
        synchronized (stripe(room)) {
            Entry entry = rooms.get(room);
            boolean deleted = entry != null && entry.change(strand, -1) == 0;
            if (deleted) {
                rooms.remove(room);
            }
            tell(
                    listener -> {
                        listener.left(room, id);
                        if (deleted) {
                            listener.deleted(room);
                        }
                    });
        }
    }

    /// Tells the listeners of a socket's own room, which has no entry.
    void ownRoom(String id, boolean joined) {
        tell(
                listener -> {
                    if (joined) {
                        listener.created(id);
                        listener.joined(id, id);
                    } else {
                        listener.left(id, id);
                        listener.deleted(id);
                    }
                });
    }

    private void tell(Consumer<RoomListener> what) {
        for (RoomListener listener : listeners) {
            try {
                what.accept(listener);
            } catch (Throwable failure) {
                failures.accept(failure);
            }
        }
    }

    /// Whether the room has members on the strand of that number.
    boolean on(String room, int strand) {
        return members(room, strand) > 0;
    }

    /// How many members the room has on that strand.
    int members(String room, int strand) {
        Entry entry = rooms.get(room);
        return entry == null ? 0 : entry.on(strand);
    }

    /// Whether the room has members.
    boolean has(String room) {
        return rooms.containsKey(room);
    }

    Set<String> names() {
        return Set.copyOf(rooms.keySet());
    }

    private Object stripe(String room) {
        Object[] made = stripes;
        return (made == null ? makeStripes() : made)[room.hashCode() & (STRIPES - 1)];
    }

    private synchronized Object[] makeStripes() {
        Object[] made = stripes;
        if (made == null) {
            made = new Object[STRIPES];
            Arrays.setAll(made, ignored -> new Object());
            stripes = made;
        }
        return made;
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

        int on(int strand) {
            int[] now = counts;
            return strand < now.length ? now[strand] : 0;
        }
    }
}
