package io.natter.chat.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.domain.message.Emoji;
import io.natter.chat.domain.person.DeviceId;
import io.natter.chat.domain.person.PersonName;
import io.natter.chat.domain.person.Session;
import io.natter.chat.domain.person.SessionToken;
import io.natter.chat.domain.person.SignedIn;
import io.natter.chat.domain.room.Level;
import io.natter.chat.domain.room.NewRoom;
import io.natter.chat.domain.room.RoomHead;
import io.natter.chat.domain.room.RoomKind;
import io.natter.chat.domain.room.RoomName;
import io.natter.chat.domain.room.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeopleTest extends StoreTest {
    @ParameterizedTest
    @ValueSource(strings = {"Ann", "ANN", "ａｎｎ", " Ann ", "A\u200bnn"})
    void aNameIsHeldInEveryCaseAndWidth(String variant) {
        guest("Ann");
        assertThat(refusal(() -> guest(variant))).isEqualTo("name_taken");
    }

    @Test
    void aSessionOpensWithItsTokenOnly() {
        SignedIn ann = signIn("Ann");
        assertThat(store.sessions().session(ann.token())).contains(ann.session());
        assertThat(store.sessions().session(SessionToken.random())).isEmpty();
    }

    @Test
    void theTokenIsNotInTheFile() throws Exception {
        SignedIn ann = signIn("Ann");
        store.close();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .doesNotContain(ann.token().secret());
            }
        }
    }

    @Test
    void aSessionEndsWhenNobodyUsesItForThirtyDays() {
        SignedIn ann = signIn("Ann");
        clock.advance(Session.MAX_IDLE.minusMillis(1));
        assertThat(store.sessions().session(ann.token())).isPresent();
        store.write("test", _ -> true).join(); // its use is noted by now
        clock.advance(Session.MAX_IDLE.minusMillis(1));
        assertThat(store.sessions().session(ann.token())).isPresent();
        store.write("test", _ -> true).join();
        clock.advance(Session.MAX_IDLE);
        assertThat(store.sessions().session(ann.token())).isEmpty();
    }

    @Test
    void aSessionEndsAfterNinetyDaysHoweverMuchItIsUsed() {
        SignedIn ann = signIn("Ann");
        for (int day = 1; day < 90; day++) {
            clock.advance(Duration.ofDays(1));
            assertThat(store.sessions().session(ann.token())).as("day %d", day).isPresent();
            store.write("test", _ -> true).join();
        }
        clock.advance(Duration.ofDays(1));
        assertThat(store.sessions().session(ann.token())).isEmpty();
    }

    @Test
    void signingOutEndsTheSessionAndFreesTheName() {
        SignedIn first = signIn("Ann");
        assertThat(store.sessions().signOut(first.token()).join()).isTrue();
        assertThat(store.sessions().signOut(first.token()).join()).isFalse();
        assertThat(store.sessions().session(first.token())).isEmpty();
        SignedIn second = signIn("ann");
        assertThat(second.session().person().id()).isNotEqualTo(first.session().person().id());
    }

    @Test
    void aNameIsFreeOnceItsSessionsAreOver() {
        signIn("Ann");
        clock.advance(Session.MAX_IDLE);
        assertThat(signIn("Ann").session().person().name()).isEqualTo("Ann");
    }

    @Test
    void aNameWhoseOwnerNeverCameInIsFreeAfterAMinute() {
        SignedIn first = signIn("Ann");
        clock.advance(Duration.ofSeconds(59));
        assertThat(refusal(() -> signIn("Ann"))).isEqualTo("name_taken");
        clock.advance(Duration.ofSeconds(1));
        SignedIn second = signIn("Ann");
        assertThat(second.session().person().id()).isNotEqualTo(first.session().person().id());
        assertThat(store.sessions().session(first.token())).as("two would have one name").isEmpty();
        assertThat(people()).isEqualTo(1);
    }

    @Test
    void aNameWhoseOwnerCameInIsHeld() {
        SignedIn ann = signIn("Ann");
        assertThat(store.sessions().open(ann.token())).contains(ann.session());
        clock.advance(Duration.ofDays(1));
        assertThat(refusal(() -> signIn("Ann"))).isEqualTo("name_taken");
        assertThat(store.sessions().forgetUnused(Set.of()).join()).isFalse();
        assertThat(store.sessions().session(ann.token())).contains(ann.session());
    }

    @Test
    void theSameDeviceThatAsksAgainIsTheSamePerson() {
        SignedIn lost = signIn("Ann", "device-0123456789");
        assertThat(refusal(() -> signIn("Ann", "another-device-01"))).isEqualTo("name_taken");
        SignedIn again = signIn("ANN", "device-0123456789");
        assertThat(again.session().person()).isEqualTo(lost.session().person());
        assertThat(store.sessions().open(again.token())).contains(again.session());
        assertThat(store.sessions().session(lost.token()))
                .as("whichever cookie arrived")
                .isPresent();
        assertThat(people()).isEqualTo(1);
    }

    @Test
    void aDeviceIsNoWayIntoASessionThatIsInUse() {
        SignedIn ann = signIn("Ann", "device-0123456789");
        assertThat(store.sessions().open(ann.token())).isPresent();
        assertThat(refusal(() -> signIn("Ann", "device-0123456789"))).isEqualTo("name_taken");
    }

    @Test
    void theDeviceIsNotInTheFile() throws Exception {
        signIn("Ann", "device-0123456789");
        store.close();
        assertThat(Files.readString(directory.resolve("natter.db"), StandardCharsets.ISO_8859_1))
                .doesNotContain("device-0123456789");
    }

    @Test
    void guestsWhoNeverCameInAreForgotten() {
        for (int i = 0; i < 400; i++) {
            signIn("Guest " + i);
        }
        SignedIn ann = signIn("Ann");
        assertThat(store.sessions().open(ann.token())).isPresent();
        clock.advance(Session.MAX_UNOPENED);
        assertThat(store.sessions().forgetUnused(Set.of()).join()).as("there are more").isTrue();
        assertThat(people()).isEqualTo(101);
        assertThat(store.sessions().forgetUnused(Set.of()).join()).isFalse();
        assertThat(people()).isEqualTo(1);
        assertThat(store.sessions().open(ann.token())).isPresent();
    }

    @Test
    void whoWroteSomethingIsNotForgotten() {
        SignedIn ann = signIn("Ann");
        post(ann.session().person(), "c1");
        SignedIn bob = signIn("Bob");
        assertThat(store.sessions().signOut(ann.token()).join()).isTrue();
        assertThat(store.sessions().signOut(bob.token()).join()).isTrue();
        assertThat(people()).isEqualTo(1);
        assertThat(latest(guest("Carl"))).extracting(m -> m.sender().name()).containsExactly("Ann");
    }

    @Test
    void aPersonWhomOthersStillSeeIsNotForgotten() {
        SignedIn ann = signIn("Ann");
        SignedIn bob = signIn("Bob");
        SignedIn carl = signIn("Carl");
        SignedIn dora = signIn("Dora");
        post(ann.session().person(), "c1");
        store.messages()
                .react(bob.session().person(), RoomHead.GENERAL, 1, Emoji.of("👍"), true)
                .join();
        NewRoom room = NewRoom.of(RoomKind.PUBLIC, RoomName.of("Tea"), new Topic(""), Set.of());
        String tea = store.rooms().create(carl.session().person(), room).join().head().id();
        store.rooms().leave(carl.session().person(), tea).join();
        store.rooms().join(dora.session().person(), tea).join();
        for (SignedIn each : List.of(ann, bob, carl, dora, signIn("Eve"))) {
            assertThat(store.sessions().signOut(each.token()).join()).isTrue();
        }
        assertThat(people()).as("all but Eve").isEqualTo(4);
    }

    @Test
    void whoIsHereIsNotForgottenThoughTheSessionIsOver() {
        SignedIn ann = signIn("Ann");
        assertThat(store.sessions().open(ann.token())).isPresent();
        clock.advance(Session.MAX_AGE);
        String id = ann.session().person().id();
        assertThat(store.sessions().forgetUnused(Set.of(id)).join()).isFalse();
        assertThat(post(ann.session().person(), "c1").seq()).isEqualTo(1);
        assertThat(store.sessions().forgetUnused(Set.of()).join()).isFalse();
        assertThat(store.sessions().session(ann.token())).isEmpty();
        assertThat(people()).as("who wrote stays").isEqualTo(1);
    }

    @Test
    void aSessionThatEndedMeanwhileCannotBeOpened() {
        SignedIn ann = signIn("Ann");
        assertThat(store.sessions().signOut(ann.token()).join()).isTrue();
        assertThat(store.sessions().open(ann.token())).isEmpty();
    }

    private int people() {
        return store.write(
                        "test",
                        handle ->
                                handle.createQuery("SELECT count(*) FROM person")
                                        .mapTo(Integer.class)
                                        .one())
                .join();
    }

    private SignedIn signIn(String name, String device) {
        return store.sessions().signIn(PersonName.of(name), DeviceId.parse(device)).join();
    }

    @Test
    void sessionsSurviveARestart() throws Exception {
        SignedIn ann = signIn("Ann");
        reopen();
        assertThat(store.sessions().session(ann.token())).contains(ann.session());
    }

    @Test
    void aNewcomerIsMemberOfTheGeneralRoomWithNothingUnread() {
        post(guest("Ann"), "c1");
        var rooms = store.rooms().snapshot(guest("Bob"), Optional.empty(), Map.of()).rooms();
        RoomHead general =
                new RoomHead(
                        "general",
                        RoomKind.PUBLIC,
                        "general",
                        "General",
                        "",
                        1,
                        1,
                        1,
                        0,
                        Level.ALL,
                        List.of(),
                        false,
                        false,
                        0);
        assertThat(rooms).containsExactly(general);
    }

    private SignedIn signIn(String name) {
        return store.sessions().signIn(PersonName.of(name), Optional.empty()).join();
    }
}
