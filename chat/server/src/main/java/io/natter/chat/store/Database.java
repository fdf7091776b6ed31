package io.natter.chat.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.SQLiteOpenMode;

/// The SQLite file: how it is opened and brought to the present schema.
final class Database implements AutoCloseable {
    /// More than the writes of the chat have.
    private static final int WRITER_STATEMENTS = 256;

    /// With fewer bytes left, SQLite cannot make its other files, for which it has several errors.
    private static final long FULL = 1 << 16;

    /// More than the native library has.
    private static final long LIBRARY = 8 << 20;

    private final SQLiteDataSource source;
    private final HikariDataSource readers;
    private final Jdbi reading;

    private Database(SQLiteDataSource source, HikariDataSource readers) {
        this.source = source;
        this.readers = readers;
        this.reading = Jdbi.create(readers).setStatementBuilderFactory(new PooledStatements());
    }

    static Database open(DataDirectory directory, StoreSettings settings)
            throws StoreUnavailableException {
        Path file = directory.database();
        if (directory.room() > LIBRARY) {
            loadLibrary(directory.libraries());
        } // Otherwise from the system's folder: the disk of the data is full.
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        // In WAL mode FULL is what makes COMMIT wait for the disk; NORMAL would lose the last
        // commits with the power.
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setBusyTimeout((int) settings.lockWait().toMillis());
        // Otherwise each write is followed by a query for them, and nothing here asks for them.
        config.setGetGeneratedKeys(false);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        try {
            new Schema(source, file).bringUpToDate();
            // A file that was taken away meanwhile is missed; no empty one takes its place.
            config.resetOpenMode(SQLiteOpenMode.CREATE);
            return new Database(source, pool(source, settings));
        } catch (SQLException | IOException | RuntimeException e) {
            SqlFault fault = directory.room() < FULL ? SqlFault.FULL_DISK : SqlFault.of(e);
            throw new StoreUnavailableException(
                    "Cannot open the database %s: %s. %s"
                            .formatted(file, firstLine(e), fault.remedy()),
                    e);
        }
    }

    /// SQLite unpacks its native library before it loads it, and a killed process leaves it. In a
    /// folder of ours the next start takes it away; in the system's they would pile up.
    private static void loadLibrary(Path folder) {
        String property = "org.sqlite.tmpdir";
        if (System.getProperty(property) != null) {
            return; // whoever starts us has decided
        }
        System.setProperty(property, folder.toString());
        try {
            SQLiteJDBCLoader.initialize();
        } catch (Exception | LinkageError _) {
            // Nothing may be run from there (a file system mounted noexec): the system's folder.
            System.clearProperty(property);
        }
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
        handle.setStatementBuilder(new KeptStatements(WRITER_STATEMENTS));
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
