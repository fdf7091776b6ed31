package io.natter.socketio.rooms;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// The connected sockets of a namespace that can be recovered, by private id. Any thread.
///
/// @param <S> the type of the sockets
public final class RecoverableSockets<S> {
    private final ConcurrentMap<String, S> connected = new ConcurrentHashMap<>();

    /// Completed when the socket with that private id leaves. Only returning clients add entries.
    private final ConcurrentMap<String, CompletableFuture<@Nullable Void>> departures =
            new ConcurrentHashMap<>();

    /// A socket has joined.
    ///
    /// @param pid its private id, or null if it cannot be recovered
    public void entered(@Nullable String pid, S socket) {
        if (pid != null) {
            connected.put(pid, socket);
        }
    }

    /// A socket has left.
    ///
    /// @param pid its private id, or null if it cannot be recovered
    public void left(@Nullable String pid, S socket) {
        if (pid != null && connected.remove(pid, socket)) {
            var done = departures.remove(pid);
            if (done != null) {
                done.complete(null);
            }
        }
    }

    /// The socket with that private id, or null if it is not connected to this server.
    public @Nullable S get(String pid) {
        return connected.get(pid);
    }

    /// Completed when the socket with that private id has left.
    public CompletableFuture<@Nullable Void> departure(String pid) {
        var done = departures.computeIfAbsent(pid, ignored -> new CompletableFuture<>());
        if (!connected.containsKey(pid)) {
            departures.remove(pid, done);
            done.complete(null);
        }
        return done;
    }
}
