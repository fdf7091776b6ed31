package io.natter.socketio.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.socketio.presence.PresenceMessage.Change;
import io.natter.socketio.presence.PresenceMessage.State;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The state that a server has of another one, however messages come.
final class PeerTest {
    private final Peer peer = new Peer(1000);
    private final List<String> changed = new ArrayList<>();

    private static UserState user(String key) {
        return new UserState(key, 1, 1, null);
    }

    private void change(long seq, List<String> users, List<String> gone) {
        peer.changed(new Change(seq, users.stream().map(PeerTest::user).toList(), gone), changed);
    }

    private void state(long seq, int part, int parts, String... users) {
        var states = List.of(users).stream().map(PeerTest::user).toList();
        peer.part(new State(seq, part, parts, states), changed);
    }

    @Test
    void changesOutOfOrderTakeEffectInOrder() {
        peer.isNew();
        change(2, List.of(), List.of("ana"));
        change(3, List.of("bob"), List.of());
        assertThat(peer.keys()).isEmpty();
        change(1, List.of("ana"), List.of());
        assertThat(peer.keys()).containsExactly("bob");
        assertThat(changed).containsExactly("ana", "ana", "bob");
        assertThat(peer.needsState()).isFalse();
    }

    @Test
    void aLostChangeIsMadeUpForByTheState() {
        peer.isNew();
        change(1, List.of("ana"), List.of());
        change(3, List.of("zoe"), List.of());
        assertThat(peer.needsState()).isFalse(); // it may still be on its way
        assertThat(peer.needsState()).isTrue();
        state(2, 0, 1, "bob");
        assertThat(peer.keys()).containsExactlyInAnyOrder("bob", "zoe");
        assertThat(peer.needsState()).isFalse();
    }

    @Test
    void aLostLastChangeShowsInTheHeartbeat() {
        peer.isNew();
        peer.sentUpTo(1);
        peer.needsState();
        assertThat(peer.needsState()).isTrue();
    }

    @Test
    void theStateComesInPartsInAnyOrder() {
        state(5, 1, 2, "bob");
        change(6, List.of(), List.of("ana"));
        assertThat(peer.keys()).isEmpty();
        state(5, 0, 2, "ana", "zoe");
        assertThat(peer.keys()).containsExactlyInAnyOrder("bob", "zoe");
        state(5, 0, 1, "late");
        assertThat(peer.keys()).containsExactlyInAnyOrder("bob", "zoe");
    }

    @Test
    void usersThatTheStateLacksAreGone() {
        peer.isNew();
        change(1, List.of("ana", "bob"), List.of());
        changed.clear();
        state(4, 0, 1, "bob");
        assertThat(peer.keys()).containsExactly("bob");
        assertThat(changed).containsExactly("ana");
    }

    @Test
    void neitherUsersNorEarlyChangesGrowWithoutBound() {
        var small = new Peer(2);
        small.part(new State(1, 0, 1, List.of(user("a"), user("b"), user("c"))), changed);
        assertThat(small.keys()).hasSize(2);
        for (long seq = 1000; seq < 3000; seq++) {
            small.changed(new Change(seq, List.of(), List.of()), changed);
        }
        assertThat(small.earlyChanges()).isEqualTo(256);
    }
}
