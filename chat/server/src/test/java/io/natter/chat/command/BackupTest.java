package io.natter.chat.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.domain.RandomId;
import io.natter.chat.domain.message.Message;
import io.natter.chat.domain.message.Window;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.PersonName;
import io.natter.chat.domain.room.RoomHead;
import io.natter.chat.store.SqliteStore;
import io.natter.chat.web.CommandRun;
import io.natter.chat.web.ProcessRun;
import io.natter.chat.web.RunningChat;
import io.natter.chat.web.TestClient;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `backup` and `restore`, with chats in processes of their own.
class BackupTest {
    @TempDir Path directory;

    private Path data() {
        return directory.resolve("data");
    }

    private Path backup() {
        return directory.resolve("chat.zip");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
        }
    }

    /// The texts of the general room, read as a new guest.
    private static List<String> texts(Path data) throws Exception {
        try (SqliteStore store = SqliteStore.open(data, InstantSource.system())) {
            Person reader =
                    store.sessions()
                            .signIn(
                                    PersonName.of(
                                            "R"
                                                    + RandomId.next()
                                                            .substring(0, 12)
                                                            .replace("-", "a")),
                                    Optional.empty())
                            .join()
                            .session()
                            .person();
            List<String> texts = new ArrayList<>();
            for (long from = 0; ; from = texts.size()) {
                List<Message> page =
                        store.messages()
                                .history(reader, RoomHead.GENERAL, new Window.After(from), 100)
                                .messages();
                if (page.isEmpty()) {
                    return texts;
                }
                page.forEach(message -> texts.add(message.text()));
            }
        }
    }

    private static String epoch(Path data) throws Exception {
        try (SqliteStore store = SqliteStore.open(data, InstantSource.system())) {
            return store.epoch();
        }
    }

    /// Some messages, then a stop as by `kill -9`.
    private void write(int messages) throws Exception {
        try (RunningChat chat = RunningChat.start(data());
                TestClient ann = chat.greeted("Ann")) {
            for (int i = 0; i < messages; i++) {
                assertThat(ann.say("c" + i, "message " + i).has("ok")).isTrue();
            }
        }
    }

    @Test
    void aBackupOfAChatThatIsWrittenToHasEachMessageThatWasAnsweredBefore() throws Exception {
        Files.createDirectories(data().resolve("files/ab"));
        Files.writeString(data().resolve("files/ab/abc"), "a picture");
        Files.writeString(data().resolve("files/ab/abd.part"), "half");
        AtomicInteger answered = new AtomicInteger();
        AtomicBoolean stop = new AtomicBoolean();
        int before;
        int after;
        try (RunningChat chat = RunningChat.start(data())) {
            List<CompletableFuture<Void>> writing = new ArrayList<>();
            List<TestClient> clients = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                TestClient client = chat.greeted("Writer " + i);
                clients.add(client);
                writing.add(CompletableFuture.runAsync(() -> write(client, answered, stop)));
            }
            while (answered.get() < 8) {
                Thread.onSpinWait();
            }
            before = answered.get();
            CommandRun made = CommandRun.of("backup", backup(), "--data", data());
            after = answered.get() + clients.size(); // each has at most one on its way
            assertThat(made.err()).isEmpty();
            assertThat(made.code()).isZero();
            assertThat(made.out()).contains("chat.zip").contains("checked");
            CommandRun refused = CommandRun.of("restore", backup(), "--data", data());
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.err()).contains("Another Natter is using the data directory");
            stop.set(true);
            CompletableFuture.allOf(writing.toArray(CompletableFuture[]::new)).join();
            clients.forEach(TestClient::close);
        }
        assertThat(names(directory)).containsExactly("chat.zip", "data");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup())))
                .isEqualTo("rw-------");
        Path restored = directory.resolve("restored");
        CommandRun run = CommandRun.of("restore", backup(), "--data", restored);
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        List<String> kept = texts(restored);
        assertThat(kept).hasSizeBetween(before, after);
        assertThat(texts(data()).subList(0, kept.size())).isEqualTo(kept);
        assertThat(restored.resolve("files/ab/abc")).hasContent("a picture");
        assertThat(restored.resolve("files/ab/abd.part")).doesNotExist();
    }

    private static void write(TestClient client, AtomicInteger answered, AtomicBoolean stop) {
        for (int i = 0; !stop.get(); i++) {
            JsonNode answer = client.say("m" + i, "text " + i);
            if (answer.has("ok")) {
                answered.incrementAndGet();
            } else {
                i--; // told to be slower
            }
        }
    }

    @Test
    void longWorkSaysHowFarItIs() throws Exception {
        write(1);
        assertThat(CommandRun.of("backup", backup(), "--data", data()).out())
                .containsSubsequence(
                        "Copying the database, 0 MiB",
                        "Checking the copy",
                        "Packing the database and the files",
                        "Checking the backup",
                        "chat.zip: 1 message of 1 person in 1 room, checked.");
        assertThat(CommandRun.of("restore", backup(), "--data", data()).out())
                .containsSubsequence(
                        "Unpacking and checking", "Putting it in place", "Restored 1 message");
    }

    @Test
    void filesThatThisUserMayNotReadAreNamed() throws Exception {
        write(1);
        assertThat(CommandRun.of("backup", backup(), "--data", data()).code()).isZero();
        Files.setPosixFilePermissions(backup(), PosixFilePermissions.fromString("---------"));
        withoutRights("restore", backup(), "--data", data()).saying(1, "This user may not read");
        Path target = directory.resolve("other.zip");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-x---"));
        withoutRights("backup", target, "--data", data())
                .saying(1, "Cannot write the backup", "this user may not do that");
        withoutRights("export", directory.resolve("out"), "--data", data())
                .saying(1, "Cannot write the export", "this user may not do that");
        Files.setPosixFilePermissions(data(), PosixFilePermissions.fromString("---------"));
        for (String command : List.of("backup", "export")) {
            withoutRights(command, target, "--data", data())
                    .saying(1, "This user may not read", "Run the command as the chat's user");
        }
        Files.setPosixFilePermissions(data(), PosixFilePermissions.fromString("rwx------"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }

    private static ProcessRun withoutRights(Object... words) throws Exception {
        return ProcessRun.of(Map.of(), ProcessRun::withoutRights, words);
    }

    @Test
    void aRestoreKeepsTheOldDataAsideAndRenewsTheEpoch() throws Exception {
        write(3);
        Files.createDirectories(data().resolve("files/ab"));
        Files.writeString(data().resolve("files/ab/new"), "later");
        assertThat(CommandRun.of("backup", backup(), "--data", data()).code()).isZero();
        String epoch = epoch(data());
        Files.writeString(data().resolve("files/ab/later"), "much later");
        try (RunningChat chat = RunningChat.start(data());
                TestClient bob = chat.greeted("Bob")) {
            assertThat(bob.say("late", "after the backup").has("ok")).isTrue();
        }
        CommandRun run = CommandRun.of("restore", backup(), "--data", data());
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("Restored 3 messages of 1 person in 1 room");
        assertThat(texts(data())).containsExactly("message 0", "message 1", "message 2");
        assertThat(epoch(data())).isNotEqualTo(epoch);
        assertThat(names(data().resolve("files/ab"))).containsExactly("new");
        String aside =
                names(data()).stream()
                        .filter(name -> name.startsWith("natter.before-"))
                        .findFirst()
                        .orElseThrow();
        assertThat(texts(data().resolve(aside))).endsWith("message 2", "after the backup");
        assertThat(names(data().resolve(aside).resolve("files/ab")))
                .containsExactly("later", "new");
        assertThat(names(data())).noneMatch(name -> name.endsWith(".part"));
    }

    @Test
    void aDamagedBackupIsNamedAndChangesNothing() throws Exception {
        write(2);
        assertThat(CommandRun.of("backup", backup(), "--data", data()).code()).isZero();
        byte[] whole = Files.readAllBytes(backup());
        refused("its end is missing", () -> Files.write(backup(), cut(whole)));
        refused(
                "is damaged",
                () -> {
                    Files.write(backup(), whole);
                    try (RandomAccessFile file = new RandomAccessFile(backup().toFile(), "rw")) {
                        file.seek(whole.length / 3);
                        file.writeInt(0x5A5A5A5A);
                    }
                });
        refused("it has no backup.json", () -> without(whole, "backup.json"));
        refused("it has no natter.db", () -> without(whole, "natter.db"));
        refused("There is no file", () -> Files.delete(backup()));
        refused("is a folder. Name the file", () -> Files.createDirectory(backup()));
    }

    private static byte[] cut(byte[] whole) {
        return Arrays.copyOf(whole, whole.length - 100);
    }

    private void without(byte[] whole, String entry) throws IOException {
        Files.write(backup(), whole);
        try (FileSystem zip =
                FileSystems.newFileSystem(URI.create("jar:" + backup().toUri()), Map.of())) {
            Files.delete(zip.getPath(entry));
        }
    }

    private interface Damage {
        void make() throws IOException;
    }

    private void refused(String said, Damage damage) throws Exception {
        damage.make();
        CommandRun run = CommandRun.of("restore", backup(), "--data", data());
        assertThat(run.code()).as(said).isEqualTo(1);
        assertThat(run.err().strip().lines()).hasSize(1);
        assertThat(run.err()).contains(said);
        assertThat(texts(data())).containsExactly("message 0", "message 1");
        assertThat(names(data())).noneMatch(name -> name.contains("before"));
    }

    @Test
    void aBackupNeverReplacesAFileNorLeavesAHalfOne() throws Exception {
        write(1);
        Files.writeString(backup(), "something else");
        CommandRun run = CommandRun.of("backup", backup(), "--data", data());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("exists already");
        assertThat(backup()).hasContent("something else");
        CommandRun nowhere =
                CommandRun.of("backup", directory.resolve("no/where.zip"), "--data", data());
        assertThat(nowhere.code()).isEqualTo(1);
        assertThat(nowhere.err()).contains("there is no folder", "Make it, or choose another");
        CommandRun nothing =
                CommandRun.of("backup", directory.resolve("b.zip"), "--data", directory);
        assertThat(nothing.code()).isEqualTo(1);
        assertThat(nothing.err()).contains("There is no database in");
        assertThat(names(directory)).containsExactly("chat.zip", "data");
    }

    @Test
    void aDamagedDatabaseIsNotBackedUp() throws Exception {
        write(1);
        epoch(data()); // moves the log into the database
        try (RandomAccessFile file =
                new RandomAccessFile(data().resolve("natter.db").toFile(), "rw")) {
            for (long at = 8192; at < file.length(); at += 4096) {
                file.seek(at);
                file.write(new byte[64]);
            }
        }
        CommandRun run = CommandRun.of("backup", backup(), "--data", data());
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err().strip().lines()).hasSize(1);
        assertThat(names(directory)).containsExactly("data");
    }
}
