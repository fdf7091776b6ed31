package io.natter.chat.store.sql;

import io.natter.chat.domain.Bounds;
import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.room.RoomHead;
import io.natter.chat.domain.room.RoomKind;
import io.natter.chat.domain.room.RoomName;
import io.natter.chat.domain.room.Topic;
import io.natter.chat.domain.store.Change;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Changes rooms, and who is in them.
public final class Rooms {
    private Rooms() {}

    private record Place(String id, RoomKind kind, boolean archived) {}

    /// Changes what is not null.
    public static boolean set(
            Write write,
            Person person,
            String room,
            @Nullable RoomName name,
            @Nullable Topic topic) {
        Handle handle = write.handle();
        RoomAccess access = RoomAccess.owned(handle, person, room);
        if (access.archived()) {
            throw ChatError.roomArchived().exception();
        }
        Standing.writer(write, person);
        if (name != null) {
            boolean named = access.kind().named();
            if (named) {
                NewRooms.requireFree(handle, name, room);
            }
            handle.execute(
                    "UPDATE room SET name = ?, slug = ? WHERE id = ?",
                    name.shown(),
                    named ? name.slug() : null,
                    room);
        }
        if (topic != null) {
            handle.execute("UPDATE room SET topic = ? WHERE id = ?", topic.text(), room);
        }
        if (name != null || topic != null) {
            Members.tellAll(write, room, Set.of());
        }
        return true;
    }

    /// Archives a room or opens it again.
    public static boolean archive(Write write, Person person, String room, boolean on) {
        RoomAccess access = RoomAccess.owned(write.handle(), person, room);
        if (access.archived() != on) {
            write.handle()
                    .execute(
                            "UPDATE room SET archived_at = ? WHERE id = ?",
                            on ? write.now() : null,
                            room);
            Members.tellAll(write, room, Set.of());
        }
        return true;
    }

    /// Makes the person a member of a public room; shows a direct room again.
    public static RoomHead join(Write write, Person person, String idOrSlug) {
        Handle handle = write.handle();
        Place place = find(handle, idOrSlug).orElseThrow(() -> ChatError.roomUnknown().exception());
        if (Members.isIn(handle, person.id(), place.id())) {
            Members.unhide(write, place.id(), person);
        } else if (place.kind() != RoomKind.PUBLIC) {
            throw ChatError.roomUnknown().exception();
        } else if (person.bot()) {
            throw ChatError.botNotAdded().exception();
        } else if (place.archived()) {
            throw ChatError.roomArchived().exception();
        } else {
            Members.add(handle, place.id(), person.id(), false);
            Members.tell(write, place.id(), person.id());
        }
        return RoomHeads.one(handle, person.id(), place.id()).orElseThrow();
    }

    private static Optional<Place> find(Handle handle, String idOrSlug) {
        return handle.createQuery(
                        """
                        SELECT id, kind, archived_at FROM room WHERE id = :name OR slug = :name
                        ORDER BY id = :name DESC LIMIT 1
                        """)
                .bind("name", idOrSlug)
                .map(
                        (row, _) ->
                                new Place(
                                        row.getString("id"),
                                        RoomKind.of(row.getString("kind")),
                                        Rows.isSet(row, "archived_at")))
                .findOne();
    }

    /// Ends a membership, or hides a direct room.
    public static boolean leave(Write write, Person person, String room) {
        RoomAccess access = RoomAccess.member(write.handle(), person, room);
        if (access.isGeneral()) {
            throw ChatError.notAllowed().exception();
        }
        return remove(write, access, person.id());
    }

    /// False when the person was no member.
    static boolean remove(Write write, RoomAccess access, String person) {
        String room = access.id();
        String statement =
                access.kind() == RoomKind.DIRECT
                        ? "UPDATE member SET hidden = 1 WHERE person_id = ? AND room_id = ?"
                        : "DELETE FROM member WHERE person_id = ? AND room_id = ?";
        if (write.handle().execute(statement, person, room) == 0) {
            return false;
        }
        long ver = write.nextPersonVer(person);
        write.changed(new Change.RoomLeft(person, ver, room));
        if (access.kind() == RoomKind.GROUP) {
            Members.tellAll(write, room, Set.of());
        }
        return true;
    }

    /// Makes others members.
    public static boolean invite(Write write, Person person, String room, Set<String> people) {
        Handle handle = write.handle();
        RoomAccess access = RoomAccess.writable(write, person, room);
        if (access.kind() == RoomKind.DIRECT || person.bot()) {
            throw ChatError.notAllowed().exception();
        }
        Set<String> added = Members.addMissing(handle, room, people);
        if (added.isEmpty()) {
            return true;
        }
        if (access.kind() != RoomKind.GROUP) {
            added.forEach(each -> Members.tell(write, room, each));
            return true;
        }
        String members = "SELECT count(*) FROM member WHERE room_id = ?";
        if (Rows.count(handle, members, room) > Bounds.GROUP) {
            throw ChatError.tooManyPeople(Bounds.GROUP - 1).exception();
        }
        Members.tellAll(write, room, added);
        return true;
    }
}
