package io.natter.chat.store.sql;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.RandomId;
import io.natter.chat.domain.person.Client;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.PersonName;
import io.natter.chat.domain.person.Policy;
import io.natter.chat.domain.person.Session;
import io.natter.chat.domain.person.SessionToken;
import io.natter.chat.domain.person.SignedIn;
import io.natter.chat.domain.person.Skeleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Opens and ends sessions, and with them people. Times are milliseconds since 1970.
public final class People {
    private static final long IDLE_MS = Session.MAX_IDLE.toMillis();
    private static final long AGE_MS = Session.MAX_AGE.toMillis();
    private static final long UNOPENED_MS = Session.MAX_UNOPENED.toMillis();

    /// The sessions that are forgotten in one write, few enough to delay no message.
    public static final int FORGOTTEN_AT_ONCE = 300;

    /// Keeps a person who cannot come back: others still see the name.
    private static final List<String> TRACES =
            List.of(
                    "SELECT 1 FROM session WHERE person_id = ?",
                    "SELECT 1 FROM message WHERE sender_id = ?",
                    "SELECT 1 FROM reaction WHERE person_id = ?",
                    "SELECT 1 FROM pin WHERE person_id = ?",
                    "SELECT 1 FROM mention WHERE person_id = ?",
                    "SELECT 1 FROM room WHERE created_by = ?",
                    "SELECT 1 FROM account WHERE person_id = ?",
                    "SELECT 1 FROM bot WHERE person_id = ?",
                    "SELECT 1 FROM sanction WHERE person_id = ?",
                    "SELECT 1 FROM scheduled WHERE person_id = ?",
                    "SELECT 1 FROM member WHERE person_id = ? AND room_id <> 'general'");

    private People() {}

    private record Over(String id, String person) {}

    public static SignedIn signIn(Write write, PersonName name, Client client) {
        Handle handle = write.handle();
        long now = write.now();
        if (Places.policy(handle) != Policy.OPEN) {
            throw ChatError.guestsRefused().exception();
        }
        Sanctions.refuseBrowser(handle, client, now);
        Optional<Person> holder =
                handle.createQuery("SELECT id, name, hue, picture FROM person WHERE name_key = ?")
                        .bind(0, name.key())
                        .map((row, _) -> Rows.person(row, ""))
                        .findOne();
        if (holder.isPresent() && asksAgain(handle, holder.get(), client.deviceHash(), now)) {
            return newSession(handle, holder.get(), client, now);
        }
        Names.free(handle, name, "", now);
        Person person = insert(handle, RandomId.next(), name, now);
        // Messages from before a person came are history to them, not unread.
        Members.enterGeneral(write, person.id());
        Sanctions.mutedUntil(handle, client, now)
                .ifPresent(
                        until ->
                                handle.execute(
                                        "UPDATE person SET muted_until = ? WHERE id = ?",
                                        until,
                                        person.id()));
        return newSession(handle, person, client, now);
    }

    /// Makes a guest.
    public static Person insert(Handle handle, String id, PersonName name, long now) {
        int hue =
                handle.createQuery(
                                """
                                INSERT INTO person (id, name, name_key, skeleton, created_at, hue)
                                VALUES (?, ?, ?, ?, ?, (SELECT coalesce(max(hue), -1) + 1 FROM person))
                                RETURNING hue
                                """)
                        .bind(0, id)
                        .bind(1, name.shown())
                        .bind(2, name.key())
                        .bind(3, Skeleton.of(name.shown()))
                        .bind(4, now)
                        .mapTo(Integer.class)
                        .one();
        return new Person(id, name.shown(), hue);
    }

    public static SignedIn newSession(Handle handle, Person person, Client client, long now) {
        SessionToken token = SessionToken.random();
        handle.execute(
                """
                INSERT INTO session (id, person_id, created_at, used_at, device, label, address)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                token.hash(),
                person.id(),
                now,
                now,
                client.deviceHash(),
                client.label(),
                client.address());
        return new SignedIn(token, new Session(token.hash(), person));
    }

    /// Whether this browser signed in under this name already and did not come in since.
    private static boolean asksAgain(
            Handle handle, Person holder, @Nullable String device, long now) {
        return device != null
                && !Rows.exists(handle, "SELECT 1 FROM account WHERE person_id = ?", holder.id())
                && !Rows.exists(
                        handle,
                        "SELECT 1 FROM session WHERE person_id = ? AND opened_at IS NOT NULL",
                        holder.id())
                && Rows.exists(
                        handle,
                        "SELECT 1 FROM session WHERE person_id = ? AND device = ? AND created_at > ?",
                        holder.id(),
                        device,
                        now - UNOPENED_MS);
    }

    /// Ends sessions that are over, and with them the people who wrote nothing.
    ///
    /// @param present ids of people who are here: theirs stay until they go
    public static int forgetUnused(Handle handle, Set<String> present, long now) {
        Sanctions.forget(handle, now);
        AuditLog.forget(handle, now);
        List<Over> over =
                handle
                        .createQuery(
                                """
                                SELECT id, person_id FROM session
                                WHERE used_at <= :idle OR created_at <= :age
                                    OR (opened_at IS NULL AND created_at <= :unopened)
                                LIMIT :limit
                                """)
                        .bind("idle", now - IDLE_MS)
                        .bind("age", now - AGE_MS)
                        .bind("unopened", now - UNOPENED_MS)
                        .bind("limit", FORGOTTEN_AT_ONCE + present.size())
                        .map((row, _) -> new Over(row.getString(1), row.getString(2)))
                        .list()
                        .stream()
                        .filter(session -> !present.contains(session.person()))
                        .toList();
        for (Over session : over) {
            handle.execute("DELETE FROM session WHERE id = ?", session.id());
            forgetIfUnused(handle, session.person());
        }
        return over.size();
    }

    public static void forgetIfUnused(Handle handle, String person) {
        boolean used = TRACES.stream().anyMatch(trace -> Rows.exists(handle, trace, person));
        if (!used) {
            handle.execute("DELETE FROM member WHERE person_id = ?", person);
            handle.execute("DELETE FROM file WHERE person_id = ?", person);
            handle.execute("DELETE FROM saved WHERE person_id = ?", person);
            handle.execute("DELETE FROM picture WHERE person_id = ?", person);
            handle.execute("DELETE FROM person WHERE id = ?", person);
        }
    }

    public static boolean signOut(Handle handle, SessionToken token) {
        Optional<String> person =
                handle.createQuery("DELETE FROM session WHERE id = ? RETURNING person_id")
                        .bind(0, token.hash())
                        .mapTo(String.class)
                        .findOne();
        person.ifPresent(id -> forgetIfUnused(handle, id));
        return person.isPresent();
    }
}
