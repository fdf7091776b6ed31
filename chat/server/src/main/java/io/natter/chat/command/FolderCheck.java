package io.natter.chat.command;

import io.natter.chat.store.StoreUnavailableException;
import io.natter.chat.store.archive.OpenDatabase;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// Checks a data folder: disk, rights, lock, database and clock.
final class FolderCheck {
    private static final long FULL = 64L << 20;
    private static final Duration CLOCK = Duration.ofMinutes(1);
    private static final Set<PosixFilePermission> OTHERS =
            PosixFilePermissions.fromString("---rwxrwx");

    private final Path folder;
    private final Path database;
    private final Findings findings;

    FolderCheck(Path data, Findings findings) {
        this.folder = data.toAbsolutePath().normalize();
        this.database = folder.resolve("natter.db");
        this.findings = findings;
    }

    /// Checks all, and returns whether a chat runs on the folder.
    boolean run() {
        if (!Files.isRegularFile(database)) {
            findings.fault(
                    "There is no database in %s.".formatted(folder),
                    "Name the chat's folder with --data, or start the chat once.");
            return false;
        }
        rights();
        disk();
        boolean runs = locked();
        if (runs) {
            findings.fine("A chat runs on %s.".formatted(folder));
        } else {
            findings.warn("No chat runs on %s.".formatted(folder), "Start it.");
        }
        database();
        return runs;
    }

    private void rights() {
        for (Path file : List.of(folder, database)) {
            try {
                if (!Files.isWritable(file) || !Files.isReadable(file)) {
                    findings.fault(
                            "%s cannot be read and written by this user.".formatted(file),
                            "Run this command as the chat's user, or give the file to that user.");
                    return;
                }
                Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file);
                if (rights.stream().anyMatch(OTHERS::contains)) {
                    findings.warn(
                            "Other users of this machine may look into %s.".formatted(file),
                            "chmod go= " + file);
                    return;
                }
            } catch (UnsupportedOperationException | IOException _) {
                // A file system without such rights.
            }
        }
        findings.fine("Only the chat's user may read the data.");
    }

    private void disk() {
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            long size = Files.size(database);
            String left = "%s are free for %s.".formatted(Text.bytes(free), folder);
            if (free < FULL) {
                findings.fault(left, "Free the disk: the chat refuses messages when it is full.");
            } else if (free < 2 * size) {
                findings.warn(
                        left,
                        "The database has %s. A backup here or an update needs as much again."
                                .formatted(Text.bytes(size)));
            } else {
                findings.fine(left);
            }
        } catch (IOException e) {
            findings.fault("The disk does not answer: %s.".formatted(e), "Check the disk.");
        }
    }

    /// The lock is held for as long as a chat runs.
    private boolean locked() {
        try (FileChannel file =
                FileChannel.open(folder.resolve("natter.lock"), StandardOpenOption.WRITE)) {
            var lock = file.tryLock();
            if (lock == null) {
                return true;
            }
            lock.release();
            return false;
        } catch (OverlappingFileLockException _) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private void database() {
        try (OpenDatabase open = OpenDatabase.in(folder)) {
            List<String> faults = open.faults();
            if (!faults.isEmpty()) {
                findings.fault(
                        "The database is damaged: %s.".formatted(String.join("; ", faults)),
                        "Stop the chat and restore a backup: natter-chat restore FILE.");
                return;
            }
            OpenDatabase.Contents contents = open.contents();
            findings.fine("The database is sound: %s.".formatted(Text.contents(contents)));
            clock(contents.newest());
        } catch (StoreUnavailableException e) {
            findings.fault(
                    String.valueOf(e.getMessage()),
                    "Stop the chat and restore a backup: natter-chat restore FILE.");
        }
    }

    private void clock(long newest) {
        long ahead = newest - System.currentTimeMillis();
        if (ahead > CLOCK.toMillis()) {
            findings.fault(
                    "The newest message is from %s, and the clock says %s."
                            .formatted(Text.time(newest), Text.time(System.currentTimeMillis())),
                    "Set the clock, and let the system keep it right (NTP).");
        } else {
            findings.fine("The clock is not behind the newest message.");
        }
    }
}
