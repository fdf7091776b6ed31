package io.natter.chat.store.archive;

import io.natter.chat.log.FileFault;
import io.natter.chat.store.DataDirectory;
import io.natter.chat.store.PrivateFiles;
import io.natter.chat.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.UserPrincipal;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.JdbiException;

/// Puts a backup into a data folder, on which no chat runs. The backup is unpacked and checked
/// beside the data first; then the old data goes to a folder of its own. `natter.db` is always
/// either the old database or the new one.
public final class Restore {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Path data;
    private final DataDirectory held;
    private final InstantSource clock;
    private final Steps steps;

    private Restore(Path data, DataDirectory held, InstantSource clock, Steps steps) {
        this.data = data;
        this.held = held;
        this.clock = clock;
        this.steps = steps;
    }

    /// A backup that was put in place.
    ///
    /// @param madeAt the time of the backup in milliseconds since 1970
    /// @param before the folder with the old data; empty if there was none
    public record Done(OpenDatabase.Contents contents, long madeAt, Optional<Path> before) {}

    /// Restores a backup.
    ///
    /// @throws BackupException if the backup is damaged; nothing has changed then
    /// @throws StoreUnavailableException if a chat runs on the folder, or it cannot be used
    public static Done run(Path data, Path backup, InstantSource clock, Steps steps)
            throws BackupException, StoreUnavailableException {
        Path folder = data.toAbsolutePath().normalize();
        try (DataDirectory held = DataDirectory.hold(folder)) {
            return new Restore(folder, held, clock, steps).run(backup.toAbsolutePath().normalize());
        } catch (IOException e) {
            throw new BackupException(
                    "Cannot restore into %s: %s. Mend that, and run the command again."
                            .formatted(folder, FileFault.of(e)),
                    e);
        }
    }

    private Done run(Path backup) throws IOException, BackupException, StoreUnavailableException {
        Path unpacked = data.resolve("natter.restore.part");
        PrivateFiles.removeFolder(unpacked);
        try {
            steps.at("Unpacking and checking %s".formatted(backup));
            PrivateFiles.makeFolder(unpacked);
            Path database = unpacked.resolve("natter.db");
            Path files = unpacked.resolve("files");
            Manifest manifest = BackupFile.unpack(backup, database, files, steps);
            steps.at("Putting it in place");
            forgetEpoch(database);
            giveToOwner(unpacked);
            Optional<Path> before = putAside();
            if (Files.isDirectory(files)) {
                // The folder that is there is empty.
                Files.move(files, data.resolve("files"), StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(database, held.database(), StandardCopyOption.ATOMIC_MOVE);
            return new Done(manifest.database(), manifest.madeAt(), before);
        } finally {
            PrivateFiles.removeFolder(unpacked);
        }
    }

    /// Pages that have seen newer messages than the backup then load all again.
    private static void forgetEpoch(Path database)
            throws BackupException, StoreUnavailableException {
        try (OpenDatabase open = OpenDatabase.file(database)) {
            open.handle().execute("DELETE FROM meta WHERE key = 'epoch'");
        } catch (JdbiException e) {
            throw new BackupException(
                    "Cannot prepare the database: %s.".formatted(OpenDatabase.reason(e)), e);
        }
    }

    /// The user of the data folder owns the new files too, where root restores for a service.
    private void giveToOwner(Path unpacked) throws IOException {
        UserPrincipal owner = Files.getOwner(data);
        try (Stream<Path> all = Files.walk(unpacked)) {
            for (Path file : (Iterable<Path>) all::iterator) {
                if (!Files.getOwner(file).equals(owner)) {
                    Files.setOwner(file, owner);
                }
            }
        }
    }

    private Optional<Path> putAside() throws IOException {
        Path database = held.database();
        Path log = data.resolve("natter.db-wal");
        Path files = data.resolve("files");
        if (Files.size(database) == 0 && isEmpty(files)) {
            return Optional.empty();
        }
        Path before = unused(data.resolve("natter.before-" + NAME.format(clock.instant())));
        PrivateFiles.makeFolder(before);
        takeLogIn(database);
        copy(database, before.resolve("natter.db"));
        // The rest of a log belongs to the old database and would damage the new one.
        if (Files.exists(log)) {
            Files.move(log, before.resolve("natter.db-wal"));
        }
        Files.deleteIfExists(data.resolve("natter.db-shm"));
        if (Files.exists(files)) {
            Files.move(files, before.resolve("files"));
        }
        return Optional.of(before);
    }

    private static boolean isEmpty(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return true;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private static Path unused(Path wanted) {
        Path path = wanted;
        for (int i = 2; Files.exists(path); i++) {
            path = wanted.resolveSibling(wanted.getFileName() + "-" + i);
        }
        return path;
    }

    /// Closing the last connection moves the log into the database, if that is not damaged.
    private static void takeLogIn(Path database) {
        try (OpenDatabase open = OpenDatabase.file(database)) {
            open.handle()
                    .createQuery("PRAGMA wal_checkpoint(TRUNCATE)")
                    .mapTo(Integer.class)
                    .list();
        } catch (StoreUnavailableException | JdbiException _) {
            // Then the log goes with it.
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (UnsupportedOperationException | IOException _) {
            Files.copy(from, to);
        }
    }
}
