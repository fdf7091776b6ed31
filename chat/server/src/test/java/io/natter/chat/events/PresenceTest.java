package io.natter.chat.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.ManualClock;
import io.natter.chat.domain.person.Person;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PresenceTest {
    private static final Person ANN = new Person("1", "Ann", 0);
    private static final Person BOB = new Person("2", "Bob", 0);

    private final ManualClock clock = new ManualClock();
    private final Presence presence = new Presence(clock);

    @Test
    void manyTabsAreOnePerson() {
        presence.arrive(ANN);
        presence.arrive(ANN);
        assertThat(presence.online().people()).containsExactly(ANN);
        assertThat(presence.gather()).contains(change(1, List.of(ANN), List.of()));
        presence.leave(ANN);
        clock.advance(Presence.GRACE.multipliedBy(2));
        assertThat(presence.gather()).isEmpty();
        assertThat(presence.online().people()).containsExactly(ANN);
    }

    @Test
    void aReloadIsNoDeparture() {
        present(ANN);
        presence.leave(ANN);
        clock.advance(Presence.GRACE.minusMillis(1));
        assertThat(presence.gather()).isEmpty();
        presence.arrive(ANN);
        clock.advance(Presence.GRACE.multipliedBy(2));
        assertThat(presence.gather()).isEmpty();
    }

    @Test
    void leavingShowsAfterTheGrace() {
        present(ANN);
        present(BOB);
        presence.leave(ANN);
        clock.advance(Presence.GRACE);
        assertThat(presence.gather()).contains(change(1, List.of(), List.of(ANN)));
        assertThat(presence.online().people()).containsExactly(BOB);
        assertThat(presence.gather()).isEmpty();
    }

    @Test
    void theGraceBeginsWithTheLastSocket() {
        present(ANN);
        presence.arrive(ANN);
        presence.leave(ANN);
        clock.advance(Presence.GRACE);
        presence.leave(ANN);
        clock.advance(Presence.GRACE.minusMillis(1));
        assertThat(presence.gather()).isEmpty();
        clock.advance(Duration.ofMillis(1));
        assertThat(presence.gather()).contains(change(0, List.of(), List.of(ANN)));
    }

    @Test
    void signingOutNeedsNoGrace() {
        present(ANN);
        presence.signOut(ANN.id());
        assertThat(presence.gather()).as("the socket is still there").isEmpty();
        presence.leave(ANN);
        assertThat(presence.gather()).contains(change(0, List.of(), List.of(ANN)));
    }

    @Test
    void whoCameAndWentBetweenTwoTellingsIsNotMentioned() {
        presence.arrive(ANN);
        presence.leave(ANN);
        clock.advance(Presence.GRACE);
        assertThat(presence.gather()).isEmpty();
        assertThat(presence.online().people()).isEmpty();
    }

    @Test
    void oneLeaveTooManyHarmsNobody() {
        presence.leave(ANN);
        present(ANN);
        presence.leave(ANN);
        presence.leave(ANN);
        presence.arrive(ANN);
        assertThat(presence.sockets(ANN)).isEqualTo(1);
    }

    private void present(Person person) {
        presence.arrive(person);
        presence.gather();
    }

    private static Presence.Change change(int count, List<Person> joined, List<Person> left) {
        return new Presence.Change(count, joined, left);
    }
}
