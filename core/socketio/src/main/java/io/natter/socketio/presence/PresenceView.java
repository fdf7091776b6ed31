package io.natter.socketio.presence;

import io.natter.host.RateLimitedLog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The users who are present on all servers together, and the listeners that hear of changes.
///
/// Listeners hear the difference between what they were told and the present users. So only the
/// keys of changed users wait for a slow listener. A user who goes and comes meanwhile is not told
/// of.
final class PresenceView {
    private static final RateLimitedLog LOG = new RateLimitedLog(Presence.class);

    enum Event {
        JOIN,
        UPDATE,
        LEAVE
    }

    private final Executor executor;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, PresenceEntry> present = new ConcurrentHashMap<>();
    private final Map<Event, List<Consumer<PresenceEntry>>> listeners = new HashMap<>(); // lock
    private final Map<String, PresenceEntry> told = new HashMap<>(); // lock
    private final Set<String> untold = new LinkedHashSet<>(); // lock
    private boolean listened; // lock
    private boolean telling; // lock

    PresenceView(Executor executor) {
        this.executor = executor;
    }

    Map<String, PresenceEntry> present() {
        return present;
    }

    /// Calls `listener` from now on.
    void on(Event event, Consumer<PresenceEntry> listener) {
        lock.lock();
        try {
            if (!listened) {
                listened = true;
                told.putAll(present);
            }
            var longer = new ArrayList<>(listeners.getOrDefault(event, List.of()));
            longer.add(listener);
            listeners.put(event, List.copyOf(longer));
        } finally {
            lock.unlock();
        }
    }

    /// A user is there, has other data, or is not there.
    void set(String key, @Nullable PresenceEntry entry) {
        lock.lock();
        try {
            PresenceEntry before = entry == null ? present.remove(key) : present.put(key, entry);
            if (listened && (entry == null ? before != null : !entry.equals(before))) {
                untold.add(key);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Tells the listeners what they have not heard yet, in order, on one thread at a time.
    void tell() {
        lock.lock();
        try {
            if (telling || untold.isEmpty()) {
                return;
            }
            telling = true;
        } finally {
            lock.unlock();
        }
        try {
            executor.execute(this::tellAll);
        } catch (RejectedExecutionException e) {
            Thread.startVirtualThread(this::tellAll);
        }
    }

    private void tellAll() {
        while (true) {
            Runnable calls;
            lock.lock();
            try {
                if (untold.isEmpty()) {
                    telling = false;
                    return;
                }
                String key = untold.iterator().next();
                untold.remove(key);
                calls = difference(key);
            } finally {
                lock.unlock();
            }
            calls.run();
        }
    }

    private Runnable difference(String key) {
        PresenceEntry now = present.get(key);
        PresenceEntry before = now == null ? told.remove(key) : told.put(key, now);
        if (before == null) {
            return now == null ? () -> {} : call(Event.JOIN, now);
        }
        if (now == null) {
            return call(Event.LEAVE, before);
        }
        return now.hasSameData(before) ? () -> {} : call(Event.UPDATE, now);
    }

    private Runnable call(Event event, PresenceEntry entry) {
        var called = listeners.getOrDefault(event, List.of());
        return () -> {
            for (var listener : called) {
                try {
                    listener.accept(entry);
                } catch (Throwable failure) {
                    LOG.failure("presence listener", "a listener of presence has failed", failure);
                }
            }
        };
    }
}
