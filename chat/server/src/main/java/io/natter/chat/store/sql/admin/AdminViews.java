package io.natter.chat.store.sql.admin;

import io.natter.chat.domain.VisibleText;
import io.natter.chat.domain.admin.AdminPerson;
import io.natter.chat.domain.admin.AdminRoom;
import io.natter.chat.domain.admin.AdminSession;
import io.natter.chat.domain.admin.PlaceTotals;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.Profile;
import io.natter.chat.domain.person.Role;
import io.natter.chat.store.sql.Rows;
import io.natter.chat.store.sql.Standing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Reads the lists of the admin page.
public final class AdminViews {
    private AdminViews() {}

    /// All people by name. Those who were deleted are not among them.
    public static List<AdminPerson> people(
            Handle handle, Person by, String query, @Nullable Role role, int skip, int limit) {
        Standing.atLeast(handle, by, Role.MODERATOR);
        return handle.createQuery(
                        """
                        SELECT p.id, p.name, p.hue, p.picture, p.role, p.status, p.muted_until, p.created_at,
                            EXISTS (SELECT 1 FROM account a WHERE a.person_id = p.id) AS account,
                            EXISTS (SELECT 1 FROM sanction b
                                WHERE b.person_id = p.id AND b.kind = 'ban') AS banned,
                            (SELECT count(*) FROM session s WHERE s.person_id = p.id) AS sessions,
                            (SELECT max(s.used_at) FROM session s WHERE s.person_id = p.id) AS seen
                        FROM person p
                        WHERE p.name_key IS NOT NULL AND (:role IS NULL OR p.role = :role)
                            AND (:query = '' OR instr(p.name_key, :query) > 0)
                        ORDER BY p.name_key LIMIT :limit OFFSET :skip
                        """)
                .bind("role", role == null ? null : role.id())
                .bind("query", VisibleText.key(query))
                .bind("limit", Math.clamp(limit, 1, AdminPerson.PAGE))
                .bind("skip", Math.max(0, skip))
                .map((row, _) -> person(row))
                .list();
    }

    private static AdminPerson person(ResultSet row) throws SQLException {
        return new AdminPerson(
                new Profile(
                        Rows.person(row, ""),
                        Role.of(row.getString("role")),
                        row.getBoolean("account"),
                        row.getString("status"),
                        Rows.longOrNull(row, "muted_until"),
                        ""),
                row.getLong("created_at"),
                Rows.longOrNull(row, "seen"),
                row.getLong("sessions"),
                row.getBoolean("banned"));
    }

    /// Public and private rooms by name.
    public static List<AdminRoom> rooms(Handle handle, Person by) {
        Standing.atLeast(handle, by, Role.OWNER);
        return handle.createQuery(
                        """
                        SELECT r.id, r.kind, r.name, r.archived_at, r.retention_days,
                            r.last_seq - r.first_seq + 1 AS messages,
                            (SELECT count(*) FROM member m WHERE m.room_id = r.id) AS members,
                            coalesce(sizes.bytes, 0) AS bytes
                        FROM room r LEFT JOIN (
                            SELECT g.room_id, sum(f.stored) AS bytes
                            FROM file f JOIN message g ON g.id = f.message_id GROUP BY g.room_id
                        ) AS sizes ON sizes.room_id = r.id
                        WHERE r.kind IN ('public', 'private') ORDER BY r.name COLLATE NOCASE LIMIT :limit
                        """)
                .bind("limit", AdminRoom.MAX)
                .map(
                        (row, _) ->
                                new AdminRoom(
                                        row.getString("id"),
                                        row.getString("kind"),
                                        row.getString("name"),
                                        row.getLong("members"),
                                        row.getLong("messages"),
                                        row.getLong("bytes"),
                                        Rows.isSet(row, "archived_at"),
                                        Rows.isSet(row, "retention_days")
                                                ? row.getInt("retention_days")
                                                : null))
                .list();
    }

    /// The sessions that were used last.
    public static List<AdminSession> sessions(Handle handle, Person by, @Nullable String person) {
        Standing.atLeast(handle, by, Role.OWNER);
        return handle.createQuery(
                        """
                        SELECT s.id AS session_id, s.label, s.address, s.created_at, s.used_at,
                            p.id, p.name, p.hue, p.picture
                        FROM session s JOIN person p ON p.id = s.person_id
                        WHERE :person IS NULL OR s.person_id = :person
                        ORDER BY s.used_at DESC LIMIT :limit
                        """)
                .bind("person", person)
                .bind("limit", AdminSession.MAX)
                .map(
                        (row, _) ->
                                new AdminSession(
                                        row.getString("session_id"),
                                        Rows.person(row, ""),
                                        row.getString("label"),
                                        row.getString("address"),
                                        row.getLong("created_at"),
                                        row.getLong("used_at")))
                .list();
    }

    /// The numbers of the whole place.
    public static PlaceTotals totals(Handle handle, Person by) {
        Standing.atLeast(handle, by, Role.OWNER);
        return handle.createQuery(
                        """
                        SELECT (SELECT count(*) FROM person WHERE name_key IS NOT NULL) AS people,
                            (SELECT count(*) FROM account) AS accounts,
                            (SELECT count(*) FROM session) AS sessions,
                            sum(kind IN ('public', 'private')) AS rooms,
                            sum(kind IN ('direct', 'group')) AS direct,
                            sum(last_seq - first_seq + 1) AS messages,
                            (SELECT count(*) FROM file WHERE message_id IS NOT NULL) AS files,
                            (SELECT coalesce(sum(stored), 0) FROM file) AS bytes
                        FROM room
                        """)
                .map(
                        (row, _) ->
                                new PlaceTotals(
                                        row.getLong("people"),
                                        row.getLong("accounts"),
                                        row.getLong("sessions"),
                                        row.getLong("rooms"),
                                        row.getLong("direct"),
                                        row.getLong("messages"),
                                        row.getLong("files"),
                                        row.getLong("bytes")))
                .one();
    }
}
