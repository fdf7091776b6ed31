package io.natter.socketio.presence;

import io.natter.socketio.presence.PresenceMessage.Change;
import io.natter.socketio.presence.PresenceMessage.State;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Another server and its users. Messages may come out of order, so a change waits until those
/// before it are there. If they do not come, the whole state is asked for. Under the lock of
/// [PresenceState].
final class Peer {
    private static final long UNKNOWN = -1;

    /// So many changes may wait for an earlier one.
    private static final int MAX_EARLY = 256;

    private final int maxUsers;
    private final Map<String, UserState> users = new HashMap<>();
    private final TreeMap<Long, Change> early = new TreeMap<>();

    /// The last change that is part of `users`.
    private long seq = UNKNOWN;

    /// The last change of which is known that it was sent.
    private long sent;

    /// The parts of a state as they come.
    private final Map<Integer, List<UserState>> parts = new HashMap<>();

    private long partsSeq = UNKNOWN;

    /// For how many ticks something has been missing.
    private int behind;

    /// When it was heard last, in the time of [RunningTime].
    long heard;

    /// Whether it has said that it closes.
    boolean closed;

    Peer(int maxUsers) {
        this.maxUsers = maxUsers;
    }

    @Nullable UserState state(String key) {
        return users.get(key);
    }

    Set<String> keys() {
        return Set.copyOf(users.keySet());
    }

    int earlyChanges() {
        return early.size();
    }

    /// It has sent changes up to this number.
    void sentUpTo(long number) {
        sent = Math.max(sent, number);
    }

    /// It is new and has no users yet.
    void isNew() {
        if (seq == UNKNOWN) {
            seq = 0;
        }
    }

    /// Some users have changed.
    ///
    /// @param changed gets the keys that may have another state now
    void changed(Change change, Collection<String> changed) {
        sentUpTo(change.seq());
        if (change.seq() <= seq) {
            return;
        }
        early.put(change.seq(), change);
        if (early.size() > MAX_EARLY) {
            early.pollFirstEntry();
        }
        catchUp(changed);
    }

    private void catchUp(Collection<String> changed) {
        while (seq != UNKNOWN && !early.isEmpty() && early.firstKey() <= seq + 1) {
            Change next = early.pollFirstEntry().getValue();
            if (next.seq() == seq + 1) {
                seq++;
                next.users().forEach(user -> put(user, changed));
                for (String key : next.gone()) {
                    users.remove(key);
                    changed.add(key);
                }
            }
        }
    }

    private void put(UserState user, Collection<String> changed) {
        if (users.size() < maxUsers || users.containsKey(user.key())) {
            users.put(user.key(), user);
            changed.add(user.key());
        }
    }

    /// A part of the whole state.
    ///
    /// @param changed gets the keys that may have another state now
    void part(State state, Collection<String> changed) {
        sentUpTo(state.seq());
        if (state.seq() <= seq || state.seq() < partsSeq || state.parts() > maxUsers) {
            return;
        }
        if (state.seq() > partsSeq) {
            parts.clear();
            partsSeq = state.seq();
        }
        parts.put(state.part(), state.users());
        if (parts.size() < state.parts()) {
            return;
        }
        var whole = new LinkedHashMap<String, UserState>();
        parts.values().forEach(part -> part.forEach(user -> whole.put(user.key(), user)));
        parts.clear();
        become(whole, changed);
        seq = partsSeq;
        catchUp(changed);
    }

    private void become(Map<String, UserState> whole, Collection<String> changed) {
        var gone = new HashSet<>(users.keySet());
        gone.removeAll(whole.keySet());
        gone.forEach(users::remove);
        changed.addAll(gone);
        for (UserState user : whole.values()) {
            UserState old = users.get(user.key());
            if (old == null || !old.isSame(user)) {
                put(user, changed);
            }
        }
    }

    /// Called with each tick.
    ///
    /// @return whether to ask for the state, because something has been missing for two ticks
    boolean needsState() {
        if (closed || (seq != UNKNOWN && sent <= seq)) {
            behind = 0;
            return false;
        }
        return ++behind % 2 == 0;
    }
}
