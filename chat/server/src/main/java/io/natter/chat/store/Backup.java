package io.natter.chat.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A copy of the database from before a migration, `natter.backup-vN.db` beside it, where N is the
/// schema that it has. Natter never reads or removes it.
final class Backup {
    private static final Logger log = LoggerFactory.getLogger(Backup.class);

    private Backup() {}

    /// Writes the copy, whole or not at all.
    static Path make(Connection connection, Path database, int schema)
            throws SQLException, IOException {
        Path backup = database.resolveSibling("natter.backup-v" + schema + ".db");
        Path unfinished = database.resolveSibling("natter.backup.part");
        Files.deleteIfExists(unfinished);
        PrivateFiles.open(unfinished).close(); // SQLite fills an empty file and keeps its rights
        try {
            write(connection, unfinished);
            Files.move(unfinished, backup, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished); // the disk may be full of it
        }
        log.info("The database was copied to {} before its schema changes", backup);
        return backup;
    }

    private static void write(Connection connection, Path unfinished)
            throws SQLException, IOException {
        try (var copy = connection.prepareStatement("VACUUM INTO ?")) {
            copy.setString(1, unfinished.toString());
            copy.execute();
        }
        try (FileChannel file = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
            file.force(true);
        }
    }
}
