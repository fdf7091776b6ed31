package io.natter.chat.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.web.TestClient;
import io.natter.chat.web.WireTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Saved messages and reminders, over one and over several sockets of a person.
class SavedMessagesTest extends WireTest {
    private String cookie = "";
    private TestClient ann; // set before each test
    private TestClient bob;

    @BeforeEach
    void speak() throws Exception {
        cookie = guest("Ann");
        ann = client(cookie);
        ann.hello();
        bob = greeted("Bob");
        send(bob, "general", "the first");
        send(bob, "general", "the second");
        ann.settle();
        ann.updates();
    }

    private List<Long> saved(TestClient client) {
        return done(client, "personal", "{}")
                .at("/saved")
                .valueStream()
                .map(each -> each.at("/seq").asLong())
                .toList();
    }

    private JsonNode save(long seq, boolean on) {
        return done(ann, "save", "{'room':'general','seq':%d,'on':%b}", seq, on);
    }

    private JsonNode remind(long seq, Duration in) {
        long at = clock.millis() + in.toMillis();
        return done(ann, "remind", "{'room':'general','seq':%d,'at':%d}", seq, at);
    }

    @Test
    void theLastSavedComesFirst() {
        save(2, true);
        clock.advance(Duration.ofSeconds(1));
        save(1, true);
        assertThat(saved(ann)).containsExactly(1L, 2L);
        assertThat(saved(bob)).isEmpty();
    }

    @Test
    void everyTabIsToldAndNobodyElse() throws Exception {
        TestClient tab = client(cookie);
        tab.hello();
        save(1, true);
        JsonNode event = tab.next("me.ev");
        assertThat(event.at("/kind").asString()).isEqualTo("saved");
        assertThat(event.at("/saved"))
                .isEqualTo(tree("{'room':'general','seq':1,'saved_at':%d}", clock.millis()));
        save(1, false);
        assertThat(tab.next("me.ev").has("saved")).isFalse();
        bob.settle();
        assertThat(bob.has("me.ev")).isFalse();
    }

    @Test
    void savingTwiceAndRemovingTwiceChangeNothing() {
        long at = save(1, true).at("/saved/saved_at").asLong();
        clock.advance(Duration.ofSeconds(9));
        assertThat(save(1, true).at("/saved/saved_at").asLong()).isEqualTo(at);
        save(1, false);
        save(1, false);
        ann.settle();
        assertThat(ann.updates()).hasSize(2);
    }

    @Test
    void whatWasRemovedComesBackToItsPlace() {
        long first = save(1, true).at("/saved/saved_at").asLong();
        clock.advance(Duration.ofSeconds(1));
        save(2, true);
        save(1, false);
        done(ann, "save", "{'room':'general','seq':1,'on':true,'saved_at':%d}", first);
        assertThat(saved(ann)).containsExactly(2L, 1L);
        save(1, false);
        done(ann, "save", "{'room':'general','seq':1,'on':true,'saved_at':%d}", Long.MAX_VALUE);
        assertThat(done(ann, "personal", "{}").at("/saved/0/saved_at").asLong())
                .isEqualTo(clock.millis());
    }

    @Test
    void aMessageThatIsDeletedStaysInTheList() {
        save(1, true);
        done(bob, "msg.del", "{'room':'general','seq':1}");
        assertThat(saved(ann)).containsExactly(1L);
        JsonNode read = done(ann, "saved.read", "{'of':[{'room':'general','seq':1}]}");
        assertThat(read.at("/results/0/m/deleted").asBoolean()).isTrue();
        assertThat(code(ask(ann, "save", "{'room':'general','seq':3,'on':true}")))
                .isEqualTo("message_unknown");
        save(1, false);
        assertThat(code(ask(ann, "save", "{'room':'general','seq':1,'on':true}")))
                .isEqualTo("deleted");
    }

