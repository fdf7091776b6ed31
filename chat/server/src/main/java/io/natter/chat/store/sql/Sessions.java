package io.natter.chat.store.sql;

import io.natter.chat.domain.person.Session;
import io.natter.chat.domain.person.SessionToken;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Finds sessions and notes their use. Times are milliseconds since 1970.
public final class Sessions {
    private Sessions() {}

    /// A session that was found.
    ///
    /// @param opened whether a socket has used the session
    public record Found(Session session, boolean opened) {}

    public static Optional<Used<Found>> session(Handle handle, SessionToken token, long now) {
        return handle.createQuery(
                        """
                        SELECT s.id, s.used_at, s.opened_at, p.id AS person_id, p.name AS person_name,
                            p.hue AS person_hue, p.picture AS person_picture
                        FROM session s JOIN person p ON p.id = s.person_id
                        WHERE s.id = :id AND s.used_at > :idle AND s.created_at > :age
                        """)
                .bind("id", token.hash())
                .bind("idle", now - Session.MAX_IDLE.toMillis())
                .bind("age", now - Session.MAX_AGE.toMillis())
                .map(
                        (row, _) -> {
                            Session session =
                                    new Session(row.getString("id"), Rows.person(row, "person_"));
                            boolean opened = row.getObject("opened_at") != null;
                            return Used.of(new Found(session, opened), row, now);
                        })
                .findOne();
    }

    public static boolean noteUse(Handle handle, Session session, long now) {
        return handle.execute(
                        "UPDATE session SET used_at = max(used_at, ?) WHERE id = ?",
                        now,
                        session.id())
                > 0;
    }

    /// False when the session has ended meanwhile.
    public static boolean noteOpened(Handle handle, Session session, long now) {
        return handle.execute(
                        "UPDATE session SET opened_at = ?, used_at = max(used_at, ?) WHERE id = ?",
                        now,
                        now,
                        session.id())
                > 0;
    }

    /// The id of the session that the token of a bot stands for.
    public static Optional<String> ofBot(Handle handle, String person) {
        return handle.createQuery("SELECT token FROM bot WHERE person_id = ? AND token IS NOT NULL")
                .bind(0, person)
                .mapTo(String.class)
                .findOne();
    }
}
