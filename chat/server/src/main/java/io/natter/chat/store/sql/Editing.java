package io.natter.chat.store.sql;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.message.Edit;
import io.natter.chat.domain.message.EditConflictException;
import io.natter.chat.domain.message.Mentions;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.Role;
import io.natter.chat.domain.store.Change;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Changes the text of a message that is there. Each change gives the row a new `ver`.
public final class Editing {
    private Editing() {}

    /// Replaces the text; the old one is kept.
    public static Edit.Done edit(Write write, Edit edit) {
        Handle handle = write.handle();
        RoomAccess room = RoomAccess.writable(write, edit.person(), edit.room());
        Target message = Target.find(handle, edit.room(), edit.seq());
        if (!message.sender().equals(edit.person().id())) {
            throw ChatError.notYours().exception();
        }
        if (message.deleted()) {
            throw ChatError.deleted().exception();
        }
        if (message.text().equals(edit.text())) {
            return new Edit.Done(message.ver(), message.writtenAt());
        }
        if (message.textVer() > edit.baseVer()) {
            throw new EditConflictException(MessageRows.one(handle, message.room(), message.seq()));
        }
        handle.execute(
                "INSERT INTO message_edit (message_id, ver, body, ts) VALUES (?, ?, ?, ?)",
                message.id(),
                message.textVer(),
                message.text(),
                message.writtenAt());
        long ver = write.nextRoomVer(message.room());
        handle.execute(
                "UPDATE message SET ver = ?, text_ver = ?, body = ?, edited_at = ? WHERE id = ?",
                ver,
                ver,
                edit.text(),
                write.now(),
                message.id());
        Set<String> concerned = MentionRows.replace(handle, message, Mentions.in(edit.text()));
        publish(write, message, Change.Action.EDITED);
        ReadMarks.recount(write, room, message, concerned);
        return new Edit.Done(ver, write.now());
    }

    /// Leaves a tombstone; nothing of the text and no file stays.
    public static long delete(Write write, Person person, String roomId, long seq) {
        Handle handle = write.handle();
        // Also the muted may take back what they wrote.
        RoomAccess room = RoomAccess.open(handle, person, roomId);
        Target message = Target.find(handle, roomId, seq);
        boolean own = message.sender().equals(person.id());
        if (!own && !room.createdBy(person) && !moderates(handle, person, message)) {
            throw ChatError.notYours().exception();
        }
        if (message.deleted()) {
            return message.ver();
        }
        if (!own) {
            AuditLog.add(
                    write,
                    "message_deleted",
                    person,
                    Standing.of(handle, message.sender()).person(),
                    roomId,
                    null,
                    "message " + seq);
        }
        Erased erased = erase(write, message);
        publish(write, message, Change.Action.DELETED);
        ReadMarks.recount(write, room, message, erased.concerned());
        return erased.ver();
    }

    /// A message that became a tombstone.
    ///
    /// @param ver the number of this change
    /// @param concerned ids of people whom it mentioned
    record Erased(long ver, Set<String> concerned) {}

    /// Removes the text and all that belongs to it.
    public static Erased erase(Write write, Target message) {
        Handle handle = write.handle();
        Set<String> concerned = MentionRows.remove(handle, message);
        handle.execute("DELETE FROM reaction WHERE message_id = ?", message.id());
        handle.execute("DELETE FROM pin WHERE message_id = ?", message.id());
        handle.execute("DELETE FROM file WHERE message_id = ?", message.id());
        handle.execute("DELETE FROM message_edit WHERE message_id = ?", message.id());
        long ver = write.nextRoomVer(message.room());
        handle.execute(
                """
                UPDATE message SET ver = ?, text_ver = ?, body = '', edited_at = NULL, deleted_at = ?
                WHERE id = ?
                """,
                ver,
                ver,
                write.now(),
                message.id());
        return new Erased(ver, concerned);
    }

    /// Whether a person's role allows to delete what another one of a lower role wrote.
    private static boolean moderates(Handle handle, Person person, Target message) {
        Role role = Standing.of(handle, person.id()).role();
        return role.atLeast(Role.MODERATOR)
                && !Standing.of(handle, message.sender()).role().atLeast(role);
    }

    /// Publishes the row as it is now.
    public static void publish(Write write, Target message, Change.Action action) {
        write.changed(
                new Change.OfMessage(
                        action, MessageRows.one(write.handle(), message.room(), message.seq())));
    }
}
