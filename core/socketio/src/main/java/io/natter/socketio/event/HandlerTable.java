package io.natter.socketio.event;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The handlers of one socket, by event. Changed under this object's lock by any thread; read
/// without one, because every change replaces the whole table.
///
/// @param <H> a handler as it is run
/// @param <A> the arguments of an event
public final class HandlerTable<H, A> {

    /// A handler as it is run, and as the application knows it.
    ///
    /// @param check throws what `run` would throw for arguments that do not fit, or null where any
    ///   fit; only of handlers that run once
    /// @param next the handler of the same event that was added after it
    public record Registered<H, A>(
            String event,
            Object original,
            H run,
            boolean once,
            @Nullable Consumer<A> check,
            @Nullable Registered<H, A> next) {

        /// Refuses arguments that do not fit, by the exception of `check`.
        public void fits(A args) {
            if (check != null) {
                check.accept(args);
            }
        }
    }

    private static final @Nullable Registered<?, ?>[] NONE = {null};

    /// The first handler of each event, at the place that the event's hash gives or behind it.
    /// Never full. Each socket has one, and each event looks it up cold: so it has as few objects
    /// as possible.
    private volatile @Nullable Registered<H, A>[] table = none();

    /// The handler of an event that was added first; the others follow as `next`.
    public @Nullable Registered<H, A> first(String event) {
        var now = table;
        return now[place(now, event)];
    }

    private static int place(@Nullable Registered<?, ?>[] table, String event) {
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

    /// Adds a handler behind those of the event.
    ///
    /// @param original the object by which the application removes it
    public synchronized void add(
            String event, Object original, H run, boolean once, @Nullable Consumer<A> check) {
        var all = all();
        all.add(new Registered<>(event, original, run, once, check, null));
        become(all);
    }

    /// Removes the handler added last of those that the application knows as `original`.
    ///
    /// @return whether there was one
    public synchronized boolean remove(String event, Object original) {
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

    /// Removes all handlers of an event.
    public synchronized void removeAll(String event) {
        var all = all();
        all.removeIf(each -> each.event.equals(event));
        become(all);
    }

    /// Removes all handlers.
    public synchronized void removeAll() {
        table = none();
    }

    /// All handlers, those of one event in their order.
    private List<Registered<H, A>> all() {
        var all = new ArrayList<Registered<H, A>>();
        for (var first : table) {
            for (var each = first; each != null; each = each.next) {
                all.add(each);
            }
        }
        return all;
    }

    private void become(List<Registered<H, A>> all) {
        @SuppressWarnings({"unchecked", "rawtypes"}) // arrays have no type parameters
        @Nullable Registered<H, A>[] next =
                new @Nullable Registered[Integer.highestOneBit(3 * all.size() | 1)];
        for (var each : all.reversed()) {
            int at = place(next, each.event);
            next[at] =
                    new Registered<>(
                            each.event, each.original, each.run, each.once, each.check, next[at]);
        }
        table = next;
    }

    @SuppressWarnings("unchecked") // it has no handlers, and is never written to
    private static <H, A> @Nullable Registered<H, A>[] none() {
        return (@Nullable Registered<H, A>[]) NONE;
    }
}
