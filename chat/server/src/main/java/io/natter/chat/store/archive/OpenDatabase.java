package io.natter.chat.store.archive;

import io.natter.chat.store.Schema;
import io.natter.chat.store.SqlFault;
import io.natter.chat.store.StoreUnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// A database that is only read, while a chat may run on it. One thread.
public final class OpenDatabase implements AutoCloseable {
    private static final Duration LOCK_WAIT = Duration.ofSeconds(10);
    private static final int FAULTS = 3;

    private final Path file;
    private final Handle handle;

    private OpenDatabase(Path file, Handle handle) {
        this.file = file;
        this.handle = handle;
    }

    /// Opens the database of a data folder.
    ///
    /// @throws StoreUnavailableException if there is none, or it cannot be opened
    public static OpenDatabase in(Path data) throws StoreUnavailableException {
        Path file = data.toAbsolutePath().normalize().resolve("natter.db");
        Path folder = file.resolveSibling(".").normalize();
        if (Files.isDirectory(folder)
                && (!Files.isExecutable(folder)
                        || (Files.exists(file) && !Files.isReadable(file)))) {
            throw new StoreUnavailableException(
                    "This user may not read %s. Run the command as the chat's user."
                            .formatted(folder),
                    null);
        }
        if (!Files.isRegularFile(file)) {
            throw new StoreUnavailableException(
                    "There is no database in %s. Name the chat's folder with --data."
                            .formatted(file.getParent()),
                    null);
        }
        return file(file);
    }

    /// Opens a file.
    ///
    /// @throws StoreUnavailableException if it cannot be opened
    static OpenDatabase file(Path file) throws StoreUnavailableException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout((int) LOCK_WAIT.toMillis());
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        Handle handle;
        try {
            handle = Jdbi.create(source).open();
        } catch (JdbiException e) {
            throw unreadable(file, e);
        }
        OpenDatabase open = new OpenDatabase(file, handle);
        try {
            if (open.count("SELECT count(*) FROM sqlite_schema WHERE name = 'meta'") == 1) {
                return open;
            }
        } catch (JdbiException e) {
            open.close();
            throw unreadable(file, e);
        }
        open.close();
        throw new StoreUnavailableException("%s is no database of Natter.".formatted(file), null);
    }

    private static StoreUnavailableException unreadable(Path file, JdbiException e) {
        return new StoreUnavailableException(
                "Cannot read the database %s: %s. %s"
                        .formatted(file, reason(e), SqlFault.of(e).remedy()),
                e);
    }

    /// The words of SQLite about a failure.
    static String reason(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null && !(cause instanceof SQLException)) {
            cause = cause.getCause();
        }
        String text = String.valueOf(cause.getMessage());
        return text.lines().findFirst().orElse(text).strip();
    }

    Handle handle() {
        return handle;
    }

    /// The number of the newest migration that it has seen.
    public int schema() {
        return count("SELECT max(CAST(version AS INTEGER)) FROM flyway_schema_history");
    }

    /// Makes sure that it has the tables of this version.
    ///
    /// @throws StoreUnavailableException if a chat of another version wrote it last
    public OpenDatabase requireCurrent() throws StoreUnavailableException {
        int schema = schema();
        if (schema != Schema.VERSION) {
            close();
            throw new StoreUnavailableException(
                    schema < Schema.VERSION
                            ? "%s is of an earlier Natter. Start the chat once, which brings it up to date."
                                    .formatted(file)
                            : "%s was written by a newer Natter. Use that one.".formatted(file),
                    null);
        }
        return this;
    }

    /// The size without the log.
    long bytes() {
        return handle.createQuery(
                        "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
                .mapTo(Long.class)
                .one();
    }

    int count(String query) {
        return handle.createQuery(query).mapTo(Integer.class).one();
    }

    /// The faults of the file, at most three; empty for a sound one.
    public List<String> faults() {
        try {
            List<String> found =
                    handle.createQuery("PRAGMA integrity_check(" + FAULTS + ")")
                            .mapTo(String.class)
                            .list();
            if (!found.equals(List.of("ok"))) {
                return found.stream().map(each -> each.lines().findFirst().orElse(each)).toList();
            }
            return handle
                    .createQuery("PRAGMA foreign_key_check")
                    .map((row, _) -> "a row of %s has lost its parent".formatted(row.getString(1)))
                    .stream()
                    .limit(FAULTS)
                    .toList();
        } catch (JdbiException e) {
            return List.of(reason(e));
        }
    }

    /// The contents in numbers.
    public Contents contents() {
        return new Contents(
                schema(),
                count("SELECT count(*) FROM message"),
                count("SELECT count(*) FROM person"),
                count("SELECT count(*) FROM room"),
                handle.createQuery("SELECT coalesce(max(ts), 0) FROM message")
                        .mapTo(Long.class)
                        .one());
    }

    /// The contents of a database.
    ///
    /// @param newest the time of the newest message in milliseconds since 1970; 0 for none
    public record Contents(int schema, long messages, long people, long rooms, long newest) {}

    @Override
    public void close() {
        if (handle.isInTransaction()) {
            handle.rollback();
        }
        handle.close();
    }
}
