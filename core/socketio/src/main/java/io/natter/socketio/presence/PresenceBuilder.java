package io.natter.socketio.presence;

import io.natter.protocol.Payload;
import io.natter.socketio.Namespace;
import io.natter.socketio.Socket;
import io.natter.socketio.SocketIoServer;
import io.natter.socketio.payload.JsonMapping;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How a [Presence] behaves; made by [Presence#by]. All servers of a cluster need the same options.
/// Not for several threads.
public final class PresenceBuilder {
    final Function<Socket, @Nullable String> key;
    final List<Consumer<PresenceEntry>> onJoin = new ArrayList<>();
    final List<Consumer<PresenceEntry>> onUpdate = new ArrayList<>();
    final List<Consumer<PresenceEntry>> onLeave = new ArrayList<>();
    String name = "users";
    Duration grace = Duration.ofSeconds(10);
    Duration heartbeat = Duration.ofSeconds(3);
    Duration timeout = Duration.ofSeconds(10);
    int maxUsers = 100_000;
    int maxDataBytes = 4096;
    private @Nullable Function<Socket, @Nullable Object> data;

    PresenceBuilder(Function<Socket, @Nullable String> key) {
        this.key = Objects.requireNonNull(key, "key must not be null");
    }

    /// The data that all others see of a user, such as a name for display. Asked after the key. If
    /// the sockets of a user give different data, the last one counts. Any value that JSON can
    /// hold, without bytes; null for none, which is the default.
    public PresenceBuilder data(Function<Socket, @Nullable Object> dataOfSocket) {
        data = Objects.requireNonNull(dataOfSocket, "data must not be null");
        return this;
    }

    /// The name of this presence, "users" by default. A namespace may have several presences, each
    /// with a name of its own.
    public PresenceBuilder name(String unique) {
        name = Objects.requireNonNull(unique, "name must not be null");
        return this;
    }

    /// How long a user stays when the last socket has left; 10 seconds by default. Zero tells of
    /// each leave at once, also of those that a reload of the page makes.
    ///
    /// @throws IllegalArgumentException if it is negative
    public PresenceBuilder grace(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("grace must not be negative");
        }
        grace = time;
        return this;
    }

    /// How servers notice that one of them is gone.
    ///
    /// @param interval a server that has sent nothing for so long sends a heartbeat; 3 seconds by
    ///   default
    /// @param patience a server from which nothing came for so long is gone, and its users with it;
    ///   10 seconds by default. The time in which this server itself was frozen does not count
    /// @throws IllegalArgumentException if `interval` is less than a second, or `patience` is less
    ///   than twice of it
    public PresenceBuilder heartbeat(Duration interval, Duration patience) {
        if (interval.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("the interval must be a second or more");
        }
        if (patience.compareTo(interval.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException("the patience must be two intervals or more");
        }
        heartbeat = interval;
        timeout = patience;
        return this;
    }

    /// The greatest number of users with sockets on one server; 100,000 by default. The sockets of
    /// further users are not tracked, and [SocketIoServer#onError] hears of each.
    ///
    /// @throws IllegalArgumentException if it is not positive
    public PresenceBuilder maxUsers(int users) {
        if (users <= 0) {
            throw new IllegalArgumentException("maxUsers must be positive");
        }
        maxUsers = users;
        return this;
    }

    /// The greatest size of a user's data as JSON; 4,096 bytes by default. A socket with more is
    /// not tracked, and [SocketIoServer#onError] hears of it.
    ///
    /// @throws IllegalArgumentException if it is negative
    public PresenceBuilder maxDataBytes(int bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("maxDataBytes must not be negative");
        }
        maxDataBytes = bytes;
        return this;
    }

    /// See [Presence#onJoin].
    public PresenceBuilder onJoin(Consumer<PresenceEntry> listener) {
        onJoin.add(listener);
        return this;
    }

    /// See [Presence#onUpdate].
    public PresenceBuilder onUpdate(Consumer<PresenceEntry> listener) {
        onUpdate.add(listener);
        return this;
    }

    /// See [Presence#onLeave].
    public PresenceBuilder onLeave(Consumer<PresenceEntry> listener) {
        onLeave.add(listener);
        return this;
    }

    /// Begins with the users of the main namespace.
    public Presence start(SocketIoServer io) {
        return start(io.of("/"));
    }

    /// Begins with the users of a namespace, those included that are there already.
    public Presence start(Namespace nsp) {
        return start(nsp, UUID.randomUUID().toString(), PresenceTimers.onThread());
    }

    Presence start(Namespace nsp, String node, PresenceTimers timers) {
        var presence = new Presence(nsp, this, node, timers);
        presence.start();
        return presence;
    }

    /// The data of a socket's user as it is kept and sent: through JSON's own types, so that it is
    /// the same on all servers.
    @Nullable Payload dataOf(Socket socket, JsonMapping mapping) {
        Object value = data == null ? null : data.apply(socket);
        if (value == null) {
            return null;
        }
        Payload given = mapping.write(value);
        if (!given.attachments().isEmpty()) {
            throw new IllegalArgumentException("the data of a user must not have bytes");
        }
        if (given.length() > maxDataBytes) {
            throw new IllegalArgumentException(
                    "the data of a user has %d bytes; maxDataBytes allows %d"
                            .formatted(given.length(), maxDataBytes));
        }
        return mapping.write(mapping.read(given, Object.class)).compact();
    }
}
