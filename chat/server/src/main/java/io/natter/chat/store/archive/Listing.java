package io.natter.chat.store.archive;

import io.natter.chat.domain.integration.Bot;
import io.natter.chat.store.sql.integration.Bots;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The people and rooms of a chat for an operator.
public final class Listing {
    private Listing() {}

    /// A person.
    ///
    /// @param name as shown, also of people whose name somebody else may take
    /// @param createdAt milliseconds since 1970
    /// @param seenAt the last use of a session in milliseconds since 1970; null for never
    public record Row(
            String id,
            String name,
            String role,
            boolean account,
            long createdAt,
            @Nullable Long seenAt,
            long messages) {}

    /// A room.
    ///
    /// @param name the slug; of direct rooms and groups the names of the members
    public record Room(
            String id, String kind, String name, boolean archived, int members, long messages) {}

    /// All people, in the order of joining.
    public static List<Row> people(OpenDatabase database) {
        return database.handle()
                .createQuery(
                        """
                        SELECT p.id, p.name, p.role, p.created_at,
                            EXISTS (SELECT 1 FROM account a WHERE a.person_id = p.id) AS account,
                            (SELECT max(used_at) FROM session s WHERE s.person_id = p.id) AS seen_at,
                            (SELECT count(*) FROM message m
                                WHERE m.sender_id = p.id AND m.deleted_at IS NULL) AS messages
                        FROM person p ORDER BY p.hue, p.created_at
                        """)
                .map((row, _) -> person(row))
                .list();
    }

    private static Row person(ResultSet row) throws SQLException {
        long seen = row.getLong("seen_at");
        return new Row(
                row.getString("id"),
                row.getString("name"),
                row.getString("role"),
                row.getBoolean("account"),
                row.getLong("created_at"),
                seen == 0 ? null : seen,
                row.getLong("messages"));
    }

    /// All bots, the newest first.
    public static List<Bot> bots(OpenDatabase database) {
        return Bots.all(database.handle());
    }

    /// All rooms, named ones first.
    public static List<Room> rooms(OpenDatabase database) {
        return database.handle()
                .createQuery(
                        """
                        SELECT r.id, r.kind, coalesce(r.slug, (
                                SELECT group_concat(p.name, ', ') FROM member m
                                JOIN person p ON p.id = m.person_id WHERE m.room_id = r.id), '') AS name,
                            r.archived_at IS NOT NULL AS archived,
                            (SELECT count(*) FROM member m WHERE m.room_id = r.id) AS members, r.last_seq
                        FROM room r ORDER BY r.slug IS NULL, r.created_at, r.id
                        """)
                .map(
                        (row, _) ->
                                new Room(
                                        row.getString("id"),
                                        row.getString("kind"),
                                        row.getString("name"),
                                        row.getBoolean("archived"),
                                        row.getInt("members"),
                                        row.getLong("last_seq")))
                .list();
    }
}
