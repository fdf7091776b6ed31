import java.nio.file.Path;
import java.sql.DriverManager;

/// Fills the room `general` of a stopped chat: `Fill.java DATA_FOLDER COUNT`. The sender is the first person.
class Fill {
    private static final String MESSAGES =
            """
            WITH RECURSIVE n (seq) AS (SELECT 1 UNION ALL SELECT seq + 1 FROM n WHERE seq < ?)
            INSERT INTO message (room_id, seq, ver, sent_ver, text_ver, sender_id, cmid, body, ts)
            SELECT 'general', seq, seq, seq, seq, (SELECT id FROM person LIMIT 1), 'fill-' || seq,
                   'message ' || seq || ' about subject ' || (seq * 7919) % 1000, 1700000000000 + seq * 1000 FROM n
            """;

    public static void main(String[] arguments) throws Exception {
        long count = Long.parseLong(arguments[1]);
        String address = "jdbc:sqlite:" + Path.of(arguments[0], "natter.db");
        try (var connection = DriverManager.getConnection(address);
                var insert = connection.prepareStatement(MESSAGES);
                var head = connection.prepareStatement("UPDATE room SET last_seq = ?, last_ver = ? WHERE id = 'general'")) {
            connection.setAutoCommit(false);
            insert.setLong(1, count);
            insert.executeUpdate();
            head.setLong(1, count);
            head.setLong(2, count);
            head.executeUpdate();
            connection.commit();
        }
    }
}
