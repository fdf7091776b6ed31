package io.natter.socketio.presence;

import io.natter.socketio.presence.PresenceMessage.Ask;
import io.natter.socketio.presence.PresenceMessage.Bye;
import io.natter.socketio.presence.PresenceMessage.Change;
import io.natter.socketio.presence.PresenceMessage.Heartbeat;
import io.natter.socketio.presence.PresenceMessage.Hello;
import io.natter.socketio.presence.PresenceMessage.State;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The other servers of the cluster. Under the lock of [PresenceState].
final class Peers {
    /// A cluster has no more servers than this; further ones are not heard.
    private static final int MAX = 1000;

    private final int maxUsers;
    private final long timeout;
    private final long grace;
    private final Map<String, Peer> byId = new HashMap<>();

    /// @param timeout a server from which nothing came for so long is gone, in nanoseconds
    /// @param grace how long the users of a server stay when they have lost it, in nanoseconds
    Peers(int maxUsers, long timeout, long grace) {
        this.maxUsers = maxUsers;
        this.timeout = timeout;
        this.grace = grace;
    }

    /// A message came.
    ///
    /// @param changed gets the keys that may have another state now
    /// @param ask gets the message's sender if it is new and has users that are not known
    void received(
            String from,
            PresenceMessage message,
            long now,
            Collection<String> changed,
            Consumer<String> ask) {
        Peer peer = byId.get(from);
        if (peer == null) {
            if (byId.size() >= MAX || message instanceof Bye) {
                return;
            }
            peer = new Peer(maxUsers);
            byId.put(from, peer);
            if (message instanceof Hello(long seq) && seq == 0) {
                peer.isNew();
            } else if (!(message instanceof State)) {
                ask.accept(from);
            }
        }
        if (peer.closed) {
            return; // late messages of a server that has closed
        }
        peer.heard = now;
        switch (message) {
            case Hello(long seq) -> peer.sentUpTo(seq);
            case Heartbeat(long seq) -> peer.sentUpTo(seq);
            case Change change -> peer.changed(change, changed);
            case State state -> peer.part(state, changed);
            case Ask ignored -> {}
            case Bye ignored -> peer.closed = true;
        }
    }

    /// Lets go of servers that are gone, and asks those for their state that have sent what did not
    /// come.
    void tick(long now, Collection<String> changed, Consumer<String> ask) {
        byId.entrySet()
                .removeIf(
                        entry -> {
                            Peer peer = entry.getValue();
                            if (now - peer.heard < stays(peer)) {
                                return false;
                            }
                            changed.addAll(peer.keys());
                            return true;
                        });
        byId.forEach(
                (id, peer) -> {
                    if (peer.needsState()) {
                        ask.accept(id);
                    }
                });
    }

    /// How long the users of a server stay after its last message.
    private long stays(Peer peer) {
        return peer.closed ? grace : Math.max(timeout, grace);
    }

    /// Adds the states of a user.
    void states(String key, List<UserState> found) {
        for (Peer peer : byId.values()) {
            UserState state = peer.state(key);
            if (state != null) {
                found.add(state);
            }
        }
    }
}
