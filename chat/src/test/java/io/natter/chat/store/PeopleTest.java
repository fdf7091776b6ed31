package io.natter.chat.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.domain.PersonName;
import io.natter.chat.domain.Room;
import io.natter.chat.domain.Session;
import io.natter.chat.domain.SessionToken;
import io.natter.chat.domain.SignedIn;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
        assertThat(store.session(ann.token())).contains(ann.session());
        assertThat(store.session(SessionToken.random())).isEmpty();
    }

    @Test
    void theTokenIsNotInTheFile() throws Exception {
        SignedIn ann = signIn("Ann");
        store.close();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .doesNotContain(ann.token().secret());
            }
        }
    }

    @Test
    void aSessionEndsWhenNobodyUsesItForThirtyDays() {
        SignedIn ann = signIn("Ann");
        clock.advance(Session.MAX_IDLE.minusMillis(1));
        assertThat(store.session(ann.token())).isPresent();
        store.write(_ -> true).join(); // its use is noted by now
        clock.advance(Session.MAX_IDLE.minusMillis(1));
        assertThat(store.session(ann.token())).isPresent();
        store.write(_ -> true).join();
        clock.advance(Session.MAX_IDLE);
        assertThat(store.session(ann.token())).isEmpty();
    }

    @Test
    void aSessionEndsAfterNinetyDaysHoweverMuchItIsUsed() {
        SignedIn ann = signIn("Ann");
        for (int day = 1; day < 90; day++) {
            clock.advance(Duration.ofDays(1));
            assertThat(store.session(ann.token())).as("day %d", day).isPresent();
            store.write(_ -> true).join();
        }
        clock.advance(Duration.ofDays(1));
        assertThat(store.session(ann.token())).isEmpty();
    }

    @Test
    void signingOutEndsTheSessionAndFreesTheName() {
        SignedIn first = signIn("Ann");
        assertThat(store.signOut(first.token()).join()).isTrue();
        assertThat(store.signOut(first.token()).join()).isFalse();
        assertThat(store.session(first.token())).isEmpty();
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
    void sessionsSurviveARestart() throws Exception {
        SignedIn ann = signIn("Ann");
        reopen();
        assertThat(store.session(ann.token())).contains(ann.session());
    }

    @Test
    void aNewcomerIsMemberOfTheGeneralRoomWithNothingUnread() {
        post(guest("Ann"), "c1");
        var rooms = store.snapshot(guest("Bob"), Optional.empty(), java.util.Map.of()).rooms();
        assertThat(rooms).isEqualTo(List.of(new Room("general", "General", 1, 1, 1)));
    }

    private SignedIn signIn(String name) {
        return store.signIn(PersonName.of(name)).join();
    }
}
