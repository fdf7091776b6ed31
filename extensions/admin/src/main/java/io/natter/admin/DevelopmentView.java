package io.natter.admin;

import io.natter.host.RateLimitedLog;
import io.natter.socketio.ConnListener;
import io.natter.socketio.Namespace;
import io.natter.socketio.RemoteSocket;
import io.natter.socketio.Socket;
import io.natter.socketio.SocketIoServer;
import io.natter.socketio.adapter.RoomListener;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// Sockets, rooms and events of this server, for the admins of [AdminMode#DEVELOPMENT]. While no
/// admin looks, nothing of it runs but a check for each room that is joined or left.
final class DevelopmentView {
    private static final RateLimitedLog LOG = new RateLimitedLog(AdminUi.class);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    /// All sockets go to an admin in one message; those beyond so many bytes are left out.
    private static final long MAX_BYTES = 512 * 1024;

    private final SocketIoServer io;
    private final Namespace admins;
    private final AdminFeed feed;
    private final SocketDescription description;
    private final boolean clustered;
    private final int maxSockets;
    private final ConcurrentMap<Socket, WatchedSocket> sockets = new ConcurrentHashMap<>();
    private volatile boolean watching;

    /// Namespaces whose rooms are listened to. Under its own lock.
    private final Set<Namespace> heard = Collections.newSetFromMap(new WeakHashMap<>());

    /// @param clustered whether other servers fetch the sockets of this one
    DevelopmentView(
            SocketIoServer io,
            Namespace admins,
            AdminFeed feed,
            SocketDescription description,
            boolean clustered,
            int maxSockets) {
        this.io = io;
        this.admins = admins;
        this.feed = feed;
        this.description = description;
        this.clustered = clustered;
        this.maxSockets = maxSockets;
    }

    void start() {
        io.onNewNamespace(
                nsp -> {
                    if (clustered || watching) {
                        hear(nsp);
                    }
                });
        if (clustered) {
            io.namespaces().forEach(this::hear);
        }
    }

    AdminFeed feed() {
        return feed;
    }

    boolean isWatching() {
        return watching;
    }

    boolean isAdmin(Socket socket) {
        return socket.nsp().equals(admins);
    }

    /// Now, as JavaScript writes it.
    String time() {
        return TIME.format(io.options().clock().instant());
    }

    // ---- whether an admin looks

    /// Starts or stops to watch sockets.
    synchronized void watch(boolean on) {
        if (watching == on) {
            return;
        }
        watching = on;
        if (on) {
            for (Namespace nsp : io.namespaces()) {
                hear(nsp);
                for (Socket socket : nsp.sockets()) {
                    var watched = watch(socket);
                    if (watched != null) {
                        watched.toldData();
                    }
                }
            }
        } else {
            sockets.values().forEach(WatchedSocket::unwatch);
        }
    }

    private @Nullable WatchedSocket watch(Socket socket) {
        if (sockets.size() >= maxSockets && !sockets.containsKey(socket)) {
            LOG.info("sockets", "the Admin UI shows no more than {} sockets", maxSockets);
            return null;
        }
        var watched = sockets.computeIfAbsent(socket, s -> new WatchedSocket(this, s));
        watched.watch();
        return watched;
    }

    void left(WatchedSocket watched) {
        sockets.remove(watched.socket());
    }

    /// Tells of changed data, which nothing else notices.
    void tick() {
        for (WatchedSocket watched : sockets.values()) {
            if (watched.socket().connected()) {
                watched.tellData();
            } else {
                left(watched);
            }
        }
    }

    // ---- rooms, and sockets as they join their own

    private void hear(Namespace nsp) {
        synchronized (heard) {
            if (!heard.add(nsp)) {
                return;
            }
        }
        nsp.onRooms(
                new RoomListener() {
                    @Override
                    public void joined(String room, String socketId) {
                        tellRoom("room_joined", nsp, room, socketId);
                        if (room.equals(socketId)) {
                            Socket socket = nsp.socket(socketId);
                            if (socket != null) {
                                came(socket);
                            }
                        }
                    }

                    @Override
                    public void left(String room, String socketId) {
                        tellRoom("room_left", nsp, room, socketId);
                    }
                });
    }

    private void tellRoom(String event, Namespace nsp, String room, String socketId) {
        if (watching) {
            String time = time();
            feed.changed(event, () -> new Object[] {nsp.name(), room, socketId, time});
        }
    }

    private void came(Socket socket) {
        if (clustered) {
            shareAdminData(socket);
            socket.onConn(
                    new ConnListener() {
                        @Override
                        public void upgraded() {
                            shareAdminData(socket);
                        }
                    });
        }
        if (watching) {
            var watched = watch(socket);
            if (watched != null) {
                String time = time();
                // Those of now: the page hears of later ones, and would count them twice.
                var rooms = List.copyOf(socket.rooms());
                feed.changed(
                        "socket_connected",
                        () -> {
                            watched.toldData();
                            return new Object[] {description.of(socket, rooms), time};
                        });
            }
        }
    }

    private static void shareAdminData(Socket socket) {
        socket.data().put(SocketDescription.ADMIN_DATA, SocketDescription.adminData(socket));
    }

    // ---- all sockets

    /// The sockets of all servers, as the page gets them once. Blocks.
    List<Map<String, @Nullable Object>> all() {
        var all = new ArrayList<Map<String, @Nullable Object>>();
        long bytes = 0;
        for (Namespace nsp : io.namespaces()) {
            for (RemoteSocket remote : fetch(nsp)) {
                Socket own = nsp.socket(remote.id());
                var described =
                        own == null ? description.of(nsp.name(), remote) : description.of(own, List.copyOf(own.rooms()));
                if (described == null) {
                    continue;
                }
                bytes += io.options().mapping().write(described).length();
                if (bytes > MAX_BYTES) {
                    LOG.info("all sockets", "the Admin UI is not told of all sockets at once");
                    return all;
                }
                all.add(described);
            }
        }
        return all;
    }

    private static List<RemoteSocket> fetch(Namespace nsp) {
        try {
            return nsp.fetchSockets();
        } catch (IllegalStateException e) {
            LOG.warn("fetch", "other servers do not tell their sockets: {}", e.getMessage());
            return nsp.local().fetchSockets();
        }
    }
}