    @Test
    void aMessageOfARoomThatOneLeftHasNoText() throws Exception {
        String room = create(ann, "private", "Orchard");
        send(ann, room, "a plum");
        done(ann, "save", "{'room':'%s','seq':1,'on':true}", room);
        done(ann, "room.leave", "{'room':'%s'}", room);
        assertThat(saved(ann)).containsExactly(1L);
        String read = json("{'of':[{'room':'%s','seq':1}]}", room);
        assertThat(ann.ask("saved.read", read).at("/results")).isEmpty();
        done(ann, "save", "{'room':'%s','seq':1,'on':false}", room);
        assertThat(saved(ann)).isEmpty();
    }

    @Test
    void thereIsALimit() {
        for (int i = 3; i <= 501; i++) {
            clock.advance(Duration.ofSeconds(2));
            send(bob, "general", "number " + i);
        }
        for (int i = 1; i <= 500; i++) {
            clock.advance(Duration.ofSeconds(2));
            save(i, true);
        }
        clock.advance(Duration.ofSeconds(2));
        assertThat(code(ask(ann, "save", "{'room':'general','seq':501,'on':true}")))
                .isEqualTo("too_many_saved");
        remind(1, Duration.ofHours(1));
    }

    // ---- reminders

    @Test
    void aReminderComesOnceAtItsTime() throws Exception {
        remind(1, Duration.ofMinutes(20));
        JsonNode set = ann.next("me.ev");
        assertThat(set.at("/saved/remind_at").asLong())
                .isEqualTo(clock.millis() + Duration.ofMinutes(20).toMillis());
        clock.advance(Duration.ofMinutes(20).minusMillis(1));
        server.runDue();
        ann.settle();
        assertThat(ann.has("me.ev")).isFalse();
        clock.advance(Duration.ofMillis(1));
        JsonNode reminder = ann.next("me.ev");
        assertThat(reminder.at("/reminds").asBoolean()).isTrue();
        assertThat(reminder.at("/saved/due").asBoolean()).isTrue();
        clock.advance(Duration.ofHours(1));
        server.runDue();
        ann.settle();
        assertThat(ann.has("me.ev")).isFalse();
    }

    @Test
    void aReminderIsPutOffTakenAwayAndDone() throws Exception {
        remind(1, Duration.ofMinutes(1));
        clock.advance(Duration.ofMinutes(1));
        server.runDue();
        remind(1, Duration.ofMinutes(5));
        assertThat(done(ann, "personal", "{}").at("/saved/0").has("due")).isFalse();
        clock.advance(Duration.ofMinutes(5));
        server.runDue();
        assertThat(done(ann, "personal", "{}").at("/saved/0/due").asBoolean()).isTrue();
        done(ann, "remind", "{'room':'general','seq':1}");
        JsonNode kept = done(ann, "personal", "{}").at("/saved/0");
        assertThat(kept.has("due") || kept.has("remind_at")).isFalse();
        remind(1, Duration.ofMinutes(1));
        save(1, false);
        clock.advance(Duration.ofMinutes(2));
        server.runDue();
        ann.settle();
        assertThat(ann.updates()).filteredOn(each -> each.json().contains("reminds")).hasSize(2);
        assertThat(saved(ann)).isEmpty();
    }

    @Test
    void aReminderSurvivesARestart() throws Exception {
        remind(1, Duration.ofMinutes(1));
        server.close();
        clock.advance(Duration.ofHours(3));
        start();
        TestClient back = client(cookie);
        back.hello();
        server.runDue();
        assertThat(done(back, "personal", "{}").at("/saved/0/due").asBoolean()).isTrue();
    }

    @Test
    void aTimeInThePastOrInAFarFutureIsRefused() {
        for (long at :
                List.of(
                        clock.millis(),
                        clock.millis() - 1,
                        clock.millis() + Duration.ofDays(367).toMillis())) {
            JsonNode refused = ask(ann, "remind", "{'room':'general','seq':1,'at':%d}", at);
            assertThat(code(refused)).isEqualTo("time_invalid");
        }
    }
}
