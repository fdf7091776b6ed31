package io.natter.socketio.presence;

import io.natter.host.RateLimitedLog;
import io.natter.protocol.Payload;
import io.natter.socketio.Args;
import io.natter.socketio.Namespace;
import io.natter.socketio.Socket;
import io.natter.socketio.adapter.LocalAdapter;
import io.natter.socketio.payload.TypeRef;
import io.natter.socketio.presence.PresenceMessage.Ask;
import io.natter.socketio.presence.PresenceMessage.Bye;
import io.natter.socketio.presence.PresenceMessage.Hello;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
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
    static final String EVENT = "natter:presence";

    private static final RateLimitedLog LOG = new RateLimitedLog(Presence.class);
    private static final TypeRef<Map<String, @Nullable Object>> MESSAGE = new TypeRef<>() {};
    private static final long TICK = 1_000_000_000L;
    private static final long FLUSH = 20_000_000L;
    private static final int TICKS_BETWEEN_SWEEPS = 30;
    private static final int MAX_KEY = 256;

    private final Namespace nsp;
    private final PresenceBuilder options;
    private final PresenceFormat format;
    private final PresenceTimers timers;
    private final PresenceView view;
    private final boolean alone;
    private final Runnable closing = this::close;

    private final ReentrantLock lock = new ReentrantLock();
    private final RunningTime time; // lock
    private final OwnUsers own; // lock
    private final OwnMessages ownMessages; // lock
    private final Peers peers; // lock
    private List<PresenceMessage> outgoing = new ArrayList<>(); // lock
    private boolean flushing; // lock
    private int ticks; // lock
    private boolean closed; // lock

    Presence(Namespace nsp, PresenceBuilder options, String node, PresenceTimers timers) {
        this.nsp = nsp;
        this.options = options;
        this.timers = timers;
        var server = nsp.server().options();
        format = new PresenceFormat(server.mapping(), options.name, node);
        view = new PresenceView(server.executor());
        alone = nsp.adapter() instanceof LocalAdapter;
        time = new RunningTime(timers.nanoTime());
        own = new OwnUsers(options.maxUsers);
        ownMessages = new OwnMessages(own, options.heartbeat.toNanos());
        long grace = options.grace.toNanos();
        peers = new Peers(options.maxUsers, options.timeout.toNanos(), grace);
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
        if (!alone) {
            nsp.onServerSide(EVENT, (args, ack) -> receive(args));
            exclusively(changed -> outgoing.add(new Hello(ownMessages.seq())));
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
        exclusively(
                changed -> {
                    if (!socket.connected()) {
                        return;
                    }
                    String before = own.keyOf(socket);
                    if (before != null && !before.equals(key)) {
                        own.leave(socket, leaveAt());
                        own(own.expire(time.now()), changed);
                    }
                    if (key != null && own.enter(socket, key, data, millis())) {
                        own(List.of(key), changed);
                    }
                });
    }

    private void joined(Socket socket) {
        socket.onDisconnect(
                reason ->
                        exclusively(
                                changed -> {
                                    own.leave(socket, leaveAt());
                                    own(own.expire(time.now()), changed);
                                }));
        refresh(socket);
    }

    private long leaveAt() {
        return time.now() + options.grace.toNanos();
    }

    private long millis() {
        return nsp.server().options().clock().millis();
    }

    /// Users of this server have changed.
    private void own(Collection<String> keys, Collection<String> changed) {
        changed.addAll(keys);
        if (!alone && !keys.isEmpty()) {
            ownMessages.changed(keys);
            flushSoon();
        }
    }

    // ---- the other servers

    private void receive(Args args) {
        Map<String, @Nullable Object> received = args.require(0, MESSAGE);
        String from = PresenceFormat.text(received, "node");
        if (!options.name.equals(received.get("set")) || from.equals(format.node())) {
            return;
        }
        PresenceMessage message = format.read(received);
        exclusively(
                changed -> {
                    if (message instanceof Hello
                            || (message instanceof Ask(String of) && of.equals(format.node()))) {
                        ownMessages.wantState();
                        flushSoon();
                    }
                    peers.received(from, message, time.now(), changed, this::ask);
                });
    }

    private void ask(String peer) {
        outgoing.add(new Ask(peer));
    }

    /// Under the lock.
    private void flushSoon() {
        if (!flushing) {
            flushing = true;
            timers.schedule(this::flush, FLUSH);
        }
    }

    private void flush() {
        exclusively(
                changed -> {
                    flushing = false;
                    ownMessages.flush(time.now(), outgoing::add);
                });
    }

    private void tick() {
        timers.schedule(this::tick, TICK);
        exclusively(
                changed -> {
                    if (++ticks % TICKS_BETWEEN_SWEEPS == 0) {
                        own.sweep(leaveAt());
                    }
                    own(own.expire(time.now()), changed);
                    if (!alone) {
                        peers.tick(time.now(), changed, this::ask);
                        ownMessages.tick(time.now(), outgoing::add);
                        if (ownMessages.isWaiting()) {
                            flushSoon();
                        }
                    }
                });
    }

    /// Says goodbye to the other servers: the users of this one stay there for the grace, in which
    /// they may come back to another server. Its own listeners are not called any more. The
    /// server's `close` calls it.
    @Override
    public void close() {
        exclusively(
                changed -> {
                    if (!alone) {
                        outgoing.add(new Bye());
                    }
                    closed = true;
                });
        timers.close();
        nsp.server().offClose(closing);
    }

    // ---- one at a time

    /// Runs `action` alone, then sends what it has left in `outgoing`, and tells of the users whose
    /// keys it has given.
    private void exclusively(Consumer<Collection<String>> action) {
        var changed = new ArrayList<String>(1);
        List<PresenceMessage> messages;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            time.advance(timers.nanoTime());
            action.accept(changed);
            new LinkedHashSet<>(changed).forEach(key -> view.set(key, merged(key)));
            messages = outgoing;
            outgoing = new ArrayList<>();
        } finally {
            lock.unlock();
        }
        try {
            messages.forEach(message -> nsp.serverSideEmit(EVENT, format.write(message)));
        } catch (RuntimeException e) {
            LOG.failure("presence message", "a presence message could not be sent", e);
        }
        view.tell();
    }

    /// One entry of what all servers know of a user: of the data, what was set last.
    private @Nullable PresenceEntry merged(String key) {
        var states = new ArrayList<UserState>(2);
        UserState mine = own.state(key);
        if (mine != null) {
            states.add(mine);
        }
        peers.states(key, states);
        if (states.isEmpty()) {
            return null;
        }
        long since = states.stream().mapToLong(UserState::since).min().getAsLong();
        UserState newest = states.stream().max(Comparator.comparingLong(UserState::updated)).get();
        return new PresenceEntry(format.mapping(), key, since, newest.data());
    }
}
