package io.natter.chat.store.sql;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.room.RoomHead;
import io.natter.chat.domain.room.RoomKind;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// A room in which a person may do something, which is checked here and nowhere else. A direct room
/// that the person has left counts as unknown.
///
/// @param createdBy null for the general room and direct rooms
public record RoomAccess(
        String id,
        RoomKind kind,
        @Nullable String createdBy,
        boolean archived,
        long lastSeq,
        long lastVer) {

    /// The access of a member.
    ///
    /// @throws io.natter.chat.domain.ChatException with `room_unknown`, also for no member of it
    public static RoomAccess member(Handle handle, Person person, String room) {
        return handle.createQuery(
                        """
                        SELECT r.id, r.kind, r.created_by, r.archived_at, r.last_seq, r.last_ver
                        FROM member m JOIN room r ON r.id = m.room_id
                        WHERE m.person_id = ? AND m.room_id = ? AND m.hidden = 0
                        """)
                .bind(0, person.id())
                .bind(1, room)
                .map(
                        (row, _) ->
                                new RoomAccess(
                                        row.getString("id"),
                                        RoomKind.of(row.getString("kind")),
                                        row.getString("created_by"),
                                        Rows.isSet(row, "archived_at"),
                                        row.getLong("last_seq"),
                                        row.getLong("last_ver")))
                .findOne()
                .orElseThrow(() -> ChatError.roomUnknown().exception());
    }

    /// As [#member], for a room that is not archived.
    ///
    /// @throws io.natter.chat.domain.ChatException also with `room_archived`
    public static RoomAccess open(Handle handle, Person person, String room) {
        RoomAccess access = member(handle, person, room);
        if (access.archived()) {
            throw ChatError.roomArchived().exception();
        }
        return access;
    }

    /// As [#open], for somebody who writes what others see.
    ///
    /// @throws io.natter.chat.domain.ChatException also with `muted` or `banned`
    public static RoomAccess writable(Write write, Person person, String room) {
        RoomAccess access = open(write.handle(), person, room);
        Standing.writer(write, person);
        return access;
    }

    /// As [#member], for what only the creator may do.
    ///
    /// @throws io.natter.chat.domain.ChatException also with `not_allowed` or `not_yours`
    static RoomAccess owned(Handle handle, Person person, String room) {
        RoomAccess access = member(handle, person, room);
        if (access.isGeneral() || access.kind() == RoomKind.DIRECT) {
            throw ChatError.notAllowed().exception();
        }
        if (!access.createdBy(person)) {
            throw ChatError.notYours().exception();
        }
        return access;
    }

    boolean createdBy(Person person) {
        return person.id().equals(createdBy);
    }

    boolean isGeneral() {
        return id.equals(RoomHead.GENERAL);
    }
}
