package io.natter.socketio.presence;

import io.natter.protocol.Payload;
import io.natter.socketio.Args;
import io.natter.socketio.Namespace;
import io.natter.socketio.Socket;
import io.natter.socketio.payload.TypeRef;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The users that are present in a namespace, on all servers of a cluster. A user has one entry,
/// however many sockets and tabs. The entry stays for the grace after the last socket has left, so
/// that a reload of the page is no leave and join.
///
/// ```java
/// Presence users = Presence.by(socket -> socket.data(USER).name())
///         .onJoin(user -> io.local().emit("joined", user.key()))
///         .onLeave(user -> io.local().emit("left", user.key()))
///         .start(io);
/// ```
///
/// Every server calls its own listeners for the users of all servers. So a listener sends to the
/// sockets of its server alone, by `local()`. Any thread; nothing blocks.
public final class Presence implements AutoCloseable {
    private static final TypeRef<Map<String, @Nullable Object>> MESSAGE = new TypeRef<>() {};
    private static final long TICK = 1_000_000_000L;
    private static final int MAX_KEY = 256;

    private final Namespace nsp;
    private final PresenceBuilder options;
    private final PresenceFormat format;
    private final PresenceTimers timers;
    private final PresenceView view;
    private final PresenceState state;
    private final Runnable closing = this::close;

    Presence(Namespace nsp, PresenceBuilder options, String node, PresenceTimers timers) {
        this.nsp = nsp;
        this.options = options;
        this.timers = timers;
        var server = nsp.server().options();
        format = new PresenceFormat(server.mapping(), options.name, node);
        view = new PresenceView(server.executor());
        state = new PresenceState(nsp, options, format, timers, view);
    }

    /// The presence of the users that `key` names. It is asked when a socket has joined, before the
    /// handlers of events; null means that the socket is no user's.
    public static PresenceBuilder by(Function<Socket, @Nullable String> key) {
        return new PresenceBuilder(key);
    }

    void start() {
        options.onJoin.forEach(this::onJoin);
        options.onUpdate.forEach(this::onUpdate);
        options.onLeave.forEach(this::onLeave);
        if (!state.isAlone()) {
            nsp.onServerSide(PresenceState.EVENT, (args, ack) -> receive(args));
            state.hello();
        }
        nsp.onConnection(this::joined);
        nsp.sockets().forEach(socket -> socket.execute(() -> joined(socket)));
        nsp.server().onClose(closing);
        timers.schedule(this::tick, TICK);
    }

    // ---- who is there

    /// The users, those who came first at the beginning: a snapshot.
    public List<PresenceEntry> list() {
        return view.present().values().stream()
                .sorted(
                        Comparator.comparing(PresenceEntry::since)
                                .thenComparing(PresenceEntry::key))
                .toList();
    }

    /// The number of users.
    public int count() {
        return view.present().size();
    }

    /// The entry of a user, or null if the user is not present.
    public @Nullable PresenceEntry get(String key) {
        return view.present().get(key);
    }

    /// Whether a user is present.
    public boolean has(String key) {
        return view.present().containsKey(key);
    }

    // ---- changes

    /// Calls `listener` with each user who comes from now on. Listeners run one at a time, in
    /// order, on the server's executor, so they may block. Of changes that follow each other while
    /// a listener runs, only the outcome is told.
    public Presence onJoin(Consumer<PresenceEntry> listener) {
        view.on(PresenceView.Event.JOIN, listener);
        return this;
    }

    /// Calls `listener` with each user whose data changes from now on, as [#onJoin] does.
    public Presence onUpdate(Consumer<PresenceEntry> listener) {
        view.on(PresenceView.Event.UPDATE, listener);
        return this;
    }

    /// Calls `listener` with each user who goes from now on, as [#onJoin] does.
    public Presence onLeave(Consumer<PresenceEntry> listener) {
        view.on(PresenceView.Event.LEAVE, listener);
        return this;
    }

    /// Asks the functions for key and data anew: after a socket has signed in or out, or when the
    /// data has changed. Has no effect for a socket that has left.
    ///
    /// @throws IllegalArgumentException if the key is longer than 256 characters, or the data
    ///   longer than `maxDataBytes` or not JSON
    /// @throws IllegalStateException if there are `maxUsers` on this server already
    public void refresh(Socket socket) {
        String key = options.key.apply(socket);
        if (key != null && key.length() > MAX_KEY) {
            throw new IllegalArgumentException(
                    "the key of a user has %d characters; %d are allowed"
                            .formatted(key.length(), MAX_KEY));
        }
        Payload data = key == null ? null : options.dataOf(socket, format.mapping());
        state.enter(socket, key, data);
    }

    private void joined(Socket socket) {
        socket.onDisconnect(reason -> state.leave(socket));
        refresh(socket);
    }

    private void receive(Args args) {
        Map<String, @Nullable Object> received = args.require(0, MESSAGE);
        String from = PresenceFormat.text(received, "node");
        if (!options.name.equals(received.get("set")) || from.equals(format.node())) {
            return;
        }
        state.received(from, format.read(received));
    }

    private void tick() {
        timers.schedule(this::tick, TICK);
        state.tick();
    }

    /// Stops, and tells the other servers. They keep the users of this one for the grace, because
    /// the users may come back to another server. The listeners are not called any more. The
    /// server's `close` calls it.
    @Override
    public void close() {
        state.close();
        timers.close();
        nsp.server().offClose(closing);
    }
}
