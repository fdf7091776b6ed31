package io.natter.socketio.presence;

import io.natter.socketio.presence.PresenceMessage.Change;
import io.natter.socketio.presence.PresenceMessage.Heartbeat;
import io.natter.socketio.presence.PresenceMessage.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// The messages of this server about its own users. Changes and requests of a short time go out
/// together. Under the lock of [PresenceState].
final class OwnMessages {
    /// So many users, or about so many bytes of their data, make a message.
    private static final int USERS = 200;

    private static final int BYTES = 64 * 1024;

    /// Between two messages with the whole state at least.
    private static final long BETWEEN_STATES = 1_000_000_000L;

    private final OwnUsers own;
    private final long heartbeat;
    private final Set<String> untold = new LinkedHashSet<>();
    private boolean stateWanted;
    private long lastState = -BETWEEN_STATES;
    private long lastSent;
    private long seq;

    /// @param heartbeat without another message for so long, a heartbeat goes out, in nanoseconds
    OwnMessages(OwnUsers own, long heartbeat) {
        this.own = own;
        this.heartbeat = heartbeat;
    }

    long seq() {
        return seq;
    }

    void changed(Collection<String> keys) {
        untold.addAll(keys);
    }

    /// Another server needs the state.
    void wantState() {
        stateWanted = true;
    }

    /// Whether [#flush] would send something.
    boolean isWaiting() {
        return stateWanted || !untold.isEmpty();
    }

    /// Gives the messages that have to go out now.
    void flush(long now, Consumer<PresenceMessage> send) {
        // First the state, which a server that does not know this one needs before any change.
        if (stateWanted && now - lastState >= BETWEEN_STATES) {
            stateWanted = false;
            lastState = now;
            lastSent = now;
            state().forEach(send);
        }
        if (!untold.isEmpty()) {
            lastSent = now;
            var users = new ArrayList<UserState>();
            var gone = new ArrayList<String>();
            int bytes = 0;
            for (String key : untold) {
                UserState state = own.state(key);
                if (state == null) {
                    gone.add(key);
                } else {
                    users.add(state);
                    bytes += bytes(state);
                }
                if (users.size() + gone.size() == USERS || bytes > BYTES) {
                    send.accept(new Change(++seq, List.copyOf(users), List.copyOf(gone)));
                    users.clear();
                    gone.clear();
                    bytes = 0;
                }
            }
            if (!users.isEmpty() || !gone.isEmpty()) {
                send.accept(new Change(++seq, users, gone));
            }
            untold.clear();
        }
    }

    private List<PresenceMessage> state() {
        var parts = new ArrayList<List<UserState>>();
        var part = new ArrayList<UserState>();
        int bytes = 0;
        for (UserState state : own.states()) {
            part.add(state);
            bytes += bytes(state);
            if (part.size() == USERS || bytes > BYTES) {
                parts.add(List.copyOf(part));
                part.clear();
                bytes = 0;
            }
        }
        if (!part.isEmpty() || parts.isEmpty()) {
            parts.add(part);
        }
        var messages = new ArrayList<PresenceMessage>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            messages.add(new State(seq, i, parts.size(), parts.get(i)));
        }
        return messages;
    }

    private static int bytes(UserState state) {
        return state.key().length() + (state.data() == null ? 0 : state.data().length());
    }

    /// Called with each tick: gives a heartbeat when it is time.
    void tick(long now, Consumer<PresenceMessage> send) {
        if (now - lastSent >= heartbeat) {
            lastSent = now;
            send.accept(new Heartbeat(seq));
        }
    }
}
