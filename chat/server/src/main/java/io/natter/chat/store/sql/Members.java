package io.natter.chat.store.sql;

import io.natter.chat.domain.Bounds;
import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.room.Level;
import io.natter.chat.domain.room.RoomHead;
import io.natter.chat.domain.store.Change;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// The members of each room, and the changes that are published to them.
public final class Members {
    private Members() {}

    /// Ids of the rooms of which a person is told everything.
    public static List<String> roomsOf(Handle handle, Person person) {
        return handle.createQuery("SELECT room_id FROM member WHERE person_id = ? AND hidden = 0")
                .bind(0, person.id())
                .mapTo(String.class)
                .list();
    }

    /// Sets what a member is notified of.
    public static boolean level(Write write, Person person, String room, Level level) {
        RoomAccess.member(write.handle(), person, room);
        int changed =
                write.handle()
                        .execute(
                                """
                                UPDATE member SET level = ?
                                WHERE person_id = ? AND room_id = ? AND level <> ?
                                """,
                                level.id(),
                                person.id(),
                                room,
                                level.id());
        if (changed > 0) {
            long ver = write.nextPersonVer(person.id());
            write.changed(new Change.LevelSet(person.id(), ver, room, level));
        }
        return true;
    }

    static boolean isIn(Handle handle, String person, String room) {
        return Rows.exists(
                handle, "SELECT 1 FROM member WHERE person_id = ? AND room_id = ?", person, room);
    }

    /// Adds a member. Earlier messages count as read.
    ///
    /// @throws io.natter.chat.domain.ChatException with `person_unknown` or `too_many_rooms`
    public static void add(Handle handle, String room, String person, boolean hidden) {
        if (!Rows.exists(handle, "SELECT 1 FROM person WHERE id = ?", person)) {
            throw ChatError.personUnknown().exception();
        }
        String rooms = "SELECT count(*) FROM member WHERE person_id = ?";
        if (Rows.count(handle, rooms, person) >= Bounds.ROOMS) {
            throw ChatError.tooManyRooms().exception();
        }
        handle.execute(
                """
                INSERT INTO member (room_id, person_id, read_seq, joined_seq, role, hidden)
                SELECT id, ?, last_seq, last_seq, iif(created_by = ?, 'creator', 'member'), ?
                FROM room WHERE id = ?
                """,
                person,
                person,
                hidden ? 1 : 0,
                room);
    }

    /// Adds a person who is new to the place to the general room.
    public static void enterGeneral(Write write, String person) {
        add(write.handle(), RoomHead.GENERAL, person, false);
        tell(write, RoomHead.GENERAL, person);
    }

    /// Adds those who are not members yet.
    ///
    /// @return who was added
    static Set<String> addMissing(Handle handle, String room, Collection<String> people) {
        Set<String> added = new HashSet<>();
        for (String person : people) {
            if (!isIn(handle, person, room)) {
                add(handle, room, person, false);
                added.add(person);
            }
        }
        return added;
    }

    /// Shows a direct room to those who had left it.
    static void unhide(Write write, String room) {
        List<String> back =
                write.handle()
                        .createQuery(
                                """
                                UPDATE member SET hidden = 0 WHERE room_id = ? AND hidden = 1
                                RETURNING person_id
                                """)
                        .bind(0, room)
                        .mapTo(String.class)
                        .list();
        back.forEach(person -> tell(write, room, person));
    }

    /// Shows a direct room to one person.
    static void unhide(Write write, String room, Person person) {
        int back =
                write.handle()
                        .execute(
                                """
                                UPDATE member SET hidden = 0
                                WHERE room_id = ? AND person_id = ? AND hidden = 1
                                """,
                                room,
                                person.id());
        if (back > 0) {
            tell(write, room, person.id());
        }
    }

    /// Tells a person of a room that is new to them.
    static void tell(Write write, String room, String person) {
        RoomHead head = RoomHeads.one(write.handle(), person, room).orElseThrow();
        long ver = write.nextPersonVer(person);
        write.changed(new Change.RoomChanged(person, ver, head, true));
    }

    /// Tells every member of a room that it looks different.
    ///
    /// @param entered the people to whom it is new
    public static void tellAll(Write write, String room, Set<String> entered) {
        for (RoomHeads.View view : RoomHeads.ofMembers(write.handle(), room)) {
            long ver = write.nextPersonVer(view.person());
            boolean isNew = entered.contains(view.person());
            write.changed(new Change.RoomChanged(view.person(), ver, view.head(), isNew));
        }
    }
}
