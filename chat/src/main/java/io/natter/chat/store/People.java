package io.natter.chat.store;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.Person;
import io.natter.chat.domain.PersonName;
import io.natter.chat.domain.RandomId;
import io.natter.chat.domain.Room;
import io.natter.chat.domain.Session;
import io.natter.chat.domain.SessionToken;
import io.natter.chat.domain.SignedIn;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The statements on people and their sessions. Times are milliseconds since 1970.
final class People {
    /// Use is noted at most this often, so that looking in is not writing.
    private static final long NOTE_USE_MS = Duration.ofHours(1).toMillis();

    private static final long IDLE_MS = Session.MAX_IDLE.toMillis();
    private static final long AGE_MS = Session.MAX_AGE.toMillis();

    private People() {}

    /// A session found, and whether its use is to be noted.
    record Found(Session session, boolean noteUse) {}

    static SignedIn signIn(Handle handle, PersonName name, long now) {
        forgetOver(handle, now);
        Optional<String> holder =
                handle.createQuery("SELECT id FROM person WHERE name_key = ?")
                        .bind(0, name.key())
                        .mapTo(String.class)
                        .findOne();
        holder.ifPresent(id -> freeName(handle, id));
        Person person = new Person(RandomId.next(), name.shown());
        handle.execute(
                "INSERT INTO person (id, name, name_key, created_at) VALUES (?, ?, ?, ?)",
                person.id(),
                person.name(),
                name.key(),
                now);
        // What was said before somebody came is history to them, not unread.
        handle.execute(
                "INSERT INTO member (room_id, person_id, read_seq) SELECT id, ?, last_seq FROM room WHERE id = ?",
                person.id(),
                Room.GENERAL);
        SessionToken token = SessionToken.random();
        handle.execute(
                "INSERT INTO session (id, person_id, created_at, used_at) VALUES (?, ?, ?, ?)",
                token.hash(),
                person.id(),
                now,
                now);
        return new SignedIn(token, new Session(token.hash(), person));
    }

    private static void forgetOver(Handle handle, long now) {
        handle.execute(
                "DELETE FROM session WHERE used_at <= ? OR created_at <= ?",
                now - IDLE_MS,
                now - AGE_MS);
    }

    /// A guest without a session can never come back, so the name need not wait for them.
    private static void freeName(Handle handle, String holder) {
        boolean live =
                handle.createQuery("SELECT EXISTS (SELECT 1 FROM session WHERE person_id = ?)")
                        .bind(0, holder)
                        .mapTo(Boolean.class)
                        .one();
        if (live) {
            throw ChatError.nameTaken().exception();
        }
        handle.execute("UPDATE person SET name_key = NULL WHERE id = ?", holder);
    }

    static Optional<Found> session(Handle handle, SessionToken token, long now) {
        return handle.createQuery(
                        """
                        SELECT s.id, s.used_at, p.id AS person_id, p.name
                        FROM session s JOIN person p ON p.id = s.person_id
                        WHERE s.id = :id AND s.used_at > :idle AND s.created_at > :age
                        """)
                .bind("id", token.hash())
                .bind("idle", now - IDLE_MS)
                .bind("age", now - AGE_MS)
                .map(
                        (row, _) ->
                                new Found(
                                        new Session(
                                                row.getString("id"),
                                                new Person(
                                                        row.getString("person_id"),
                                                        row.getString("name"))),
                                        now - row.getLong("used_at") >= NOTE_USE_MS))
                .findOne();
    }

    static boolean noteUse(Handle handle, Session session, long now) {
        return handle.execute(
                        "UPDATE session SET used_at = max(used_at, ?) WHERE id = ?",
                        now,
                        session.id())
                > 0;
    }

    static boolean signOut(Handle handle, SessionToken token) {
        return handle.execute("DELETE FROM session WHERE id = ?", token.hash()) > 0;
    }
}
