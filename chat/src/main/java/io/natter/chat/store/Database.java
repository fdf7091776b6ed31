package io.natter.chat.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// The SQLite file: how it is opened and brought to the present schema.
final class Database implements AutoCloseable {
    private final SQLiteDataSource source;
    private final HikariDataSource readers;
    private final Jdbi reading;

    private Database(SQLiteDataSource source, HikariDataSource readers) {
        this.source = source;
        this.readers = readers;
        this.reading = Jdbi.create(readers);
    }

    static Database open(Path file, StoreSettings settings) throws StoreUnavailableException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        // In WAL mode FULL is what makes COMMIT wait for the disk; NORMAL would lose the last
        // commits with the power.
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setBusyTimeout((int) settings.lockWait().toMillis());
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        try {
            checkJournal(source);
            migrate(source);
            return new Database(source, pool(source, settings));
        } catch (SQLException | FlywayException e) {
            throw new StoreUnavailableException(
                    "Cannot open the database %s: %s. Free the disk, repair or move the file, or choose another directory with --data."
                            .formatted(file, firstLine(e)),
                    e);
        }
    }

    private static void checkJournal(SQLiteDataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("PRAGMA journal_mode")) {
            if (!row.next() || !"wal".equalsIgnoreCase(row.getString(1))) {
                throw new SQLException(
                        "this file system cannot keep SQLite's write-ahead log (a network drive?)");
            }
        }
    }

    private static void migrate(SQLiteDataSource source) {
        Flyway.configure(Database.class.getClassLoader())
                .dataSource(source)
                .locations("classpath:io/natter/chat/store/sqlite")
                // "wal" journal, STRICT tables: nothing here needs Flyway's placeholders.
                .placeholderReplacement(false)
                .configuration(Map.of("flyway.cleanDisabled", "true"))
                .load()
                .migrate();
    }

    private static HikariDataSource pool(SQLiteDataSource source, StoreSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("natter-readers");
        config.setDataSource(source);
        config.setMaximumPoolSize(settings.readers());
        config.setMinimumIdle(1);
        config.setConnectionTimeout(5_000);
        config.setConnectionInitSql("PRAGMA query_only=ON");
        return new HikariDataSource(config);
    }

    /// A connection for the writing thread.
    Handle openWriter() {
        Handle handle = Jdbi.create(source).open();
        // Only macOS has these: there an fsync alone does not reach the disk.
        handle.execute("PRAGMA fullfsync=ON");
        handle.execute("PRAGMA checkpoint_fullfsync=ON");
        return handle;
    }

    /// Short read-only queries; a transaction sees one moment of the database.
    Jdbi reading() {
        return reading;
    }

    private static String firstLine(Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String text = String.valueOf(cause.getMessage());
        return text.lines().findFirst().orElse(text).strip();
    }

    @Override
    public void close() {
        readers.close();
    }
}
