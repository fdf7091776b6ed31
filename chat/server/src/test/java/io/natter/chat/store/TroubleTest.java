package io.natter.chat.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.natter.chat.CapturedLog;
import io.natter.chat.domain.message.Draft;
import io.natter.chat.domain.message.Message;
import io.natter.chat.domain.message.Posted;
import io.natter.chat.domain.message.Window;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.room.RoomHead;
import io.natter.chat.domain.store.StoreTrouble;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TroubleTest extends StoreTest {
    @Override
    protected StoreSettings settings() {
        return StoreSettings.DEFAULT.withLockWait(Duration.ofMillis(50)).withMaxWaiting(16);
    }

    @Test
    void aFullDiskRefusesWritesAndLosesNoneThatWasAnswered() throws Exception {
        Person ann = guest("Ann");
        pragma("max_page_count = " + (pages() + 20));
        long answered = 0;
        String refused = "";
        while (refused.isEmpty()) {
            Draft draft = Draft.of(RoomHead.GENERAL, ann, "c" + answered, "x".repeat(8000));
            CompletableFuture<Posted> sent = store.messages().post(draft);
            try {
                assertThat(sent.join().seq()).isEqualTo(answered + 1);
                answered++;
            } catch (RuntimeException _) {
                refused = refusal(sent::join);
            }
        }
        assertThat(refused).isEqualTo("storage");
        assertThat(answered).isPositive();
        assertThat(store.counters().failed()).isEqualTo(1);
        assertThat(store.trouble()).isPresent();
        pragma("max_page_count = 100000");
        assertThat(post(ann, "later").seq()).as("the number came back").isEqualTo(answered + 1);
        await().atMost(Duration.ofSeconds(20)).until(() -> store.trouble().isEmpty());
        reopen();
        assertThat(latest(ann)).hasSize((int) answered + 1);
    }

    @Test
    void aWriteTooBigForTheDiskLeavesTheOthersOfItsBatchAlone() {
        Person ann = guest("Ann");
        pragma("max_page_count = " + (pages() + 6));
        CompletableFuture<Void> held = holdWriter();
        CompletableFuture<Posted> small = send(ann, "small");
        List<CompletableFuture<Posted>> big = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            big.add(
                    store.messages()
                            .post(Draft.of(RoomHead.GENERAL, ann, "big" + i, "x".repeat(8000))));
        }
        held.complete(null);
        assertThat(small.join().seq()).isEqualTo(1);
        assertThat(refusal(big.getLast()::join)).isEqualTo("storage");
        assertThat(latest(ann)).first().extracting(Message::cmid).isEqualTo("small");
    }

    @Test
    void aFullDiskIsNoLessFullForWhatFits() {
        Person ann = guest("Ann");
        pragma("max_page_count = " + pages());
        Draft big = Draft.of(RoomHead.GENERAL, ann, "big", "x".repeat(8000));
        assertThat(refusal(() -> store.messages().post(big).join())).isEqualTo("storage");
        for (int i = 0; i < 20; i++) {
            // Moves a mark in a page that is there, as the probe of before did.
            assertThat(store.rooms().read(ann, RoomHead.GENERAL, 1).join()).isZero();
            assertThat(store.trouble()).contains(StoreTrouble.DISK_FULL);
        }
        pragma("max_page_count = 100000");
        await().atMost(Duration.ofSeconds(20)).until(() -> store.trouble().isEmpty());
        assertThat(store.messages().post(big).join().seq()).isEqualTo(1);
    }

    @Test
    void whatSomebodyWroteIsNeitherInTheReasonNorInTheLog() {
        Person ann = guest("Ann");
        store.write(
                        "test",
                        handle ->
                                handle.execute(
                                        "CREATE TRIGGER no BEFORE INSERT ON message BEGIN"
                                                + " SELECT RAISE(FAIL, 'my PIN is 4711'); END"))
                .join();
        try (CapturedLog log = new CapturedLog()) {
            Draft secret = Draft.of(RoomHead.GENERAL, ann, "c1", "my PIN is 4711, tell nobody");
            assertThat(refusal(() -> store.messages().post(secret).join())).isEqualTo("storage");
            assertThat(store.trouble()).contains(StoreTrouble.UNKNOWN);
            await().atMost(Duration.ofSeconds(20)).until(() -> !log.lines().isEmpty());
            assertThat(log.lines())
                    .containsExactly(
                            "WARN The database refused the write 'post':"
                                    + " SQLITE_CONSTRAINT_TRIGGER (1811). The database takes no"
                                    + " writes: see the server's log.");
        }
    }

    @Test
    void aFailedQueryIsLoggedWithoutWhatWasAskedFor() {
        Person ann = guest("Ann");
        post(ann, "c1");
        store.write("test", handle -> handle.execute("DROP TABLE member")).join();
        try (CapturedLog log = new CapturedLog()) {
            assertThat(refusal(() -> latest(ann))).isEqualTo("storage");
            assertThat(log.lines())
                    .containsExactly("WARN The query 'history' failed: SQLITE_ERROR (1)");
        }
    }

    @Test
    void aLockedDatabaseRefusesTheWriteAndTakesTheNext() throws Exception {
        Person ann = guest("Ann");
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            assertThat(refusal(() -> post(ann, "c1"))).isEqualTo("storage");
            assertThat(store.counters().failed()).isEqualTo(1);
            assertThat(latest(ann)).as("reading goes on").isEmpty();
            statement.execute("ROLLBACK");
        }
        assertThat(post(ann, "c1")).isEqualTo(new Posted(1, 1, clock.millis(), false));
    }

    @Test
    void aReadOnlyDatabaseRefusesTheWriteAndLooksForItsEnd() {
        Person ann = guest("Ann");
        pragma("query_only = ON");
        assertThat(refusal(() -> post(ann, "c1"))).isEqualTo("storage");
        assertThat(store.trouble()).isPresent();
        // The question itself tries again, on a new connection; no message has to be written first.
        await().atMost(Duration.ofSeconds(10)).until(() -> store.trouble().isEmpty());
        assertThat(post(ann, "c1").seq()).isEqualTo(1);
    }

    @Test
    void aFullQueueAnswersBusyAndSaysHowLongToWait() {
        Person ann = guest("Ann");
        CompletableFuture<Void> held = holdWriter();
        List<CompletableFuture<Posted>> waiting = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            waiting.add(send(ann, "c" + i));
        }
        CompletableFuture<Posted> tooMany = send(ann, "too-many");
        assertThat(tooMany).isCompletedExceptionally();
        assertThat(refusal(tooMany::join)).isEqualTo("busy");
        assertThat(store.counters().busy()).isEqualTo(1);
        held.complete(null);
        assertThat(waiting.getLast().join().seq()).isEqualTo(16);
    }

    @Test
    void closingFinishesWhatWaitsAndRefusesTheRest() throws Exception {
        Person ann = guest("Ann");
        List<CompletableFuture<Posted>> sent = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            sent.add(send(ann, "c" + i));
        }
        store.close();
        assertThat(sent).allMatch(CompletableFuture::isDone);
        assertThat(sent.getLast().join().seq()).isEqualTo(10);
        assertThat(refusal(() -> post(ann, "late"))).isEqualTo("storage");
        open();
        assertThat(latest(ann)).hasSize(10);
    }

    @Test
    void afterAnUncleanStopEverythingAnsweredIsThere(@TempDir Path copy) throws Exception {
        Person ann = guest("Ann");
        post(ann, "c1");
        post(ann, "c2");
        // A power cut leaves the files as they are, the log not yet moved into the database.
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(f -> !f.endsWith("natter.lock")).toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        assertThat(copy.resolve("natter.db-wal")).isNotEmptyFile();
        try (SqliteStore revived = SqliteStore.open(copy, clock, settings())) {
            assertThat(revived.epoch()).isEqualTo(store.epoch());
            assertThat(
                            seqs(
                                    revived.messages()
                                            .history(ann, RoomHead.GENERAL, new Window.Latest(), 10)
                                            .messages()))
                    .containsExactly(1L, 2L);
            Draft again = Draft.of(RoomHead.GENERAL, ann, "c2", "text of c2");
            assertThat(revived.messages().post(again).join().dup()).isTrue();
        }
    }

    @Test
    void aSecondServerOnTheSameDirectoryIsTurnedAway() {
        assertThatThrownBy(() -> SqliteStore.open(directory, clock))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("Another Natter is using")
                .hasMessageContaining("--data");
    }

    @Test
    void aDirectoryThatCannotBeMadeIsSaidClearly(@TempDir Path elsewhere) throws Exception {
        Path file = Files.writeString(elsewhere.resolve("file"), "x");
        assertThatThrownBy(() -> SqliteStore.open(file.resolve("data"), clock))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("Choose another with --data");
    }

    @Test
    void aFileThatIsNoDatabaseIsSaidClearlyAndLeftAlone(@TempDir Path elsewhere) throws Exception {
        Path file = elsewhere.resolve("natter.db");
        byte[] content = "not a database ".repeat(100).getBytes(StandardCharsets.UTF_8);
        Files.write(file, content);
        assertThatThrownBy(() -> SqliteStore.open(elsewhere, clock))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("Cannot open the database");
        assertThat(file).hasBinaryContent(content);
    }

    private void pragma(String pragma) {
        store.write(
                        "test",
                        handle -> {
                            handle.createQuery("PRAGMA " + pragma).mapTo(String.class).findFirst();
                            return true;
                        })
                .handle((_, _) -> true)
                .join();
    }

    private long pages() {
        return store.write(
                        "test",
                        handle -> handle.createQuery("PRAGMA page_count").mapTo(Long.class).one())
                .join();
    }

    private Path file() {
        return directory.resolve("natter.db");
    }
}
