package io.natter.chat.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// The directory with the database, held by one process at a time: two would each publish only
/// their own half of what is said. The lock is the operating system's, so it ends with the process
/// however that ends.
final class DataDirectory implements AutoCloseable {
    private final Path directory;
    private final FileChannel lockFile;

    private DataDirectory(Path directory, FileChannel lockFile) {
        this.directory = directory;
        this.lockFile = lockFile;
    }

    static DataDirectory hold(Path directory) throws StoreUnavailableException {
        Path absolute = directory.toAbsolutePath().normalize();
        try {
            Files.createDirectories(absolute);
        } catch (IOException e) {
            throw new StoreUnavailableException(
                    "Cannot make the data directory %s (%s). Choose another with --data."
                            .formatted(absolute, reason(e)),
                    e);
        }
        FileChannel file;
        try {
            file =
                    FileChannel.open(
                            absolute.resolve("natter.lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new StoreUnavailableException(
                    "Cannot write in the data directory %s (%s). Make it writable or choose another with --data."
                            .formatted(absolute, reason(e)),
                    e);
        }
        if (!locked(file)) {
            throw new StoreUnavailableException(
                    "Another Natter is using the data directory %s. Stop it or choose another with --data."
                            .formatted(absolute),
                    null);
        }
        return new DataDirectory(absolute, file);
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

    private static String reason(IOException e) {
        return e.getClass().getSimpleName().replace("Exception", "");
    }

    Path database() {
        return directory.resolve("natter.db");
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
