package io.natter.chat.store.sql;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.RandomId;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.room.CreatedRoom;
import io.natter.chat.domain.room.NewRoom;
import io.natter.chat.domain.room.RoomKind;
import io.natter.chat.domain.room.RoomName;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Creates rooms.
public final class NewRooms {
    private NewRooms() {}

    /// Creates a room, or finds the direct room of two people.
    public static CreatedRoom create(Write write, Person person, NewRoom room) {
        Standing.writer(write, person);
        if (room.people().contains(person.id()) && !room.kind().named()) {
            throw ChatError.badRequest("The field people must name others only.").exception();
        }
        if (room.kind() == RoomKind.DIRECT) {
            return direct(write, person, room);
        }
        if (person.bot()) {
            throw ChatError.botNotAdded().exception();
        }
        if (room.name() != null) {
            requireFree(write.handle(), room.name(), "");
        }
        String id = insert(write, room, person.id(), null);
        Members.add(write.handle(), id, person.id(), false);
        Members.addMissing(write.handle(), id, room.people());
        RoomHeads.ofMembers(write.handle(), id)
                .forEach(view -> Members.tell(write, id, view.person()));
        return created(write.handle(), person, id, false);
    }

    /// The other person is shown the room with its first message.
    private static CreatedRoom direct(Write write, Person person, NewRoom room) {
        Handle handle = write.handle();
        String other = room.people().iterator().next();
        String pair = String.join(" ", new TreeSet<>(Set.of(person.id(), other)));
        Optional<String> there =
                handle.createQuery("SELECT id FROM room WHERE pair = ?")
                        .bind(0, pair)
                        .mapTo(String.class)
                        .findOne();
        if (there.isPresent()) {
            Members.unhide(write, there.get(), person);
            return created(handle, person, there.get(), true);
        }
        String id = insert(write, room, null, pair);
        Members.add(handle, id, person.id(), false);
        Members.add(handle, id, other, true);
        Members.tell(write, id, person.id());
        return created(handle, person, id, false);
    }

    private static CreatedRoom created(Handle handle, Person person, String room, boolean dup) {
        return new CreatedRoom(RoomHeads.one(handle, person.id(), room).orElseThrow(), dup);
    }

    private static String insert(
            Write write, NewRoom room, @Nullable String creator, @Nullable String pair) {
        String id = RandomId.next();
        RoomName name = room.name();
        write.handle()
                .execute(
                        """
                        INSERT INTO room (id, kind, slug, name, topic, created_by, created_at, pair)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                        """,
                        id,
                        room.kind().id(),
                        name == null ? null : name.slug(),
                        name == null ? "" : name.shown(),
                        room.topic().text(),
                        creator,
                        write.now(),
                        pair);
        return id;
    }

    /// @param except the id of a room that may have the name
    /// @throws io.natter.chat.domain.ChatException with `room_taken`
    static void requireFree(Handle handle, RoomName name, String except) {
        if (Rows.exists(
                handle, "SELECT 1 FROM room WHERE slug = ? AND id <> ?", name.slug(), except)) {
            throw ChatError.roomTaken().exception();
        }
    }
}
