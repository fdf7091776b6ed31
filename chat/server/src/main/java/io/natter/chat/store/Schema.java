package io.natter.chat.store;

import io.natter.chat.domain.store.StoreTrouble;
import io.natter.chat.log.FileFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.sqlite.SQLiteDataSource;

/// The schema of the SQLite file: whose it is, how old it is, and how it becomes the present one.
public final class Schema {
    /// The newest of the migrations in `store/sqlite`.
    public static final int VERSION = 12;

    private final SQLiteDataSource source;
    private final Path file;

    Schema(SQLiteDataSource source, Path file) {
        this.source = source;
        this.file = file;
    }

    /// Copies a database with an older schema, and migrates it.
    ///
    /// @throws StoreUnavailableException for a database of another program or of a newer Natter
    void bringUpToDate() throws SQLException, IOException, StoreUnavailableException {
        checkOwner();
        checkJournal();
        backUp();
        migrate();
    }

    /// Flyway would speak of baselines.
    private void checkOwner() throws SQLException, StoreUnavailableException {
        try (Connection connection = source.getConnection();
                var statement = connection.createStatement();
                var row =
                        statement.executeQuery(
                                """
                                SELECT count(*), sum(name = 'flyway_schema_history'), sum(name = 'meta')
                                FROM sqlite_schema WHERE type = 'table'
                                """)) {
            int tables = row.next() ? row.getInt(1) : 0;
            boolean begun = tables == 1 && row.getInt(2) == 1; // killed during its first start
            boolean ours = row.getInt(2) == 1 && row.getInt(3) == 1;
            if (tables > 0 && !begun && !ours) {
                throw new StoreUnavailableException(
                        "%s is a database of another program. Move it away or choose another directory with --data."
                                .formatted(file),
                        null);
            }
        }
        try (Connection connection = source.getConnection()) {
            if (begun(connection) && schema(connection) > VERSION) {
                throw new StoreUnavailableException(
                        "%s was written by a newer Natter. Start that one, or restore a backup from before it."
                                .formatted(file),
                        null);
            }
        }
    }

    /// The newest migration that the database has seen; 0 for none.
    private static int schema(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row =
                        statement.executeQuery(
                                "SELECT max(CAST(version AS INTEGER)) FROM flyway_schema_history")) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    /// A database that is about to get another schema is copied first.
    private void backUp() throws SQLException, IOException, StoreUnavailableException {
        try (Connection connection = source.getConnection()) {
            int schema = begun(connection) ? schema(connection) : 0;
            if (schema > 0 && schema < VERSION) {
                copy(connection, schema);
            }
        }
    }

    private void copy(Connection connection, int schema)
            throws SQLException, IOException, StoreUnavailableException {
        try {
            Backup.make(connection, file, schema);
        } catch (SQLException e) {
            if (SqlFault.of(e).trouble() == StoreTrouble.DISK_FULL) {
                throw noSpace(e);
            }
            throw e;
        } catch (IOException e) {
            if (FileFault.isFullDisk(e)) {
                throw noSpace(e);
            }
            throw e;
        }
    }

    private StoreUnavailableException noSpace(Exception e) throws IOException {
        return new StoreUnavailableException(
                ("The disk has no space for the copy of %s that is made before the update of its"
                                + " tables: it needs %,d KiB, and %,d are free. Nothing has changed."
                                + " Free some space and start again.")
                        .formatted(
                                file,
                                Files.size(file) >> 10,
                                Files.getFileStore(file).getUsableSpace() >> 10),
                e);
    }

    private static boolean begun(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row =
                        statement.executeQuery(
                                "SELECT 1 FROM sqlite_schema WHERE name = 'flyway_schema_history'")) {
            return row.next();
        }
    }

    private void checkJournal() throws SQLException {
        try (Connection connection = source.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("PRAGMA journal_mode")) {
            if (!row.next() || !"wal".equalsIgnoreCase(row.getString(1))) {
                throw new SQLException(
                        "this file system cannot keep SQLite's write-ahead log (a network drive?)");
            }
        }
    }

    private void migrate() {
        Flyway.configure(Schema.class.getClassLoader())
                .dataSource(source)
                .locations("classpath:io/natter/chat/store/sqlite")
                // "wal" journal, STRICT tables: nothing here needs Flyway's placeholders.
                .placeholderReplacement(false)
                .configuration(Map.of("flyway.cleanDisabled", "true"))
                .load()
                .migrate();
    }
}
