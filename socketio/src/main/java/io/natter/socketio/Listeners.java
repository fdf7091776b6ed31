package io.natter.socketio;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a socket's application listens to. Changed under this object's lock by any thread; read
/// without one, for every change replaces the whole.
final class Listeners {

    /// A listener as it is run, and as the application knows it.
    record Registered(Object original, Listener.Any run, boolean once) {}

    private static final Registered[] NONE = {};

    private volatile Map<String, Registered[]> byEvent = Map.of();
    volatile List<Listener.CatchAll> incoming = List.of();
    volatile List<Listener.CatchAll> outgoing = List.of();
    volatile List<EventMiddleware> middlewares = List.of();
    volatile List<Listener.Values<DisconnectReason, String>> disconnecting = List.of();
    volatile List<Listener.Values<DisconnectReason, String>> disconnect = List.of();
    volatile List<Listener.Value<Exception>> error = List.of();

    Registered[] of(String event) {
        return byEvent.getOrDefault(event, NONE);
    }

    synchronized void add(String event, Registered listener) {
        Registered[] before = of(event);
        Registered[] after = Arrays.copyOf(before, before.length + 1);
        after[before.length] = listener;
        replace(event, after);
    }

    /// Removes the listener added last of those that the application knows as `original`.
    synchronized boolean remove(String event, Object original) {
        Registered[] before = of(event);
        for (int i = before.length - 1; i >= 0; i--) {
            if (before[i].original.equals(original) || before[i].equals(original)) {
                var after = new ArrayList<>(Arrays.asList(before));
                after.remove(i);
                replace(event, after.toArray(NONE));
                return true;
            }
        }
        return false;
    }

    synchronized void removeAll(String event) {
        replace(event, NONE);
    }

    synchronized void removeAll() {
        byEvent = Map.of();
    }

    private void replace(String event, Registered[] listeners) {
        var changed = new HashMap<>(byEvent);
        if (listeners.length == 0) {
            changed.remove(event);
        } else {
            changed.put(event, listeners);
        }
        byEvent = Map.copyOf(changed);
    }

    static <T> List<T> with(List<T> list, T added) {
        var longer = new ArrayList<>(list);
        longer.add(added);
        return List.copyOf(longer);
    }

    static <T> List<T> withFirst(List<T> list, T added) {
        var longer = new ArrayList<T>();
        longer.add(added);
        longer.addAll(list);
        return List.copyOf(longer);
    }

    static <T> List<T> without(List<T> list, T removed) {
        var shorter = new ArrayList<>(list);
        shorter.remove(removed);
        return List.copyOf(shorter);
    }
}
