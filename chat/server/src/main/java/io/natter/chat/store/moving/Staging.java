package io.natter.chat.store.moving;

import io.natter.chat.store.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import tools.jackson.databind.json.JsonMapper;

/// A file in which messages wait to be put in order, so that memory does not grow with them. One
/// thread at a time.
final class Staging implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;
    private final Handle handle;

    private Staging(Path file, Handle handle) {
        this.file = file;
        this.handle = handle;
    }

    static Staging open(Path file) throws IOException {
        Files.deleteIfExists(file);
        PrivateFiles.open(file).close();
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.OFF);
        config.setSynchronous(SQLiteConfig.SynchronousMode.OFF);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        Handle handle = Jdbi.create(source).open();
        handle.execute(
                """
                CREATE TABLE staged (
                    n INTEGER PRIMARY KEY, room TEXT NOT NULL, ts INTEGER NOT NULL, key TEXT NOT NULL UNIQUE,
                    json TEXT NOT NULL, seq INTEGER
                ) STRICT
                """);
        handle.begin();
        return new Staging(file, handle);
    }

    /// Adds a message. False if there is one with this key.
    boolean add(MovedMessage message) {
        return handle.execute(
                        "INSERT OR IGNORE INTO staged (room, ts, key, json) VALUES (?, ?, ?, ?)",
                        message.room(),
                        message.sentAt(),
                        message.key(),
                        JSON.writeValueAsString(message))
                > 0;
    }

    /// All are in.
    void complete() {
        handle.execute("CREATE INDEX staged_in_order ON staged (room, ts, n)");
    }

    long count() {
        return handle.createQuery("SELECT count(*) FROM staged").mapTo(Long.class).one();
    }

    record Staged(long n, MovedMessage message) {}

    /// The next messages of a room in the order of their times.
    ///
    /// @param after the last one before, null for the beginning
    List<Staged> next(String room, @Nullable Staged after, int limit) {
        return handle.createQuery(
                        """
                        SELECT n, json FROM staged WHERE room = :room AND (ts, n) > (:ts, :n)
                        ORDER BY ts, n LIMIT :limit
                        """)
                .bind("room", room)
                .bind("ts", after == null ? Long.MIN_VALUE : after.message().sentAt())
                .bind("n", after == null ? -1 : after.n())
                .bind("limit", limit)
                .map(
                        (row, _) ->
                                new Staged(
                                        row.getLong(1),
                                        JSON.readValue(row.getString(2), MovedMessage.class)))
                .list();
    }

    void stored(Staged staged, long seq) {
        handle.execute("UPDATE staged SET seq = ? WHERE n = ?", seq, staged.n());
    }

    Optional<Long> seq(String room, String key) {
        return handle.createQuery(
                        "SELECT seq FROM staged WHERE key = ? AND room = ? AND seq IS NOT NULL")
                .bind(0, key)
                .bind(1, room)
                .mapTo(Long.class)
                .findOne();
    }

    @Override
    public void close() {
        if (handle.isInTransaction()) {
            handle.rollback();
        }
        handle.close();
        try {
            Files.deleteIfExists(file);
        } catch (IOException _) {
            // The next import begins with a new one.
        }
    }
}
