package io.natter.socketio.event;

import java.util.ArrayList;
import java.util.List;

/// Lists of listeners that are read without a lock. A change makes a new list.
public final class ListenerLists {
    private ListenerLists() {}

    /// The list with `added` at its end.
    public static <T> List<T> with(List<T> list, T added) {
        var longer = new ArrayList<>(list);
        longer.add(added);
        return List.copyOf(longer);
    }

    /// The list with `added` at its beginning.
    public static <T> List<T> withFirst(List<T> list, T added) {
        var longer = new ArrayList<T>();
        longer.add(added);
        longer.addAll(list);
        return List.copyOf(longer);
    }

    /// The list without the first `removed`.
    public static <T> List<T> without(List<T> list, T removed) {
        var shorter = new ArrayList<>(list);
        shorter.remove(removed);
        return List.copyOf(shorter);
    }
}
