package io.natter.socketio.presence;

import io.natter.protocol.Payload;
import io.natter.socketio.Socket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The users with sockets on this server, and those whose last socket has left a moment ago. Under
/// the lock of [PresenceState].
final class OwnUsers {
    private static final class User {
        final Set<Socket> sockets = new HashSet<>(2);
        UserState state;

        User(UserState state) {
            this.state = state;
        }
    }

    private final int max;
    private final Map<String, User> byKey = new LinkedHashMap<>();
    private final Map<Socket, String> keys = new HashMap<>();

    /// When each user without a socket goes, the first to go first: the grace is the same for all.
    private final Map<String, Long> lingering = new LinkedHashMap<>();

    OwnUsers(int max) {
        this.max = max;
    }

    /// A socket is one of this user from now on.
    ///
    /// @param millis of the clock on the wall
    /// @return whether the user is new here or has other data than before
    /// @throws IllegalStateException if there are as many users as may be
    boolean enter(Socket socket, String key, @Nullable Payload data, long millis) {
        User user = byKey.get(key);
        boolean changed = user == null || !UserState.sameData(user.state.data(), data);
        if (user == null) {
            if (byKey.size() >= max) {
                throw new IllegalStateException(
                        "presence has "
                                + max
                                + " users on this server, as many as maxUsers allows");
            }
            user = new User(new UserState(key, millis, millis, data));
            byKey.put(key, user);
        } else if (changed) {
            user.state = new UserState(key, user.state.since(), millis, data);
        }
        lingering.remove(key);
        user.sockets.add(socket);
        keys.put(socket, key);
        return changed;
    }

    /// The user of a socket, or null.
    @Nullable String keyOf(Socket socket) {
        return keys.get(socket);
    }

    /// A socket has left.
    ///
    /// @param leaveAt when the user goes if it was the last
    void leave(Socket socket, long leaveAt) {
        String key = keys.remove(socket);
        User user = key == null ? null : byKey.get(key);
        if (key != null && user != null && user.sockets.remove(socket) && user.sockets.isEmpty()) {
            lingering.put(key, leaveAt);
        }
    }

    /// Removes the users whose time is over; gives their keys.
    List<String> expire(long now) {
        var gone = new ArrayList<String>(0);
        var each = lingering.entrySet().iterator();
        while (each.hasNext()) {
            var next = each.next();
            if (next.getValue() > now) {
                break;
            }
            each.remove();
            byKey.remove(next.getKey());
            gone.add(next.getKey());
        }
        return gone;
    }

    /// Lets go of sockets whose end no handler has told, as when the executor refused it.
    void sweep(long leaveAt) {
        List.copyOf(keys.keySet()).stream()
                .filter(socket -> !socket.connected())
                .forEach(socket -> leave(socket, leaveAt));
    }

    @Nullable UserState state(String key) {
        User user = byKey.get(key);
        return user == null ? null : user.state;
    }

    Collection<UserState> states() {
        return byKey.values().stream().map(user -> user.state).toList();
    }
}
