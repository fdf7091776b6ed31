package io.natter.chat.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.flywaydb.core.Flyway;

/// Databases as earlier forms of the chat left them, all with what `natter-v2.db` holds: three
/// people, thirty messages.
public final class OldDatabase {
    private OldDatabase() {}

    /// Writes `natter.db` in a directory.
    ///
    /// @param schema the number of the newest migration that it has seen
    public static void write(Path directory, int schema) throws IOException, SQLException {
        Path database = directory.resolve("natter.db");
        Path second = schema == 1 ? directory.resolve("second.db") : database;
        try (InputStream old = OldDatabase.class.getResourceAsStream("natter-v2.db")) {
            Files.copy(Objects.requireNonNull(old), second);
        }
        if (schema == 1) {
            migrate(database, 1);
            copyRows(database, second);
            Files.delete(second);
        } else if (schema > 2) {
            migrate(database, schema);
        }
    }

    private static void migrate(Path database, int schema) {
        Flyway.configure(OldDatabase.class.getClassLoader())
                .dataSource("jdbc:sqlite:" + database, "", "")
                .locations("classpath:io/natter/chat/store/sqlite")
                .placeholderReplacement(false)
                .target(String.valueOf(schema))
                .load()
                .migrate();
    }

    private static void copyRows(Path to, Path from) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + to);
                var statement = connection.createStatement()) {
            statement.execute("ATTACH '" + from + "' AS old");
            for (String copy :
                    List.of(
                            "INSERT OR REPLACE INTO meta SELECT key, value FROM old.meta",
                            "INSERT INTO person SELECT id, name, name_key, created_at FROM old.person",
                            "INSERT INTO session SELECT id, person_id, created_at, used_at FROM old.session",
                            "INSERT OR REPLACE INTO room SELECT id, name, last_seq, last_ver FROM old.room",
                            "INSERT INTO member SELECT room_id, person_id, read_seq FROM old.member",
                            """
                            INSERT INTO message
                            SELECT room_id, seq, ver, sender_id, cmid, body, ts FROM old.message
                            """)) {
                statement.execute(copy);
            }
        }
    }
}
