package io.natter.chat.store.sql.personal;

import io.natter.chat.domain.message.Message;
import io.natter.chat.domain.message.Position;
import io.natter.chat.domain.person.Session;
import io.natter.chat.domain.push.PushReminder;
import io.natter.chat.domain.push.PushSubscription;
import io.natter.chat.domain.push.PushTarget;
import io.natter.chat.store.sql.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/// The subscriptions for push messages. A trigger removes them with their sessions.
public final class Pushes {
    private static final String KEYS = "push_keys";

    private Pushes() {}

    /// The stored keys, which are `fresh` if there were none.
    public static String keys(Handle handle, String fresh) {
        handle.execute("INSERT OR IGNORE INTO meta (key, value) VALUES (?, ?)", KEYS, fresh);
        return handle.createQuery("SELECT value FROM meta WHERE key = ?")
                .bind(0, KEYS)
                .mapTo(String.class)
                .one();
    }

    /// Whether there are subscriptions.
    public static boolean any(Handle handle) {
        return Rows.exists(handle, "SELECT 1 FROM push");
    }

    /// False when the session has ended meanwhile.
    public static boolean subscribe(
            Handle handle, Session session, PushSubscription subscription, long now) {
        handle.execute("DELETE FROM push WHERE endpoint = ?", subscription.endpoint());
        int stored =
                handle.createUpdate(
                                """
                                INSERT OR REPLACE INTO push (session_id, person_id, endpoint, key, auth, created_at)
                                SELECT id, person_id, :endpoint, :key, :auth, :now FROM session WHERE id = :id
                                """)
                        .bind("endpoint", subscription.endpoint())
                        .bind("key", subscription.key())
                        .bind("auth", subscription.auth())
                        .bind("now", now)
                        .bind("id", session.id())
                        .execute();
        handle.execute(
                """
                DELETE FROM push WHERE person_id = ? AND session_id NOT IN (
                    SELECT session_id FROM push WHERE person_id = ? ORDER BY created_at DESC, rowid DESC LIMIT ?)
                """,
                session.person().id(),
                session.person().id(),
                PushSubscription.MAX_OF_PERSON);
        return stored > 0;
    }

    public static boolean unsubscribe(Handle handle, Session session) {
        return handle.execute("DELETE FROM push WHERE session_id = ?", session.id()) > 0;
    }

    public static boolean forget(Handle handle, String endpoint) {
        return handle.execute("DELETE FROM push WHERE endpoint = ?", endpoint) > 0;
    }

    public static Optional<PushSubscription> of(Handle handle, Session session) {
        return handle.createQuery("SELECT endpoint, key, auth FROM push WHERE session_id = ?")
                .bind(0, session.id())
                .map((row, _) -> subscription(row))
                .findOne();
    }

    /// In direct rooms and groups, every message counts as a mention.
    public static List<PushTarget> targets(
            Handle handle, Message message, Predicate<String> here, long now) {
        return handle
                .createQuery(
                        """
                        SELECT u.person_id, u.endpoint, u.key, u.auth,
                            iif(r.kind = 'direct' OR r.name = '', :name, r.name) AS room,
                            CASE r.kind WHEN 'direct' THEN '/d/' || :sender WHEN 'group' THEN '/d/' || r.id
                                ELSE '/r/' || r.slug END AS path
                        FROM member m
                            JOIN room r ON r.id = m.room_id
                            JOIN push u ON u.person_id = m.person_id
                            JOIN session s ON s.id = u.session_id
                        WHERE m.room_id = :room AND m.person_id <> :sender
                            AND s.used_at > :idle AND s.created_at > :age
                            AND (m.level = 'all' OR (m.level = 'mentions'
                                AND (r.kind IN ('direct', 'group') OR EXISTS (
                                    SELECT 1 FROM mention x WHERE x.room_id = m.room_id
                                        AND x.seq = :seq AND x.person_id IN ('', m.person_id)))))
                        """)
                .bind("name", message.sender().name())
                .bind("room", message.room())
                .bind("sender", message.sender().id())
                .bind("seq", message.seq())
                .bind("idle", now - Session.MAX_IDLE.toMillis())
                .bind("age", now - Session.MAX_AGE.toMillis())
                .map((row, _) -> target(row))
                .stream()
                .filter(target -> !here.test(target.person()))
                .toList();
    }

    /// The message of a reminder, if the person may read it.
    public static Optional<PushReminder> reminder(
            Handle handle, String person, String room, long seq, long now) {
        return Saved.messages(handle, person, List.of(new Position(room, seq))).stream()
                .findFirst()
                .map(message -> new PushReminder(message, targets(handle, person, room, now)));
    }

    /// The person's own subscriptions, with the room as the person sees it.
    private static List<PushTarget> targets(Handle handle, String person, String room, long now) {
        return handle.createQuery(
                        """
                        SELECT u.person_id, u.endpoint, u.key, u.auth,
                            coalesce(nullif(r.name, ''), o.name, '') AS room,
                            CASE r.kind WHEN 'direct' THEN '/d/' || o.id WHEN 'group' THEN '/d/' || r.id
                                ELSE '/r/' || r.slug END AS path
                        FROM member m
                            JOIN room r ON r.id = m.room_id
                            JOIN push u ON u.person_id = m.person_id
                            JOIN session s ON s.id = u.session_id
                            LEFT JOIN member x ON r.kind = 'direct' AND x.room_id = r.id AND x.person_id <> m.person_id
                            LEFT JOIN person o ON o.id = x.person_id
                        WHERE m.room_id = :room AND m.person_id = :person AND m.hidden = 0
                            AND s.used_at > :idle AND s.created_at > :age
                        """)
                .bind("room", room)
                .bind("person", person)
                .bind("idle", now - Session.MAX_IDLE.toMillis())
                .bind("age", now - Session.MAX_AGE.toMillis())
                .map((row, _) -> target(row))
                .list();
    }

    private static PushTarget target(ResultSet row) throws SQLException {
        return new PushTarget(
                row.getString("person_id"),
                row.getString("room"),
                row.getString("path"),
                subscription(row));
    }

    private static PushSubscription subscription(ResultSet row) throws SQLException {
        return new PushSubscription(
                row.getString("endpoint"), row.getBytes("key"), row.getBytes("auth"));
    }
}
