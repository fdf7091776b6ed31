package io.natter.chat.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.natter.chat.domain.message.Draft;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.room.RoomHead;
import io.natter.chat.domain.store.StoreTrouble;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The files: who may read them, whose they are, and that they stay where they are.
class DataDirectoryTest extends StoreTest {
    @Test
    void nobodyElseMayReadAnything(@TempDir Path above) throws Exception {
        assertPrivate(above.resolve("data"));
    }

    private void assertPrivate(Path data) throws Exception {
        try (SqliteStore made = SqliteStore.open(data, clock)) {
            assertThat(made.trouble()).isEmpty();
            assertThat(rights(data)).isEqualTo("rwx------");
            for (String file :
                    List.of("natter.db", "natter.db-wal", "natter.db-shm", "natter.lock")) {
                assertThat(rights(data.resolve(file))).as(file).isEqualTo("rw-------");
            }
        }
    }

    @Test
    void whatOthersCouldReadIsTakenBack(@TempDir Path above) throws Exception {
        Path data = above.resolve("data");
        SqliteStore.open(data, clock).close();
        Files.writeString(data.resolve("natter.db-wal"), "");
        open(data, "rwxr-xr-x");
        try (Stream<Path> files = Files.list(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                open(file, "rw-r--r--");
            }
        }
        assertPrivate(data);
    }

    @Test
    void aFolderWithOtherFilesKeepsItsRights(@TempDir Path shared) throws Exception {
        Files.writeString(shared.resolve("somebody-elses.txt"), "x");
        open(shared, "rwxr-xr-x");
        try (SqliteStore made = SqliteStore.open(shared, clock)) {
            assertThat(made.trouble()).isEmpty();
            assertThat(rights(shared)).isEqualTo("rwxr-xr-x");
            assertThat(rights(shared.resolve("natter.db"))).isEqualTo("rw-------");
        }
    }

    @Test
    void aDatabaseThatWasRemovedTakesNoMoreMessages() throws Exception {
        Person ann = guest("Ann");
        post(ann, "c1");
        Files.delete(database());
        assertThat(store.trouble()).contains(StoreTrouble.REPLACED);
        assertThat(refusal(() -> post(ann, "c2"))).isEqualTo("storage");
        assertThat(database()).doesNotExist();
        assertThat(store.trouble()).contains(StoreTrouble.REPLACED);
    }

    @Test
    void aDatabaseThatWasReplacedTakesNoMoreMessages(@TempDir Path elsewhere) throws Exception {
        Person ann = guest("Ann");
        SqliteStore.open(elsewhere, clock).close();
        Path kept = directory.resolve("natter.db.kept");
        Files.move(database(), kept);
        Files.copy(elsewhere.resolve("natter.db"), database());
        byte[] other = Files.readAllBytes(database());
        assertThat(refusal(() -> post(ann, "c1"))).isEqualTo("storage");
        assertThat(store.trouble()).contains(StoreTrouble.REPLACED);
        assertThat(database()).hasBinaryContent(other);

        Files.delete(database());
        Files.move(kept, database());
        assertThat(post(ann, "c1").seq()).as("the right one is back").isEqualTo(1);
        assertThat(store.trouble()).isEmpty();
    }

    @Test
    void aMessageThatWentToARemovedLogIsNotAnswered() throws Exception {
        Person ann = guest("Ann");
        post(ann, "c1");
        Files.delete(directory.resolve("natter.db-wal"));
        assertThat(refusal(() -> post(ann, "c2"))).isEqualTo("storage");
    }

    @Test
    void aDamagedDatabaseIsNotReady() throws Exception {
        Person ann = guest("Ann");
        for (int i = 0; i < 50; i++) {
            store.messages()
                    .post(Draft.of(RoomHead.GENERAL, ann, "c" + i, "x".repeat(8000)))
                    .join();
        }
        close(); // all is in the database, nothing in its log
        try (RandomAccessFile file = new RandomAccessFile(database().toFile(), "rw")) {
            for (long page = file.length() / 8192 * 4096; page < file.length(); page += 4096) {
                file.seek(page);
                file.write(new byte[] {99, 98, 97, 96, 95, 94, 93, 92, 91, 90, 89, 88});
            }
        }
        open();
        assertThat(store.trouble()).isEmpty();
        assertThat(refusal(() -> latest(ann))).isEqualTo("storage");
        assertThat(store.trouble()).contains(StoreTrouble.DAMAGED);
    }

    @Test
    void aDatabaseOfAnotherProgramIsNamedAsThat(@TempDir Path elsewhere) throws Exception {
        sql(elsewhere, "CREATE TABLE bookmarks (url TEXT)");
        assertThatThrownBy(() -> SqliteStore.open(elsewhere, clock))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage(
                        elsewhere.resolve("natter.db")
                                + " is a database of another program. Move it away or choose"
                                + " another directory with --data.");
    }

    @Test
    void aDatabaseOfANewerNatterIsNamedAsThat(@TempDir Path elsewhere) throws Exception {
        SqliteStore.open(elsewhere, clock).close();
        sql(
                elsewhere,
                """
                INSERT INTO flyway_schema_history
                SELECT 99, '99', description, type, script, checksum, installed_by, installed_on,
                    execution_time, success
                FROM flyway_schema_history WHERE version = '1'
                """);
        assertThatThrownBy(() -> SqliteStore.open(elsewhere, clock))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("was written by a newer Natter");
    }

    private static void sql(Path directory, String statement) throws Exception {
        try (Connection connection =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + directory.resolve("natter.db"));
                Statement made = connection.createStatement()) {
            made.execute(statement);
        }
    }

    private Path database() {
        return directory.resolve("natter.db");
    }

    private static void open(Path path, String rights) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
    }

    private static String rights(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
