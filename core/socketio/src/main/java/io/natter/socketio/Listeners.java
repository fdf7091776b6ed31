package io.natter.socketio;

import io.natter.socketio.payload.PayloadException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The listeners of a socket's application. Changed under this object's lock by any thread; read
/// without one, for every change replaces the whole.
final class Listeners {

    /// A listener as it is run, and as the application knows it.
    ///
    /// @param check throws what `run` would throw of arguments that do not fit, or null where any
    ///   fit; only of those that run once
    /// @param next the listener of the same event that was added after it
    record Registered(
            String event,
            Object original,
            Listener.Any run,
            boolean once,
            @Nullable Consumer<Args> check,
            @Nullable Registered next) {

        /// @throws PayloadException if the arguments do not fit
        void fits(Args args) {
            if (check != null) {
                check.accept(args);
            }
        }
    }

    private static final @Nullable Registered[] NONE = {null};

    /// The first listener of each event, at the place that the event's hash says or behind it.
    /// Never full. Each socket has one and each event looks for it cold: as few objects as can be.
    private volatile @Nullable Registered[] table = NONE;

    volatile List<Listener.CatchAll> incoming = List.of();
    volatile List<EventMiddleware> middlewares = List.of();
    volatile List<Listener.Values<DisconnectReason, String>> disconnecting = List.of();
    volatile List<Listener.Values<DisconnectReason, String>> disconnect = List.of();
    volatile List<Listener.Value<Exception>> error = List.of();

    /// The listener of an event that was added first; the others follow as `next`.
    @Nullable Registered first(String event) {
        var now = table;
        return now[place(now, event)];
    }

    private static int place(@Nullable Registered[] table, String event) {
        int hash = event.hashCode();
        int at = hash ^ hash >>> 16;
        while (true) {
            at &= table.length - 1;
            var found = table[at];
            if (found == null || found.event.equals(event)) {
                return at;
            }
            at++;
        }
    }

    synchronized void add(
            String event,
            Object original,
            Listener.Any run,
            boolean once,
            @Nullable Consumer<Args> check) {
        var all = all();
        all.add(new Registered(event, original, run, once, check, null));
        become(all);
    }

    /// Removes the listener added last of those that the application knows as `original`.
    synchronized boolean remove(String event, Object original) {
        var all = all();
        for (int i = all.size() - 1; i >= 0; i--) {
            var each = all.get(i);
            if (each.event.equals(event)
                    && (each.original.equals(original) || each.run.equals(original))) {
                all.remove(i);
                become(all);
                return true;
            }
        }
        return false;
    }

    synchronized void removeAll(String event) {
        var all = all();
        all.removeIf(each -> each.event.equals(event));
        become(all);
    }

    synchronized void removeAll() {
        table = NONE;
    }

    /// Those of one event in their order.
    private List<Registered> all() {
        var all = new ArrayList<Registered>();
        for (var first : table) {
            for (var each = first; each != null; each = each.next) {
                all.add(each);
            }
        }
        return all;
    }

    private void become(List<Registered> all) {
        var next = new @Nullable Registered[Integer.highestOneBit(3 * all.size() | 1)];
        for (var each : all.reversed()) {
            int at = place(next, each.event);
            next[at] =
                    new Registered(
                            each.event, each.original, each.run, each.once, each.check, next[at]);
        }
        table = next;
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
