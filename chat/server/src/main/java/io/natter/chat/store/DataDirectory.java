package io.natter.chat.store;

import io.natter.chat.domain.store.StoreTrouble;
import io.natter.chat.log.FileFault;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The directory with the database, held by one process at a time: two would each publish only
/// their own half of what is said. The lock is the operating system's, so it ends with the process
/// however that ends. Only the server's user may read it.
public final class DataDirectory implements AutoCloseable {
    /// Where SQLite's native library is unpacked.
    public static final String NATIVE = "native";

    /// Where the bytes of files are.
    public static final String FILES = "files";

    /// An empty file, whose time is that of the last backup.
    public static final String LAST_BACKUP = "natter.last-backup";

    private final Path directory;
    private final Path database;
    private final Path writeAheadLog;
    private final FileChannel lockFile;

    /// Device and inode of the database; null where the file system has none.
    private @Nullable Object identity;

    private DataDirectory(Path directory, FileChannel lockFile) {
        this.directory = directory;
        this.database = directory.resolve("natter.db");
        this.writeAheadLog = directory.resolve("natter.db-wal");
        this.lockFile = lockFile;
    }

    /// Takes the directory for this process.
    ///
    /// @throws StoreUnavailableException when it cannot be used, or another Natter has it
    public static DataDirectory hold(Path directory) throws StoreUnavailableException {
        Path absolute = directory.toAbsolutePath().normalize();
        try {
            PrivateFiles.makeFolder(absolute);
        } catch (IOException e) {
            throw new StoreUnavailableException(
                    "Cannot make the data directory %s: %s. Choose another with --data."
                            .formatted(absolute, FileFault.of(e)),
                    e);
        }
        FileChannel file;
        try {
            file = PrivateFiles.open(absolute.resolve("natter.lock"));
        } catch (IOException e) {
            throw cannotWrite(absolute, e);
        }
        if (!locked(file)) {
            throw new StoreUnavailableException(
                    "Another Natter is using the data directory %s. Stop it or choose another with --data."
                            .formatted(absolute),
                    null);
        }
        DataDirectory held = new DataDirectory(absolute, file);
        try {
            held.prepare();
        } catch (IOException e) {
            held.close();
            throw cannotWrite(absolute, e);
        }
        return held;
    }

    private static StoreUnavailableException cannotWrite(Path directory, IOException e) {
        return new StoreUnavailableException(
                "Cannot write in the data directory %s: %s, or choose another with --data."
                        .formatted(directory, remedy(directory, e)),
                e);
    }

    private static String remedy(Path directory, IOException e) {
        if (FileFault.isFullDisk(e)) {
            return "the disk is full. Free some space";
        }
        String owner = owner(directory);
        String user = System.getProperty("user.name", "");
        return e instanceof AccessDeniedException && !owner.isEmpty() && !owner.equals(user)
                ? "it belongs to the user %s, and this is %s. Start as %s"
                        .formatted(owner, user, owner)
                : FileFault.of(e) + ". Make it writable";
    }

    private static String owner(Path directory) {
        try {
            return Files.getOwner(directory).getName();
        } catch (IOException | UnsupportedOperationException _) {
            return "";
        }
    }

    private static boolean locked(FileChannel file) {
        try {
            @Nullable FileLock lock = file.tryLock();
            if (lock != null) {
                return true; // released with the channel
            }
            file.close();
            return false;
        } catch (IOException | OverlappingFileLockException e) {
            return false;
        }
    }

    /// SQLite gives its other files the rights of the database, so that must be there first.
    private void prepare() throws IOException {
        PrivateFiles.correct(directory);
        if (!Files.exists(database)) {
            PrivateFiles.open(database).close();
        }
        identity = identity(database);
        PrivateFiles.makeFolder(files());
        Path libraries = directory.resolve(NATIVE);
        PrivateFiles.makeFolder(libraries);
        // A killed process leaves its copy. The holder of the lock knows that it is unused.
        try (Stream<Path> left = Files.list(libraries)) {
            for (Path file : left.toList()) {
                if (String.valueOf(file.getFileName()).startsWith("sqlite-")) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static @Nullable Object identity(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    /// The file of the database.
    public Path database() {
        return database;
    }

    Path libraries() {
        return directory.resolve(NATIVE);
    }

    Path files() {
        return directory.resolve(FILES);
    }

    /// Whether the database under its name is still the one that is open: one that was removed or
    /// replaced goes on taking writes, which are lost.
    ///
    /// @param committed whether something was just committed, so that the log must be there
    Optional<StoreTrouble> check(boolean committed) {
        try {
            boolean same = identity == null || identity.equals(identity(database));
            return same && (!committed || Files.exists(writeAheadLog))
                    ? Optional.empty()
                    : Optional.of(StoreTrouble.REPLACED);
        } catch (IOException _) {
            return Optional.of(StoreTrouble.REPLACED);
        }
    }

    /// Bytes that may still be written; a very large number if that is unknown.
    long room() {
        try {
            return Files.getFileStore(directory).getUsableSpace();
        } catch (IOException _) {
            return Long.MAX_VALUE;
        }
    }

    DiskSpace space() {
        return new DiskSpace(size(database) + size(writeAheadLog), room());
    }

    /// The time of the last backup by the command; empty without one.
    OptionalLong lastBackup() {
        try {
            return OptionalLong.of(
                    Files.getLastModifiedTime(directory.resolve(LAST_BACKUP)).toMillis());
        } catch (IOException _) {
            return OptionalLong.empty();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException _) {
            return 0;
        }
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException _) {
            // The process's end closes it as well.
        }
    }
}
