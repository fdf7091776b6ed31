package io.natter.chat.store;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.domain.message.Changes;
import io.natter.chat.domain.message.Delta;
import io.natter.chat.domain.message.Draft;
import io.natter.chat.domain.message.Page;
import io.natter.chat.domain.message.Window;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.room.RoomHead;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CatchUpTest extends StoreTest {
    private Person ann = new Person("", "", 0);

    @BeforeEach
    void signIn() {
        ann = guest("Ann");
    }

    @Test
    void historyGoesBackAndForthAndAround() {
        fill(RoomHead.GENERAL, 20);
        assertPage(new Window.Latest(), 5, range(16, 20), true);
        assertPage(new Window.Before(6), 5, range(1, 5), false);
        assertPage(new Window.Before(7), 5, range(2, 6), true);
        assertPage(new Window.After(15), 5, range(16, 20), false);
        assertPage(new Window.After(14), 5, range(15, 19), true);
        assertPage(new Window.Around(10), 5, range(8, 12), true);
        assertPage(new Window.Around(1), 100, range(1, 20), false);
        assertPage(new Window.After(20), 5, List.of(), false);
    }

    @Test
    void aPageHoldsAtMostAHundred() {
        fill(RoomHead.GENERAL, 101);
        assertPage(new Window.Latest(), 5000, range(2, 101), true);
    }

    @Test
    void syncGivesChangesInOrderAndSaysWhereItStands() {
        fill(RoomHead.GENERAL, 10);
        Changes part = store.messages().changes(ann, RoomHead.GENERAL, 3, 4);
        assertThat(seqs(part.changes())).isEqualTo(range(4, 7));
        assertThat(part.to()).isEqualTo(7);
        assertThat(part.more()).isTrue();
        Changes rest = store.messages().changes(ann, RoomHead.GENERAL, 7, 4);
        assertThat(seqs(rest.changes())).isEqualTo(range(8, 10));
        assertThat(rest.to()).isEqualTo(10);
        assertThat(rest.more()).isFalse();
        assertThat(store.messages().changes(ann, RoomHead.GENERAL, 10, 4))
                .isEqualTo(new Changes(List.of(), 10, false));
    }

    @Test
    void aReturningClientGetsExactlyWhatItMissed() {
        fill(RoomHead.GENERAL, 10);
        assertThat(delta(Map.of(RoomHead.GENERAL, 8L)))
                .isInstanceOfSatisfying(
                        Delta.Complete.class,
                        complete -> {
                            assertThat(complete.from()).isEqualTo(8);
                            assertThat(complete.to()).isEqualTo(10);
                            assertThat(seqs(complete.changes())).isEqualTo(range(9, 10));
                        });
        assertThat(delta(Map.of(RoomHead.GENERAL, 10L)))
                .isEqualTo(new Delta.Complete(10, 10, List.of()));
    }

    @Test
    void moreThanTwoHundredChangesInARoomAreLimited() {
        fill(RoomHead.GENERAL, 201);
        assertThat(delta(Map.of(RoomHead.GENERAL, 1L)))
                .isInstanceOfSatisfying(
                        Delta.Complete.class,
                        complete -> assertThat(seqs(complete.changes())).isEqualTo(range(2, 201)));
        assertLimited(delta(Map.of(RoomHead.GENERAL, 0L)), 201);
    }

    @Test
    void moreThanAThousandChangesInAllAreLimited() {
        Map<String, Long> have = new HashMap<>();
        for (int i = 0; i < 6; i++) {
            addRoom("room" + i, ann);
            fill("room" + i, 180);
            have.put("room" + i, 0L);
        }
        have.put(RoomHead.GENERAL, 0L);
        Map<String, Delta> deltas =
                store.rooms().snapshot(ann, Optional.of(store.epoch()), have).deltas();
        int complete = 0;
        for (Delta delta : deltas.values()) {
            complete += delta instanceof Delta.Complete all ? all.changes().size() : 0;
        }
        assertThat(complete).isEqualTo(900);
        assertThat(deltas.get(RoomHead.GENERAL)).isEqualTo(new Delta.Complete(0, 0, List.of()));
        assertThat(deltas.get("room5")).isInstanceOf(Delta.Limited.class);
    }

    @Test
    void aRoomTheClientDoesNotNameHasNoDelta() {
        fill(RoomHead.GENERAL, 60);
        assertThat(store.rooms().snapshot(ann, Optional.of(store.epoch()), Map.of()).deltas())
                .isEmpty();
    }

    @Test
    void anotherEpochIsLimited() {
        fill(RoomHead.GENERAL, 60);
        Map<String, Long> have = Map.of(RoomHead.GENERAL, 59L);
        assertLimited(delta(Optional.of("of another database"), have), 60);
        assertLimited(delta(Optional.empty(), have), 60);
    }

    @Test
    void aClientAheadOfTheDatabaseIsLimited() {
        fill(RoomHead.GENERAL, 60);
        assertLimited(delta(Map.of(RoomHead.GENERAL, 61L)), 60);
        assertLimited(delta(Map.of(RoomHead.GENERAL, -1L)), 60);
    }

    @Test
    void theEpochIsTheDatabasesOwn() throws Exception {
        String epoch = store.epoch();
        reopen();
        assertThat(store.epoch()).isEqualTo(epoch);
    }

    private void fill(String room, int messages) {
        List<CompletableFuture<?>> sent = new ArrayList<>();
        for (int i = 1; i <= messages; i++) {
            sent.add(store.messages().post(Draft.of(room, ann, room + i, "text " + i)));
        }
        sent.forEach(CompletableFuture::join);
    }

    private Delta delta(Map<String, Long> have) {
        return delta(Optional.of(store.epoch()), have);
    }

    private Delta delta(Optional<String> epoch, Map<String, Long> have) {
        return requireNonNull(
                store.rooms().snapshot(ann, epoch, have).deltas().get(RoomHead.GENERAL));
    }

    private static void assertLimited(Delta delta, long last) {
        assertThat(delta)
                .isInstanceOfSatisfying(
                        Delta.Limited.class,
                        limited -> {
                            assertThat(seqs(limited.page())).isEqualTo(range(last - 49, last));
                            assertThat(limited.to()).isEqualTo(last);
                            assertThat(limited.more()).isTrue();
                        });
    }

    private void assertPage(Window window, int limit, List<Long> seqs, boolean more) {
        Page page = store.messages().history(ann, RoomHead.GENERAL, window, limit);
        assertThat(seqs(page.messages())).isEqualTo(seqs);
        assertThat(page.more()).isEqualTo(more);
    }

    private static List<Long> range(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }
}
