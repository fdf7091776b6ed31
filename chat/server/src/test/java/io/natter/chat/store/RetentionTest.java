package io.natter.chat.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.domain.admin.Retention;
import io.natter.chat.domain.message.Draft;
import io.natter.chat.domain.message.Edit;
import io.natter.chat.domain.message.Emoji;
import io.natter.chat.domain.message.Posted;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.room.RoomHead;
import io.natter.chat.domain.store.Change;
import io.natter.chat.store.sql.admin.Retaining;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetentionTest extends StoreTest {
    private static final String GENERAL = RoomHead.GENERAL;

    private void keep(int days) {
        store.write("test", handle -> handle.execute("UPDATE room SET retention_days = ?", days))
                .join();
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

    @Test
    void nothingOfAnOldMessageStays() {
        Person ann = guest("Ann");
        String text = "secret <@" + ann.id() + "> <@room>";
        store.messages().post(Draft.of(GENERAL, ann, "c1", text)).join();
        store.messages().edit(Edit.of(GENERAL, ann, 1, 1, text + "!")).join();
        store.messages().react(ann, GENERAL, 1, Emoji.of("👍"), true).join();
        store.messages().pin(ann, GENERAL, 1, true).join();
        keep(1);
        clock.advance(Duration.ofDays(2));
        assertThat(store.admin().removeOld()).isEqualTo(1);
        for (String table :
                List.of(
                        "message",
                        "message_edit",
                        "reaction",
                        "mention",
                        "pin",
                        "message_text WHERE message_text MATCH 'secret'")) {
            assertThat(count(table)).as(table).isZero();
        }
        store.write(
                        "test",
                        handle ->
                                handle.execute(
                                        "INSERT INTO message_text (message_text, rank) VALUES ('integrity-check', 1)"))
                .join();
    }

    @Test
    void aReplyToARemovedMessageStaysWithoutItsQuote() {
        Person ann = guest("Ann");
        post(ann, "c1");
        clock.advance(Duration.ofDays(2));
        store.messages().post(Draft.of(GENERAL, ann, "c2", "yes", 1L, List.of())).join();
        keep(1);
        store.admin().removeOld();
        assertThat(latest(ann)).hasSize(1);
        assertThat(latest(ann).getFirst().replyTo()).isNull();
    }

    /// Many messages are many short writes, and others go in between.
    @Test
    void manyMessagesAreRemovedInBatchesThatLetOthersWrite() {
        Person ann = guest("Ann");
        int messages = 5 * Retaining.AT_ONCE;
        List<CompletableFuture<Posted>> sent =
                IntStream.range(0, messages).mapToObj(i -> send(ann, "c" + i)).toList();
        sent.forEach(CompletableFuture::join);
        keep(1);
        clock.advance(Duration.ofDays(2));
        List<Change> changes = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> held = holdWriter();
        store.onCommitted(changes::add);
        CompletableFuture<Long> removed =
                CompletableFuture.supplyAsync(() -> store.admin().removeOld());
        long before = store.counters().writes();
        CompletableFuture<Posted> other = send(ann, "in-between");
        held.complete(null);
        assertThat(removed.join()).isEqualTo(messages);
        assertThat(other.join().seq()).isEqualTo(messages + 1L);
        assertThat(store.counters().writes() - before).isGreaterThanOrEqualTo(6);
        assertThat(latest(ann)).hasSize(1);
        assertThat(changes.stream().filter(each -> each instanceof Change.RetentionChanged))
                .as("one event for all batches")
                .hasSize(1);
        assertThat(store.admin().retentions(ann))
                .containsExactly(new Retention(GENERAL, 1, messages + 1L));
    }

    @Test
    void aMessageOfATimeWhenTheClockRanAheadDoesNotKeepTheOthers() {
        Person ann = guest("Ann");
        post(ann, "c1");
        clock.set(Duration.ofDays(1000));
        post(ann, "ahead");
        clock.set(Duration.ofDays(-1000));
        post(ann, "c3");
        clock.advance(Duration.ofDays(40));
        post(ann, "new");
        keep(30);
        assertThat(store.admin().removeOld()).isEqualTo(3);
        assertThat(seqs(latest(ann))).containsExactly(4L);
    }

    @Test
    void roomsWithoutARetentionKeepTheirMessages() {
        Person ann = guest("Ann");
        post(ann, "c1");
        clock.advance(Duration.ofDays(4000));
        assertThat(store.admin().removeOld()).isZero();
        assertThat(latest(ann)).hasSize(1);
        assertThat(store.admin().retentions(ann)).isEmpty();
    }
}
