package io.natter.chat.store.sql;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.PersonName;
import io.natter.chat.domain.person.Role;
import io.natter.chat.domain.person.Session;
import io.natter.chat.domain.person.Skeleton;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// The owners of names. Two people share neither the key nor the skeleton of a name, and an account
/// keeps the name that it signed up with. Times are milliseconds since 1970.
public final class Names {
    private static final long IDLE_MS = Session.MAX_IDLE.toMillis();
    private static final long AGE_MS = Session.MAX_AGE.toMillis();
    private static final long HELD_MS = Session.NAME_HELD_UNOPENED.toMillis();

    private Names() {}

    private record Named(String id, String name) {}

    private record Holder(String id, Role role) {}

    /// Makes sure that a name can be had, taking it from guests who cannot come back.
    ///
    /// @param except the id of the person who wants it, or empty
    /// @throws io.natter.chat.domain.ChatException with `name_taken`
    public static void free(Handle handle, PersonName name, String except, long now) {
        String skeleton = Skeleton.of(name.shown());
        if (Rows.exists(
                handle,
                "SELECT 1 FROM account WHERE (login_key = ? OR skeleton = ?) AND person_id <> ?",
                name.key(),
                skeleton,
                except)) {
            throw ChatError.nameTaken().exception();
        }
        List<Holder> holders =
                handle.createQuery(
                                """
                                SELECT id, role FROM person
                                WHERE (name_key = :key OR (skeleton = :skeleton AND name_key IS NOT NULL))
                                    AND id <> :except
                                """)
                        .bind("key", name.key())
                        .bind("skeleton", skeleton)
                        .bind("except", except)
                        .map(
                                (row, _) ->
                                        new Holder(
                                                row.getString("id"),
                                                Role.of(row.getString("role"))))
                        .list();
        for (Holder holder : holders) {
            if (holder.role() != Role.GUEST || isHeld(handle, holder.id(), now)) {
                throw ChatError.nameTaken().exception();
            }
        }
        holders.forEach(holder -> take(handle, holder.id()));
    }

    /// A guest without a session can never come back, so the name need not wait for them; nor for
    /// one who never came in.
    private static boolean isHeld(Handle handle, String guest, long now) {
        return Rows.exists(
                handle,
                """
                SELECT 1 FROM session
                WHERE person_id = ? AND used_at > ? AND created_at > ?
                    AND (opened_at IS NOT NULL OR created_at > ?)
                """,
                guest,
                now - IDLE_MS,
                now - AGE_MS,
                now - HELD_MS);
    }

    private static void take(Handle handle, String guest) {
        handle.execute("DELETE FROM session WHERE person_id = ?", guest);
        handle.execute("UPDATE person SET name_key = NULL WHERE id = ?", guest);
        People.forgetIfUnused(handle, guest);
    }

    /// Gives a person another name.
    static void set(Write write, Person person, PersonName name) {
        free(write.handle(), name, person.id(), write.now());
        write.handle()
                .execute(
                        "UPDATE person SET name = ?, name_key = ?, skeleton = ? WHERE id = ?",
                        name.shown(),
                        name.key(),
                        Skeleton.of(name.shown()),
                        person.id());
    }

    /// Makes the skeletons that are missing, or that other tables have made.
    public static boolean fillSkeletons(Handle handle) {
        boolean present =
                Rows.exists(
                        handle,
                        "SELECT 1 FROM meta WHERE key = 'skeleton' AND value = ?",
                        Skeleton.VERSION);
        if (present) {
            return true;
        }
        fill(handle, "person", "id", "name");
        fill(handle, "account", "person_id", "login_key");
        handle.execute(
                "INSERT OR REPLACE INTO meta (key, value) VALUES ('skeleton', ?)",
                Skeleton.VERSION);
        return true;
    }

    private static void fill(Handle handle, String table, String id, String name) {
        List<Named> all =
                handle.createQuery("SELECT %s, %s FROM %s".formatted(id, name, table))
                        .map((row, _) -> new Named(row.getString(1), row.getString(2)))
                        .list();
        String update = "UPDATE %s SET skeleton = ? WHERE %s = ?".formatted(table, id);
        all.forEach(each -> handle.execute(update, Skeleton.of(each.name()), each.id()));
    }
}
