package io.natter.chat.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.domain.Draft;
import io.natter.chat.domain.Message;
import io.natter.chat.domain.Person;
import io.natter.chat.domain.Posted;
import io.natter.chat.domain.Room;
import io.natter.chat.domain.Session;
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
        store.onCommitted(published::add);
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
        store.write(_ -> true).join(); // whatever was published was published before this
        assertThat(seqs(published)).isEqualTo(all);
        assertThat(published.stream().map(Message::ver).toList()).isEqualTo(all);
        Person reader = guest("Reader");
        List<Message> stored = new ArrayList<>();
        for (long after = 0; after < all.size(); after += 100) {
            stored.addAll(store.changes(reader, Room.GENERAL, after, 100).changes());
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
        store.onCommitted(message -> order.add("published " + message.cmid()));
        CompletableFuture<Void> held = holdWriter();
        for (String cmid : List.of("a", "b")) {
            var _ = send(ann, cmid).thenRun(() -> order.add("answered " + cmid));
        }
        held.complete(null);
        store.write(_ -> true).join();
        assertThat(order).containsExactly("answered a", "published a", "answered b", "published b");
    }

    @Test
    void answersAResendWithTheSameNumbersHoweverLate() throws Exception {
        Person ann = guest("Ann");
        List<Message> published = Collections.synchronizedList(new ArrayList<>());
        store.onCommitted(published::add);
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
        assertThat(refusal(() -> store.post(Draft.of("other", ann, "c1", "hi")).join()))
                .isEqualTo("cmid_reused");
    }

    @Test
    void refusesARoomThatIsNotThereOrNotOnesOwn() {
        Person ann = guest("Ann");
        addRoom("private");
        for (String room : List.of("nowhere", "private")) {
            assertThat(refusal(() -> store.post(Draft.of(room, ann, "c1", "hi")).join()))
                    .isEqualTo("room_unknown");
            assertThat(refusal(() -> store.read(ann, room, 1).join())).isEqualTo("room_unknown");
            assertThat(refusal(() -> store.changes(ann, room, 0, 10))).isEqualTo("room_unknown");
        }
    }

    @Test
    void aWriteThatFailsGivesItsNumberBackAndLeavesItsBatchAlone() {
        Person ann = guest("Ann");
        CompletableFuture<Void> held = holdWriter();
        CompletableFuture<Posted> before = send(ann, "before");
        CompletableFuture<Object> fails =
                store.write(
                        handle -> {
                            Messages.post(handle, Draft.of(Room.GENERAL, ann, "lost", "lost"), 1);
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
    void aListenerThatThrowsHarmsNoWrite() {
        Person ann = guest("Ann");
        store.onCommitted(
                _ -> {
                    throw new IllegalStateException("on purpose");
                });
        assertThat(post(ann, "c1").seq()).isEqualTo(1);
        assertThat(post(ann, "c2").seq()).isEqualTo(2);
        store.write(_ -> true).join();
        assertThat(store.counters().listenerErrors()).isEqualTo(2);
    }

    @Test
    void readingMovesForwardOnlyAndNeverPastTheNewest() {
        Person ann = guest("Ann");
        Person bob = guest("Bob");
        for (int i = 1; i <= 5; i++) {
            post(ann, "c" + i);
        }
        assertThat(store.read(bob, Room.GENERAL, 3).join()).isEqualTo(3);
        assertThat(store.read(bob, Room.GENERAL, 1).join()).isEqualTo(3);
        assertThat(unread(bob)).isEqualTo(2);
        assertThat(store.read(bob, Room.GENERAL, 99).join()).isEqualTo(5);
        assertThat(unread(ann)).as("one has read what one sent").isZero();
    }

    private long unread(Person person) {
        return store.snapshot(person, Optional.empty(), Map.of()).rooms().getFirst().unread();
    }
}
