package io.natter.chat.store;

import io.natter.chat.domain.Changes;
import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.Delta;
import io.natter.chat.domain.DeltaBudget;
import io.natter.chat.domain.Page;
import io.natter.chat.domain.Person;
import io.natter.chat.domain.Room;
import io.natter.chat.domain.Window;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The statements on rooms and their members.
final class Rooms {
    private static final String SELECT =
            """
            SELECT r.id, r.name, r.last_seq, r.last_ver, m.read_seq
            FROM member m JOIN room r ON r.id = m.room_id
            WHERE m.person_id = :person
            """;

    private Rooms() {}

    static List<Room> of(Handle handle, Person person) {
        return handle.createQuery(SELECT + "ORDER BY r.id")
                .bind("person", person.id())
                .map((row, _) -> room(row))
                .list();
    }

    /// @throws io.natter.chat.domain.ChatException with `room_unknown`, also for no member of it
    static Room one(Handle handle, Person person, String room) {
        Optional<Room> found =
                handle.createQuery(SELECT + "AND r.id = :room")
                        .bind("person", person.id())
                        .bind("room", room)
                        .map((row, _) -> room(row))
                        .findOne();
        return found.orElseThrow(() -> ChatError.roomUnknown().exception());
    }

    private static Room room(ResultSet row) throws SQLException {
        return new Room(
                row.getString("id"),
                row.getString("name"),
                row.getLong("last_seq"),
                row.getLong("last_ver"),
                row.getLong("read_seq"));
    }

    static long read(Handle handle, Person person, String room, long seq) {
        return handle.createQuery(
                        """
                        UPDATE member SET read_seq = max(read_seq, min(:seq,
                            (SELECT last_seq FROM room WHERE id = :room)))
                        WHERE person_id = :person AND room_id = :room
                        RETURNING read_seq
                        """)
                .bind("seq", seq)
                .bind("room", room)
                .bind("person", person.id())
                .mapTo(Long.class)
                .findOne()
                .orElseThrow(() -> ChatError.roomUnknown().exception());
    }

    /// What a client gets that has everything up to `have`; null stands for knowing nothing.
    static Delta delta(Handle handle, Room room, @Nullable Long have, DeltaBudget budget) {
        // A client ahead of us holds what we never stored; only a fresh page can be right.
        if (have != null && have >= 0 && have <= room.lastVer()) {
            Changes changes =
                    Messages.changes(handle, room.id(), have, budget.forNextRoom(), room.lastVer());
            if (!changes.more() && budget.take(changes.changes().size())) {
                return new Delta.Complete(have, room.lastVer(), changes.changes());
            }
        }
        Page page = Messages.page(handle, room.id(), new Window.Latest(), Delta.Limited.PAGE);
        return new Delta.Limited(page.messages(), room.lastVer(), page.more());
    }
}
