package io.natter.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The SQL of the adapter and the emitter.
final class Statements {
    private static final String NOTIFY_ALL =
            "SELECT pg_notify(channel, message) FROM unnest(?::text[], ?::text[])"
                    + " WITH ORDINALITY AS waiting(channel, message, n) ORDER BY n";

    private final String notifyWithRow;
    private final String rows;
    private final String deleteRows;

    Statements(String table) {
        notifyWithRow =
                "WITH attachment AS (INSERT INTO "
                        + table
                        + "(payload) VALUES (?) RETURNING id)"
                        + " SELECT pg_notify(?::text, ?::text || id::text || ?::text) FROM attachment";
        rows = "SELECT id, payload FROM " + table + " WHERE id = ANY(?)";
        deleteRows =
                "DELETE FROM " + table + " WHERE created_at < now() - make_interval(secs => ?)";
    }

    /// Sends messages that fit into notifications, in this order. PostgreSQL sends equal
    /// notifications of one transaction once, so no two of them may be equal.
    void publish(Connection connection, List<OutgoingMessage> messages) throws SQLException {
        String[] channels = messages.stream().map(OutgoingMessage::channel).toArray(String[]::new);
        String[] texts = messages.stream().map(OutgoingMessage::text).toArray(String[]::new);
        try (var statement = connection.prepareStatement(NOTIFY_ALL)) {
            statement.setArray(1, connection.createArrayOf("text", channels));
            statement.setArray(2, connection.createArrayOf("text", texts));
            statement.execute();
        }
    }

    /// Sends a message by the table: the row and its notification in one statement.
    void publishWithRow(Connection connection, OutgoingMessage message) throws SQLException {
        String[] header = message.header();
        try (var statement = connection.prepareStatement(notifyWithRow)) {
            statement.setBytes(1, message.row());
            statement.setString(2, message.channel());
            statement.setString(3, header[0]);
            statement.setString(4, header[1]);
            statement.execute();
        }
    }

    /// The rows of these ids, without those that are gone.
    Map<Long, byte[]> rows(Connection connection, Collection<Long> ids) throws SQLException {
        var found = new HashMap<Long, byte[]>();
        try (PreparedStatement statement = connection.prepareStatement(rows)) {
            statement.setArray(1, connection.createArrayOf("bigint", ids.toArray(Long[]::new)));
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    found.put(result.getLong(1), result.getBytes(2));
                }
            }
        }
        return found;
    }

    /// Deletes rows that all servers have had the time to read.
    void deleteRows(Connection connection, Duration age) throws SQLException {
        try (var statement = connection.prepareStatement(deleteRows)) {
            statement.setDouble(1, age.toMillis() / 1000.0);
            statement.execute();
        }
    }

    /// Whether the connection is good and the statement was not: for example, a right is missing.
    /// Not where the server ends, or has become one that only reads.
    static boolean isRefusal(SQLException failure) {
        String state = failure.getSQLState();
        return state != null
                && !state.startsWith("08")
                && !state.startsWith("57")
                && !state.startsWith("25");
    }
}
