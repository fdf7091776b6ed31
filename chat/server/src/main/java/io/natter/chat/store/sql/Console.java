package io.natter.chat.store.sql;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.RandomId;
import io.natter.chat.domain.VisibleText;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.Role;
import io.natter.chat.domain.person.Skeleton;
import io.natter.chat.domain.room.RoomHead;
import io.natter.chat.domain.store.Change;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// The actions of the operator at the console, who needs no role. Each is noted in the audit log.
public final class Console {
    private static final String DELETED = "Deleted person";

    /// Rows that tell of a person alone. The messages stay, without a name.
    private static final List<String> TRACES =
            List.of(
                    "DELETE FROM account WHERE person_id = ?",
                    "DELETE FROM passkey WHERE person_id = ?",
                    "DELETE FROM identity WHERE person_id = ?",
                    "DELETE FROM bot WHERE person_id = ?",
                    "DELETE FROM reaction WHERE person_id = ?",
                    "DELETE FROM sanction WHERE person_id = ?",
                    "DELETE FROM member WHERE person_id = ?",
                    "DELETE FROM push WHERE person_id = ?",
                    "DELETE FROM saved WHERE person_id = ?",
                    "DELETE FROM scheduled WHERE person_id = ?",
                    "DELETE FROM picture WHERE person_id = ?",
                    "DELETE FROM invite WHERE created_by = ?",
                    "DELETE FROM file WHERE person_id = ? AND message_id IS NULL",
                    "DELETE FROM audit WHERE actor_id = ? AND action IN ('sign_in', 'sign_up', 'password',"
                            + " 'passkey_added', 'passkey_removed', 'identity_added', 'identity_removed')",
                    "DELETE FROM audit WHERE target_id = ? AND action = 'sign_in_failed'");

    private Console() {}

    /// The person of a name or an id.
    ///
    /// @throws io.natter.chat.domain.ChatException with `person_unknown`
    public static Standing find(Handle handle, String nameOrId) {
        String id =
                handle.createQuery(
                                """
                                SELECT id FROM person WHERE id = :name OR name_key = :key
                                ORDER BY id = :name DESC LIMIT 1
                                """)
                        .bind("name", nameOrId)
                        .bind("key", VisibleText.key(nameOrId))
                        .mapTo(String.class)
                        .findOne()
                        .orElseThrow(() -> ChatError.personUnknown().exception());
        return Standing.of(handle, id);
    }

    /// Sets a password, and makes the account if the person has none. All sessions end.
    public static Person setPassword(Write write, String nameOrId, String hash) {
        Handle handle = write.handle();
        Standing standing = find(handle, nameOrId);
        Person person = standing.person();
        if (person.bot()) {
            throw ChatError.accountNeeded().exception();
        }
        if (standing.account()) {
            handle.execute(
                    "UPDATE account SET password = ?, changed_at = ? WHERE person_id = ?",
                    hash,
                    write.now(),
                    person.id());
        } else {
            int made =
                    handle.execute(
                            """
                            INSERT INTO account (person_id, login_key, skeleton, password, created_at, changed_at)
                            SELECT id, name_key, ?, ?, ?, ? FROM person WHERE id = ? AND name_key IS NOT NULL
                            """,
                            Skeleton.of(person.name()),
                            hash,
                            write.now(),
                            write.now(),
                            person.id());
            if (made == 0) {
                throw ChatError.accountNeeded().exception();
            }
            handle.execute(
                    "UPDATE person SET role = 'member' WHERE id = ? AND role = 'guest'",
                    person.id());
        }
        Moderating.endSessions(write, person.id(), "", Change.End.REVOKED, "");
        AuditLog.add(write, "console_password", null, person, "");
        return person;
    }

    /// Gives a person with an account the role of an owner.
    public static Person makeOwner(Write write, String nameOrId) {
        Standing standing = find(write.handle(), nameOrId);
        if (!standing.account()) {
            throw ChatError.accountNeeded().exception();
        }
        write.handle()
                .execute("UPDATE person SET role = 'owner' WHERE id = ?", standing.person().id());
        AuditLog.add(write, "console_owner", null, standing.person(), "");
        return standing.person();
    }

    /// Removes what is known of a person: name, account, sessions, memberships and reactions.
    ///
    /// @param withMessages whether tombstones replace the person's messages
    /// @return the number of messages that were removed
    public static long delete(Write write, String nameOrId, boolean withMessages) {
        Handle handle = write.handle();
        Standing standing = find(handle, nameOrId);
        Person person = standing.person();
        if (standing.role() == Role.OWNER && Places.owners(handle) == 1) {
            throw ChatError.lastOwner().exception();
        }
        long removed = withMessages ? deleteMessages(write, person.id()) : 0;
        Moderating.endSessions(write, person.id(), "", Change.End.REVOKED, "");
        AuditLog.add(write, "console_deleted", null, forget(write, person), "");
        People.forgetIfUnused(handle, person.id());
        handle.execute(
                "INSERT OR REPLACE INTO meta (key, value) VALUES ('epoch', ?)", RandomId.next());
        return removed;
    }

    /// Removes what tells of a person alone, and the name.
    ///
    /// @return the person without a name
    public static Person forget(Write write, Person person) {
        Handle handle = write.handle();
        for (String trace : TRACES) {
            handle.execute(trace, person.id());
        }
        handle.execute(
                """
                UPDATE person SET name = ?, name_key = NULL, skeleton = NULL, role = 'guest', status = '',
                    picture = NULL, zone = '', muted_until = NULL
                WHERE id = ?
                """,
                DELETED,
                person.id());
        return new Person(person.id(), DELETED, person.hue());
    }

    private static long deleteMessages(Write write, String person) {
        Handle handle = write.handle();
        List<Target> own =
                handle.createQuery(
                                "SELECT room_id, seq FROM message WHERE sender_id = ? AND deleted_at IS NULL")
                        .bind(0, person)
                        .map((row, _) -> Target.find(handle, row.getString(1), row.getLong(2)))
                        .list();
        own.forEach(message -> Editing.erase(write, message));
        return own.size();
    }

    /// Closes a room for new messages, or opens it again.
    public static boolean archive(Write write, String idOrSlug, boolean on) {
        String room =
                write.handle()
                        .createQuery(
                                """
                                SELECT id FROM room WHERE (id = :name OR slug = :name)
                                    AND kind IN ('public', 'private') ORDER BY id = :name DESC LIMIT 1
                                """)
                        .bind("name", idOrSlug)
                        .mapTo(String.class)
                        .findOne()
                        .orElseThrow(() -> ChatError.roomUnknown().exception());
        if (room.equals(RoomHead.GENERAL)) {
            throw ChatError.notAllowed().exception();
        }
        Long since = on ? write.now() : null;
        write.handle().execute("UPDATE room SET archived_at = ? WHERE id = ?", since, room);
        String action = on ? "console_archived" : "console_opened";
        AuditLog.add(write, action, null, null, room, null, "");
        Members.tellAll(write, room, Set.of());
        return true;
    }
}
