package io.natter.chat.store.sql.admin;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.Role;
import io.natter.chat.domain.room.RoomHead;
import io.natter.chat.domain.store.Change;
import io.natter.chat.store.sql.AuditLog;
import io.natter.chat.store.sql.Members;
import io.natter.chat.store.sql.Rows;
import io.natter.chat.store.sql.Standing;
import io.natter.chat.store.sql.Write;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// The decisions of an owner about sessions and rooms, each noted in the audit log.
public final class AdminActions {
    private AdminActions() {}

    private record Ended(String id, String person) {}

    /// Ends a session of anybody.
    public static boolean endSession(Write write, Person by, String session) {
        Handle handle = write.handle();
        Person owner = Standing.atLeast(handle, by, Role.OWNER).person();
        Ended ended =
                handle.createQuery("DELETE FROM session WHERE id = ? RETURNING id, person_id")
                        .bind(0, session)
                        .map((row, _) -> new Ended(row.getString(1), row.getString(2)))
                        .findOne()
                        .orElseThrow(() -> ChatError.sessionUnknown().exception());
        write.changed(
                new Change.SessionsEnded(
                        ended.person(), List.of(ended.id()), Change.End.REVOKED, ""));
        Person person = Standing.of(handle, ended.person()).person();
        AuditLog.add(write, "session_ended", owner, person, "");
        return true;
    }

    /// Closes a public or private room for new messages, or opens it again.
    public static boolean archive(Write write, Person by, String room, boolean on) {
        Handle handle = write.handle();
        Person owner = Standing.atLeast(handle, by, Role.OWNER).person();
        requireNamed(handle, room);
        if (room.equals(RoomHead.GENERAL)) {
            throw ChatError.notAllowed().exception();
        }
        Long since = on ? write.now() : null;
        handle.execute("UPDATE room SET archived_at = ? WHERE id = ?", since, room);
        AuditLog.add(write, on ? "room_archived" : "room_opened", owner, null, room, null, "");
        Members.tellAll(write, room, Set.of());
        return true;
    }

    /// @throws io.natter.chat.domain.ChatException with `room_unknown`
    static void requireNamed(Handle handle, String room) {
        if (!Rows.exists(
                handle,
                "SELECT 1 FROM room WHERE id = ? AND kind IN ('public', 'private')",
                room)) {
            throw ChatError.roomUnknown().exception();
        }
    }
}
