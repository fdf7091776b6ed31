package io.natter.socketio.presence;

import io.natter.host.RateLimitedLog;
import io.natter.protocol.Payload;
import io.natter.socketio.Namespace;
import io.natter.socketio.Socket;
import io.natter.socketio.adapter.LocalAdapter;
import io.natter.socketio.presence.PresenceMessage.Ask;
import io.natter.socketio.presence.PresenceMessage.Bye;
import io.natter.socketio.presence.PresenceMessage.Hello;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The users of this server and of the others, and the messages that keep them equal. One lock
/// guards all of it; messages are sent and listeners called outside of the lock. Any thread.
final class PresenceState {
    /// The event between servers that carries a [PresenceMessage].
    static final String EVENT = "natter:presence";

    private static final RateLimitedLog LOG = new RateLimitedLog(Presence.class);
    private static final long FLUSH = 20_000_000L;
    private static final int TICKS_BETWEEN_SWEEPS = 30;

    private final Namespace nsp;
    private final PresenceFormat format;
    private final PresenceTimers timers;
    private final PresenceView view;
    private final long grace;
    private final boolean alone;

    private final ReentrantLock lock = new ReentrantLock();
    private final RunningTime time; // lock
    private final OwnUsers own; // lock
    private final OwnMessages ownMessages; // lock
    private final Peers peers; // lock
    private List<PresenceMessage> outgoing = new ArrayList<>(); // lock
    private boolean flushing; // lock
    private int ticks; // lock
    private boolean closed; // lock

    PresenceState(
            Namespace nsp,
            PresenceBuilder options,
            PresenceFormat format,
            PresenceTimers timers,
            PresenceView view) {
        this.nsp = nsp;
        this.format = format;
        this.timers = timers;
        this.view = view;
        grace = options.grace.toNanos();
        alone = nsp.adapter() instanceof LocalAdapter;
        time = new RunningTime(timers.nanoTime());
        own = new OwnUsers(options.maxUsers);
        ownMessages = new OwnMessages(own, options.heartbeat.toNanos());
        peers = new Peers(options.maxUsers, options.timeout.toNanos(), grace);
    }

    /// Whether there are no other servers.
    boolean isAlone() {
        return alone;
    }

    /// Tells the other servers that this one has come.
    void hello() {
        exclusively(changed -> outgoing.add(new Hello(ownMessages.seq())));
    }

    // ---- the sockets of this server

    /// A socket is one of this user from now on. Has no effect for a socket that has left.
    ///
    /// @param key the user, or null if the socket is no user's
    /// @throws IllegalStateException if there are as many users as may be
    void enter(Socket socket, @Nullable String key, @Nullable Payload data) {
        exclusively(
                changed -> {
                    if (!socket.connected()) {
                        return;
                    }
                    String before = own.keyOf(socket);
                    if (before != null && !before.equals(key)) {
                        leaveNow(socket, changed);
                    }
                    long millis = nsp.server().options().clock().millis();
                    if (key != null && own.enter(socket, key, data, millis)) {
                        own(List.of(key), changed);
                    }
                });
    }

    /// A socket has left.
    void leave(Socket socket) {
        exclusively(changed -> leaveNow(socket, changed));
    }

    private void leaveNow(Socket socket, Collection<String> changed) {
        own.leave(socket, leaveAt());
        own(own.expire(time.now()), changed);
    }

    private long leaveAt() {
        return time.now() + grace;
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

    /// Another server has sent a message.
    void received(String from, PresenceMessage message) {
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

    /// Called once a second.
    void tick() {
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

    /// Tells the other servers that this one closes. Nothing changes afterwards.
    void close() {
        exclusively(
                changed -> {
                    if (!alone) {
                        outgoing.add(new Bye());
                    }
                    closed = true;
                });
    }

    // ---- one at a time

    /// Runs `action` alone. Then sends the messages that it has added to `outgoing`, and calls the
    /// listeners for the users whose keys it has given.
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

    /// One entry of all that the servers know of a user, with the data that was set last.
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
