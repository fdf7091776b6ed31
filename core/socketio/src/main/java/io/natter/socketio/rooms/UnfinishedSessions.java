package io.natter.socketio.rooms;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// Lost sessions by private id whose handlers have not finished. A client that comes back waits for
/// them, because they may still change the rooms and the data of the session. Any thread.
public final class UnfinishedSessions {
    private final ConcurrentMap<String, CompletableFuture<@Nullable Void>> byId =
            new ConcurrentHashMap<>();

    /// A session was lost.
    public void add(String pid) {
        byId.put(pid, new CompletableFuture<>());
    }

    /// Its handlers have finished.
    public void finished(String pid) {
        var done = byId.remove(pid);
        if (done != null) {
            done.complete(null);
        }
    }

    /// Completed when the handlers of that session have finished; null if no handler runs.
    public @Nullable CompletableFuture<@Nullable Void> get(String pid) {
        return byId.get(pid);
    }
}
