package io.natter.socketio.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.cluster.SharedAdapter;
import io.natter.host.inprocess.ManualStrand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Presence of several servers, with a clock that only the test moves.
final class PresenceClusterTest {
    private final ManualStrand strand = new ManualStrand();
    private final SharedAdapter.Hub hub = new SharedAdapter.Hub(false);
    private final PresenceNode one = new PresenceNode(strand, "n1", hub);
    private final PresenceNode two = new PresenceNode(strand, "n2", hub);
    private final Presence usersOfOne = one.start(PresenceNode.byName());
    private final Presence usersOfTwo = two.start(PresenceNode.byName());

    private void settle() {
        strand.advance(Duration.ofMillis(100));
    }

    private static List<String> keys(Presence users) {
        return users.list().stream().map(PresenceEntry::key).toList();
    }

    @Test
    void theUsersOfAllServersAreOneSet() {
        one.client("ana", "1");
        settle();
        two.client("bob");
        settle();
        assertThat(keys(usersOfOne)).containsExactly("ana", "bob");
        assertThat(usersOfTwo.list()).isEqualTo(usersOfOne.list());
        assertThat(one.told()).containsExactly("+ana", "+bob");
        assertThat(two.told()).containsExactly("+ana", "+bob");
    }

    @Test
    void aUserOnTwoServersIsOneUserWithTheNewestData() {
        var onOne = one.client("ana", "\"old\"");
        settle();
        two.client("ana", "\"new\"");
        settle();
        assertThat(usersOfOne.list())
                .singleElement()
                .extracting(u -> u.data(String.class))
                .isEqualTo("new");
        assertThat(one.told()).containsExactly("+ana", "~ananew");
        one.leave(onOne);
        strand.advance(Duration.ofMinutes(1));
        assertThat(keys(usersOfOne)).containsExactly("ana");
        assertThat(one.told()).isEmpty();
    }

    @Test
    void aUserWhoMovesToAnotherServerHasNotLeft() {
        var onOne = one.client("ana");
        settle();
        one.leave(onOne);
        strand.advance(Duration.ofSeconds(5));
        two.client("ana");
        strand.advance(Duration.ofMinutes(1));
        assertThat(one.told()).containsExactly("+ana");
        assertThat(two.told()).containsExactly("+ana");
        assertThat(keys(usersOfOne)).containsExactly("ana");
    }

    @Test
    void aNewServerLearnsOfThoseWhoAreThere() {
        for (int i = 0; i < 450; i++) {
            one.client("user" + i);
        }
        settle();
        var three = new PresenceNode(strand, "n3", hub);
        Presence usersOfThree = three.start(PresenceNode.byName());
        strand.advance(Duration.ofSeconds(2)); // a state goes out once a second
        assertThat(usersOfThree.count()).isEqualTo(450);
        assertThat(usersOfTwo.list()).isEqualTo(usersOfThree.list());
    }

    @Test
    void theUsersOfAKilledServerGoWhenItsTimeIsOver() {
        one.client("ana");
        one.client("bob");
        settle();
        one.freeze();
        strand.advance(Duration.ofSeconds(3));
        two.client("bob");
        two.told();
        strand.advance(Duration.ofSeconds(6));
        assertThat(two.told()).isEmpty();
        strand.advance(Duration.ofSeconds(2));
        assertThat(two.told()).containsExactly("-ana");
        assertThat(keys(usersOfTwo)).containsExactly("bob");
    }

    @Test
    void theUsersOfAFrozenServerComeBackWithIt() {
        one.client("ana");
        settle();
        one.freeze();
        strand.advance(Duration.ofSeconds(30));
        assertThat(two.told()).containsExactly("+ana", "-ana");
        one.thaw();
        strand.advance(Duration.ofSeconds(4));
        assertThat(two.told()).containsExactly("+ana");
        assertThat(keys(usersOfOne)).containsExactly("ana");
    }

    @Test
    void aServerThatWasFrozenDoesNotTakeTheOthersForGone() {
        two.client("zoe");
        settle();
        one.freeze();
        strand.advance(Duration.ofMinutes(2));
        one.thaw();
        strand.advance(Duration.ofSeconds(10));
        assertThat(one.told()).containsExactly("+zoe");
    }

    @Test
    void theUsersOfAClosedServerHaveTheGraceToComeBackElsewhere() {
        one.client("ana");
        one.client("bob");
        settle();
        one.io.close();
        strand.advance(Duration.ofSeconds(5));
        two.client("bob");
        strand.advance(Duration.ofSeconds(4));
        assertThat(two.told()).containsExactly("+ana", "+bob");
        strand.advance(Duration.ofSeconds(2));
        assertThat(two.told()).containsExactly("-ana");
        assertThat(keys(usersOfTwo)).containsExactly("bob");
    }

    @Test
    void presencesOfOtherNamesAreApart() {
        var devices = one.start(PresenceNode.byName().name("devices"));
        one.client("ana");
        settle();
        assertThat(devices.count()).isEqualTo(1);
        var others =
                new PresenceNode(strand, "n3", hub).start(PresenceNode.byName().name("others"));
        settle();
        assertThat(others.count()).isZero();
    }

    @Test
    void serversSpeakInServerSideEvents() {
        var heard = new ArrayList<String>();
        var other = new PresenceNode(strand, "n3", hub);
        other.io.onServerSide(
                "natter:presence", (args, ack) -> heard.add(args.get(0) + " " + ack.wanted()));
        var ana = one.client("ana", "{\"a\":1}");
        settle();
        one.leave(ana);
        strand.advance(Duration.ofSeconds(12));
        one.io.close();
        assertThat(heard.stream().filter(text -> text.contains("node=n1")))
                .containsExactly(
                        "{set=users, node=n1, type=state, seq=0, part=0, parts=1,"
                                + " users=[[ana, 0, 0, {a=1}]]} false",
                        "{set=users, node=n1, type=change, seq=1, users=[[ana, 0, 0, {a=1}]],"
                                + " gone=[]} false",
                        "{set=users, node=n1, type=heartbeat, seq=1} false",
                        "{set=users, node=n1, type=heartbeat, seq=1} false",
                        "{set=users, node=n1, type=heartbeat, seq=1} false",
                        "{set=users, node=n1, type=change, seq=2, users=[], gone=[ana]} false",
                        "{set=users, node=n1, type=bye} false");
    }

    @Test
    void aMessageOfAnotherFormIsReportedAndHasNoEffect() {
        var other = new PresenceNode(strand, "n3", hub);
        other.io.serverSideEmit(
                "natter:presence", Map.of("set", "users", "node", "x", "type", "change"));
        assertThat(one.errors)
                .containsExactly("another server has sent a presence message whose seq is missing");
        assertThat(usersOfOne.count()).isZero();
    }
}
