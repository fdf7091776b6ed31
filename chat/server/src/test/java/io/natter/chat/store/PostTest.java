package io.natter.chat.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.domain.message.Draft;
import io.natter.chat.domain.message.Message;
import io.natter.chat.domain.message.Posted;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.Session;
import io.natter.chat.domain.room.RoomHead;
import io.natter.chat.domain.store.Change;
import io.natter.chat.store.sql.Posting;
import io.natter.chat.store.sql.Write;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PostTest extends StoreTest {
    @Test
    void numbersGaplesslyInTheOrderOfCommitsUnderEightWriters() throws Exception {
        long writers = 8;
        int each = 100;
        List<Message> published = Collections.synchronizedList(new ArrayList<>());
        publishTo(published);
        List<Posted> answers = Collections.synchronizedList(new ArrayList<>());
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int w = 0; w < writers; w++) {
                Person sender = guest("Writer " + w);
                pool.execute(
                        () -> {
                            for (int i = 0; i < each; i++) {
                                answers.add(post(sender, "c" + i));
                            }
                        });
            }
        }
        List<Long> all = LongStream.rangeClosed(1, writers * each).boxed().toList();
        assertThat(answers.stream().map(Posted::seq).sorted().toList()).isEqualTo(all);
        store.write("test", _ -> true).join(); // whatever was published was published before this
        assertThat(seqs(published)).isEqualTo(all);
        assertThat(published.stream().map(Message::ver).toList()).isEqualTo(all);
        Person reader = guest("Reader");
        List<Message> stored = new ArrayList<>();
        for (long after = 0; after < all.size(); after += 100) {
            stored.addAll(store.messages().changes(reader, RoomHead.GENERAL, after, 100).changes());
        }
        assertThat(stored).isEqualTo(published);
        assertThat(store.counters().commits())
                .as("writes share commits")
                .isLessThanOrEqualTo(store.counters().writes());
    }

    @Test
    void answersBeforeItPublishes() {
        Person ann = guest("Ann");
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        store.onCommitted(change -> order.add("published " + message(change).cmid()));
        CompletableFuture<Void> held = holdWriter();
        for (String cmid : List.of("a", "b")) {
            var _ = send(ann, cmid).thenRun(() -> order.add("answered " + cmid));
        }
        held.complete(null);
        store.write("test", _ -> true).join();
        assertThat(order).containsExactly("answered a", "published a", "answered b", "published b");
    }

    @Test
    void answersAResendWithTheSameNumbersHoweverLate() throws Exception {
        Person ann = guest("Ann");
        List<Message> published = Collections.synchronizedList(new ArrayList<>());
        publishTo(published);
        Posted first = post(ann, "c1");
        assertThat(first).isEqualTo(new Posted(1, 1, clock.millis(), false));
        post(ann, "c2");
        clock.advance(Session.MAX_AGE.multipliedBy(10));
        reopen();
        Posted again = post(ann, "c1");
        assertThat(again).isEqualTo(new Posted(1, 1, first.ts(), true));
        assertThat(seqs(latest(ann))).containsExactly(1L, 2L);
        assertThat(seqs(published)).containsExactly(1L, 2L);
    }

    @Test
    void answersAResendInTheSameCommit() {
        Person ann = guest("Ann");
        CompletableFuture<Void> held = holdWriter();
        CompletableFuture<Posted> one = send(ann, "c1");
        CompletableFuture<Posted> two = send(ann, "c1");
        held.complete(null);
        assertThat(one.join()).isEqualTo(new Posted(1, 1, clock.millis(), false));
        assertThat(two.join()).isEqualTo(new Posted(1, 1, clock.millis(), true));
    }

    @Test
    void aCmidIsTheSendersOwn() {
        assertThat(post(guest("Ann"), "c1").dup()).isFalse();
        assertThat(post(guest("Bob"), "c1").dup()).isFalse();
    }

    @Test
    void refusesACmidThatIsUsedInAnotherRoom() {
        Person ann = guest("Ann");
        addRoom("other", ann);
        post(ann, "c1");
        assertThat(refusal(() -> store.messages().post(Draft.of("other", ann, "c1", "hi")).join()))
                .isEqualTo("cmid_reused");
    }

    @Test
    void refusesARoomThatIsNotThereOrNotOnesOwn() {
        Person ann = guest("Ann");
        addRoom("private");
        for (String room : List.of("nowhere", "private")) {
            assertThat(refusal(() -> store.messages().post(Draft.of(room, ann, "c1", "hi")).join()))
                    .isEqualTo("room_unknown");
            assertThat(refusal(() -> store.rooms().read(ann, room, 1).join()))
                    .isEqualTo("room_unknown");
            assertThat(refusal(() -> store.messages().changes(ann, room, 0, 10)))
                    .isEqualTo("room_unknown");
        }
    }

    @Test
    void aWriteThatFailsGivesItsNumberBackAndLeavesItsBatchAlone() {
        Person ann = guest("Ann");
        CompletableFuture<Void> held = holdWriter();
        CompletableFuture<Posted> before = send(ann, "before");
        CompletableFuture<Object> fails =
                store.write(
                        "test",
                        handle -> {
                            Posting.post(
                                    new Write(handle, 1),
                                    Draft.of(RoomHead.GENERAL, ann, "lost", "lost"));
                            throw new IllegalStateException("on purpose");
                        });
        CompletableFuture<Posted> after = send(ann, "after");
        held.complete(null);
        assertThat(before.join().seq()).isEqualTo(1);
        assertThat(refusal(fails::join)).isEqualTo("internal");
        assertThat(after.join().seq()).isEqualTo(2);
        assertThat(latest(ann)).extracting(Message::cmid).containsExactly("before", "after");
    }

    @Test
    void aCmidThatComesAgainWithAnotherTextIsRefused() {
        Person ann = guest("Ann");
        Posted first = store.messages().post(Draft.of(RoomHead.GENERAL, ann, "c1", "one")).join();
        Draft other = Draft.of(RoomHead.GENERAL, ann, "c1", "another");
        assertThat(refusal(() -> store.messages().post(other).join())).isEqualTo("cmid_reused");
        Posted again =
                store.messages().post(Draft.of(RoomHead.GENERAL, ann, "c1", "one\n\n")).join();
        assertThat(again).isEqualTo(new Posted(first.seq(), first.ver(), first.ts(), true));
    }

    @Test
    void whatWasStoredWithItsEmptyLinesIsStillTheSame() {
        Person ann = guest("Ann");
        store.messages().post(Draft.of(RoomHead.GENERAL, ann, "c1", "one")).join();
        store.write("test", handle -> handle.execute("UPDATE message SET body = ?", "one\n\n"))
                .join();
        assertThat(
                        store.messages()
                                .post(Draft.of(RoomHead.GENERAL, ann, "c1", "one\n\n"))
                                .join()
                                .dup())
                .isTrue();
    }

    @Test
    void aListenerThatThrowsHarmsNoWrite() {
        Person ann = guest("Ann");
        store.write("test", _ -> true).join(); // Ann's joining is published
        store.onCommitted(
                _ -> {
                    throw new IllegalStateException("on purpose");
                });
        assertThat(post(ann, "c1").seq()).isEqualTo(1);
        assertThat(post(ann, "c2").seq()).isEqualTo(2);
        store.write("test", _ -> true).join();
        assertThat(store.counters().listenerErrors()).isEqualTo(2);
    }

    @Test
    void aListenerThatRunsOutOfMemoryHarmsNoWrite() {
        Person ann = guest("Ann");
        store.write("test", _ -> true).join(); // Ann's joining is published
        store.onCommitted(
                _ -> {
                    throw new OutOfMemoryError("on purpose");
                });
        assertThat(post(ann, "c1").seq()).isEqualTo(1);
        assertThat(post(ann, "c2").seq()).isEqualTo(2);
        store.write("test", _ -> true).join();
        assertThat(store.counters().listenerErrors()).isEqualTo(2);
        assertThat(store.trouble()).isEmpty();
    }

    @Test
    void readingMovesForwardOnlyAndNeverPastTheNewest() {
        Person ann = guest("Ann");
        Person bob = guest("Bob");
        for (int i = 1; i <= 5; i++) {
            post(ann, "c" + i);
        }
        assertThat(store.rooms().read(bob, RoomHead.GENERAL, 3).join()).isEqualTo(3);
        assertThat(store.rooms().read(bob, RoomHead.GENERAL, 1).join()).isEqualTo(3);
        assertThat(unread(bob)).isEqualTo(2);
        assertThat(store.rooms().read(bob, RoomHead.GENERAL, 99).join()).isEqualTo(5);
        assertThat(unread(ann)).as("one has read what one sent").isZero();
    }

    private void publishTo(List<Message> published) {
        store.onCommitted(change -> published.add(message(change)));
    }

    private static Message message(Change change) {
        return ((Change.OfMessage) change).message();
    }

    private long unread(Person person) {
        return store.rooms()
                .snapshot(person, Optional.empty(), Map.of())
                .rooms()
                .getFirst()
                .unread();
    }
}
