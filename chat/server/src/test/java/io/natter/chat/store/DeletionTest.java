package io.natter.chat.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.domain.message.Draft;
import io.natter.chat.domain.message.Edit;
import io.natter.chat.domain.message.Emoji;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.room.RoomHead;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeletionTest extends StoreTest {
    private static final String GENERAL = RoomHead.GENERAL;

    private Person deleteOne() {
        Person ann = guest("Ann");
        String text = "secret <@" + ann.id() + "> <@room>";
        store.messages().post(Draft.of(GENERAL, ann, "c1", text)).join();
        store.messages().edit(Edit.of(GENERAL, ann, 1, 1, text + "!")).join();
        store.messages().react(ann, GENERAL, 1, Emoji.of("👍"), true).join();
        store.messages().pin(ann, GENERAL, 1, true).join();
        store.messages().delete(ann, GENERAL, 1).join();
        return ann;
    }

    private int count(String what) {
        return store.write(
                        "test",
                        handle ->
                                handle.createQuery("SELECT count(*) FROM " + what)
                                        .mapTo(Integer.class)
                                        .one())
                .join();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "message_edit",
                "reaction",
                "mention",
                "pin",
                "message WHERE body <> ''",
                "message_text WHERE message_text MATCH 'secret'"
            })
    void leavesNoRowOfTheText(String where) {
        deleteOne();
        assertThat(count(where)).isZero();
    }

    @Test
    void leavesATombstoneInItsPlace() {
        Person ann = deleteOne();
        assertThat(latest(ann)).hasSize(1);
        assertThat(latest(ann).getFirst().deleted()).isTrue();
        assertThat(latest(ann).getFirst().ver()).isEqualTo(5);
    }

    @Test
    void keepsTheTextIndexWhole() {
        deleteOne();
        store.write(
                        "test",
                        handle ->
                                handle.execute(
                                        "INSERT INTO message_text (message_text, rank) VALUES ('integrity-check', 1)"))
                .join();
    }
}
