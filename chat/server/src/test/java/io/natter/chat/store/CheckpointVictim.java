package io.natter.chat.store;

import io.natter.chat.domain.RandomId;
import io.natter.chat.domain.message.Draft;
import io.natter.chat.domain.message.Page;
import io.natter.chat.domain.message.Window;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.PersonName;
import io.natter.chat.domain.room.RoomHead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;

/// A program that fills its disk just before SQLite moves its log into the database, which has no
/// space to grow then. It ends with code 0 if nothing that was answered is lost.
public final class CheckpointVictim {
    /// SQLite moves the log when it has 1,000 pages of 4 KiB.
    private static final long FULL_LOG = 1000 * 4096;

    private static final long NEARLY = FULL_LOG - 400_000;

    private final Path directory;
    private final Set<String> answered = new TreeSet<>();

    private CheckpointVictim(Path directory) {
        this.directory = directory;
    }

    /// Runs the program.
    ///
    /// @param arguments the data folder
    public static void main(String[] arguments) throws Exception {
        new CheckpointVictim(Path.of(arguments[0])).run();
        System.exit(0);
    }

    private void run() throws Exception {
        Path filler = directory.resolveSibling("filler");
        try (SqliteStore store = SqliteStore.open(directory, InstantSource.system())) {
            Person ann =
                    store.sessions()
                            .signIn(PersonName.of("Ann"), Optional.empty())
                            .join()
                            .session()
                            .person();
            while (size("natter.db-wal") < NEARLY) {
                require(post(store, ann), "there is space");
            }
            long database = size("natter.db");
            fill(filler, 1 << 20);
            while (post(store, ann)) {
                require(size("natter.db-wal") < 3 * FULL_LOG, "the disk is full at last");
            }
            require(size("natter.db-wal") > FULL_LOG, "the log has grown beyond its moving");
            require(size("natter.db") < database + FULL_LOG, "the database had no space");
            System.out.println("the log was kept");
            require(read(store, ann).equals(answered), "all that was answered can be read");
            Files.delete(filler);
            while (store.trouble().isPresent()) {
                LockSupport.parkNanos(10_000_000);
            }
            require(post(store, ann), "there is space again");
        }
        try (SqliteStore store = SqliteStore.open(directory, InstantSource.system())) {
            Person ben =
                    store.sessions()
                            .signIn(PersonName.of("Ben"), Optional.empty())
                            .join()
                            .session()
                            .person();
            require(read(store, ben).equals(answered), "all is in the database");
            String check =
                    store.write(
                                    "check",
                                    handle ->
                                            handle.createQuery("PRAGMA integrity_check")
                                                    .mapTo(String.class)
                                                    .one())
                            .join();
            require(check.equals("ok"), check);
            System.out.println("all is there");
        }
    }

    private boolean post(SqliteStore store, Person sender) {
        String cmid = RandomId.next();
        Draft draft = Draft.of(RoomHead.GENERAL, sender, cmid, cmid + "x".repeat(6000));
        try {
            store.messages().post(draft).join();
            answered.add(cmid);
            return true;
        } catch (CompletionException _) {
            return false;
        }
    }

    private static Set<String> read(SqliteStore store, Person reader) {
        Set<String> found = new TreeSet<>();
        Page page;
        long after = 0;
        do {
            page = store.messages().history(reader, RoomHead.GENERAL, new Window.After(after), 100);
            page.messages().forEach(message -> found.add(message.cmid()));
            after += page.messages().size();
        } while (page.more());
        return found;
    }

    private long size(String name) throws IOException {
        return Files.size(directory.resolve(name));
    }

    /// Takes all space but for some bytes.
    private static void fill(Path filler, int left) throws IOException {
        byte[] zeros = new byte[1 << 16];
        try (var out = Files.newOutputStream(filler, StandardOpenOption.CREATE)) {
            while (true) {
                out.write(zeros);
            }
        } catch (IOException _) {
            // It is full.
        }
        try (var file = Files.newByteChannel(filler, StandardOpenOption.WRITE)) {
            file.truncate(Math.max(0, Files.size(filler) - left));
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("not so: " + what);
        }
    }
}
