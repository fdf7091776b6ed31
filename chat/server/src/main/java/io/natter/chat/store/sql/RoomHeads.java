package io.natter.chat.store.sql;

import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.room.Level;
import io.natter.chat.domain.room.RoomHead;
import io.natter.chat.domain.room.RoomKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Reads rooms as their members see them, by one query for the rows and one for the people of
/// direct rooms and groups.
public final class RoomHeads {
    /// How many unread messages of others mention member `m` of room `r`.
    static final String MENTIONS =
            """
            CASE WHEN r.kind IN ('direct', 'group') THEN r.last_seq - m.read_seq ELSE (
                SELECT count(DISTINCT x.seq) FROM mention x JOIN message g ON g.id = x.message_id
                WHERE x.room_id = r.id AND x.person_id IN (m.person_id, '')
                    AND x.seq > m.read_seq AND g.sender_id <> m.person_id) END AS mentions
            """;

    private static final String SELECT =
            """
            SELECT r.id, r.kind, r.slug, r.name, r.topic, r.last_seq, r.last_ver, r.archived_at,
                r.slow_ms,
                r.created_by = m.person_id AS mine, m.person_id, m.read_seq, m.level,
            """
                    + MENTIONS
                    + " FROM member m JOIN room r ON r.id = m.room_id WHERE m.hidden = 0 AND ";

    private RoomHeads() {}

    /// A head, and whose view it is.
    record View(String person, RoomHead head) {}

    /// All rooms of a person.
    public static List<RoomHead> of(Handle handle, Person person) {
        return select(handle, "m.person_id = :person ORDER BY r.id", Map.of("person", person.id()))
                .stream()
                .map(View::head)
                .toList();
    }

    /// A room as one member sees it; empty if the person is no member or has left a direct room.
    static Optional<RoomHead> one(Handle handle, String person, String room) {
        return select(
                        handle,
                        "m.person_id = :person AND m.room_id = :room",
                        Map.of("person", person, "room", room))
                .stream()
                .map(View::head)
                .findFirst();
    }

    /// A room as each of its members sees it.
    static List<View> ofMembers(Handle handle, String room) {
        return select(handle, "m.room_id = :room", Map.of("room", room));
    }

    private static List<View> select(Handle handle, String where, Map<String, String> parameters) {
        List<View> views =
                handle.createQuery(SELECT + where)
                        .bindMap(parameters)
                        .map((row, _) -> new View(row.getString("person_id"), head(row)))
                        .list();
        List<String> withPeople =
                views.stream()
                        .map(View::head)
                        .filter(head -> !head.kind().named())
                        .map(RoomHead::id)
                        .distinct()
                        .toList();
        if (withPeople.isEmpty()) {
            return views;
        }
        Map<String, List<Person>> people = people(handle, withPeople);
        return views.stream()
                .map(
                        view ->
                                new View(
                                        view.person(),
                                        with(
                                                view.head(),
                                                people
                                                        .getOrDefault(view.head().id(), List.of())
                                                        .stream()
                                                        .filter(p -> !p.id().equals(view.person()))
                                                        .toList())))
                .toList();
    }

    private static Map<String, List<Person>> people(Handle handle, List<String> rooms) {
        Map<String, List<Person>> people = new HashMap<>();
        handle.createQuery(
                        """
                        SELECT m.room_id, p.id, p.name, p.hue, p.picture
                        FROM member m JOIN person p ON p.id = m.person_id
                        WHERE m.room_id IN (SELECT value FROM json_each(?)) ORDER BY p.hue
                        """)
                .bind(0, Rows.json(rooms))
                .map(
                        (row, _) ->
                                people.computeIfAbsent(
                                                row.getString("room_id"), _ -> new ArrayList<>())
                                        .add(Rows.person(row, "")))
                .list();
        return people;
    }

    private static RoomHead with(RoomHead head, List<Person> people) {
        return new RoomHead(
                head.id(),
                head.kind(),
                head.slug(),
                head.name(),
                head.topic(),
                head.lastSeq(),
                head.lastVer(),
                head.readSeq(),
                head.mentions(),
                head.level(),
                people,
                head.archived(),
                head.mine(),
                head.slowMs());
    }

    private static RoomHead head(ResultSet row) throws SQLException {
        return new RoomHead(
                row.getString("id"),
                RoomKind.of(row.getString("kind")),
                row.getString("slug"),
                row.getString("name"),
                row.getString("topic"),
                row.getLong("last_seq"),
                row.getLong("last_ver"),
                row.getLong("read_seq"),
                row.getLong("mentions"),
                Level.of(row.getString("level")),
                List.of(),
                Rows.isSet(row, "archived_at"),
                row.getBoolean("mine"),
                row.getLong("slow_ms"));
    }
}
