package io.natter.chat.store.sql.admin;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.Profile;
import io.natter.chat.domain.person.Role;
import io.natter.chat.domain.store.Change;
import io.natter.chat.store.sql.AuditLog;
import io.natter.chat.store.sql.Console;
import io.natter.chat.store.sql.Editing;
import io.natter.chat.store.sql.Moderating;
import io.natter.chat.store.sql.People;
import io.natter.chat.store.sql.Places;
import io.natter.chat.store.sql.Safely;
import io.natter.chat.store.sql.Standing;
import io.natter.chat.store.sql.Target;
import io.natter.chat.store.sql.Write;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Removes a person while the chat runs, in steps that each hold the writer for a short time. The
/// name goes last, so that an owner can repeat a removal that was interrupted.
public final class Erasing {
    /// Messages in one write.
    public static final int AT_ONCE = 50;

    private Erasing() {}

    /// The first step: the person can write nothing more.
    public static boolean shutOut(Write write, Person by, String person) {
        Handle handle = write.handle();
        Standing.atLeast(handle, by, Role.OWNER);
        Standing target = Standing.of(handle, person);
        if (person.equals(by.id())) {
            throw ChatError.notAllowed().exception();
        }
        if (target.role() == Role.OWNER && Places.owners(handle) == 1) {
            throw ChatError.lastOwner().exception();
        }
        handle.execute("DELETE FROM account WHERE person_id = ?", person);
        handle.execute("UPDATE person SET role = 'guest' WHERE id = ?", person);
        Moderating.endSessions(write, person, "", Change.End.REVOKED, "");
        return true;
    }

    /// Puts tombstones in the place of some messages, and tells their rooms.
    ///
    /// @return how many; zero when none is left
    public static int someMessages(Write write, String person) {
        Handle handle = write.handle();
        Safely.deleting(handle);
        List<Target> own =
                handle
                        .createQuery(
                                """
                                SELECT room_id, seq FROM message
                                WHERE sender_id = ? AND deleted_at IS NULL LIMIT ?
                                """)
                        .bind(0, person)
                        .bind(1, AT_ONCE)
                        .map((row, _) -> new Place(row.getString(1), row.getLong(2)))
                        .list()
                        .stream()
                        .map(place -> Target.find(handle, place.room(), place.seq()))
                        .toList();
        for (Target message : own) {
            Editing.erase(write, message);
            Editing.publish(write, message, Change.Action.DELETED);
        }
        return own.size();
    }

    private record Place(String room, long seq) {}

    /// Removes some reactions, and tells the rooms of the messages.
    ///
    /// @return how many; zero when none is left
    public static int someReactions(Write write, String person) {
        Handle handle = write.handle();
        List<Place> with =
                handle.createQuery(
                                """
                                SELECT DISTINCT m.room_id, m.seq
                                FROM reaction r JOIN message m ON m.id = r.message_id
                                WHERE r.person_id = ? LIMIT ?
                                """)
                        .bind(0, person)
                        .bind(1, AT_ONCE)
                        .map((row, _) -> new Place(row.getString(1), row.getLong(2)))
                        .list();
        for (Place place : with) {
            Target message = Target.find(handle, place.room(), place.seq());
            handle.execute(
                    "DELETE FROM reaction WHERE message_id = ? AND person_id = ?",
                    message.id(),
                    person);
            handle.execute(
                    "UPDATE message SET ver = ? WHERE id = ?",
                    write.nextRoomVer(message.room()),
                    message.id());
            Editing.publish(write, message, Change.Action.REACTED);
        }
        return with.size();
    }

    /// The last step: all that is known of the person.
    public static boolean rest(Write write, Person by, String person) {
        Handle handle = write.handle();
        Safely.deleting(handle);
        Person owner = Standing.atLeast(handle, by, Role.OWNER).person();
        Standing target = Standing.of(handle, person);
        Person nameless = Console.forget(write, target.person());
        write.changed(
                new Change.ProfileChanged(new Profile(nameless, Role.GUEST, false, "", null, "")));
        AuditLog.add(write, "deleted", owner, nameless, "");
        People.forgetIfUnused(handle, person);
        return true;
    }
}
