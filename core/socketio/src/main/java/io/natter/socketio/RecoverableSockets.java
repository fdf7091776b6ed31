package io.natter.socketio;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// The connected sockets of a namespace that can be recovered, by private id. Any thread.
final class RecoverableSockets {
    private final ConcurrentMap<String, Socket> connected = new ConcurrentHashMap<>();

    /// Completed when the socket with that private id leaves. Only returning clients add entries.
    private final ConcurrentMap<String, CompletableFuture<@Nullable Void>> departures =
            new ConcurrentHashMap<>();

    void entered(Socket socket) {
        if (socket.pid() != null) {
            connected.put(socket.pid(), socket);
        }
    }

    void left(Socket socket) {
        var pid = socket.pid();
        if (pid != null && connected.remove(pid, socket)) {
            var done = departures.remove(pid);
            if (done != null) {
                done.complete(null);
            }
        }
    }

    /// The socket with that private id, or null if it is not connected to this server.
    @Nullable Socket get(String pid) {
        return connected.get(pid);
    }

    /// Completed when the socket with that private id has left.
    CompletableFuture<@Nullable Void> departure(String pid) {
        var done = departures.computeIfAbsent(pid, ignored -> new CompletableFuture<>());
        if (!connected.containsKey(pid)) {
            departures.remove(pid, done);
            done.complete(null);
        }
        return done;
    }
}
