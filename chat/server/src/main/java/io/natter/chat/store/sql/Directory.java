package io.natter.chat.store.sql;

import io.natter.chat.domain.VisibleText;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.room.MemberList;
import io.natter.chat.domain.room.PublicRoom;
import io.natter.chat.domain.room.RoomName;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Finds rooms and people by their names. A guest who lost the name cannot come back and is left
/// out.
public final class Directory {
    private static final String NAMED =
            "p.name_key IS NOT NULL AND (:query = '' OR instr(p.name_key, :query) > 0) AND"
                    + Standing.NOT_BANNED;

    /// Lists people online first, then names that begin with the query.
    private static final String ORDER =
            """
             ORDER BY p.id IN (SELECT value FROM json_each(:online)) DESC,
                instr(p.name_key, :query) = 1 DESC, p.name_key LIMIT :limit
            """;

    private Directory() {}

    /// Public rooms whose names contain the query.
    public static List<PublicRoom> rooms(Handle handle, Person person, String query, int limit) {
        return handle.createQuery(
                        """
                        SELECT r.id, r.slug, r.name, r.topic,
                            (SELECT count(*) FROM member m WHERE m.room_id = r.id) AS members,
                            EXISTS (SELECT 1 FROM member m
                                WHERE m.room_id = r.id AND m.person_id = :person) AS joined
                        FROM room r
                        WHERE r.kind = 'public' AND r.archived_at IS NULL
                            AND (:query = '' OR instr(r.slug, :query) > 0)
                        ORDER BY r.slug LIMIT :limit
                        """)
                .bind("person", person.id())
                .bind("query", RoomName.slug(query))
                .bind("limit", Math.clamp(limit, 1, PublicRoom.MAX))
                .map(
                        (row, _) ->
                                new PublicRoom(
                                        row.getString("id"),
                                        row.getString("slug"),
                                        row.getString("name"),
                                        row.getString("topic"),
                                        row.getLong("members"),
                                        row.getBoolean("joined")))
                .list();
    }

    /// Members of a room of which the person is one.
    public static MemberList members(
            Handle handle,
            Person person,
            String room,
            String query,
            Set<String> online,
            int limit) {
        RoomAccess.member(handle, person, room);
        String members =
                """
                FROM member m JOIN person p ON p.id = m.person_id
                WHERE m.room_id = :room AND p.name_key IS NOT NULL AND
                """
                        + Standing.NOT_BANNED;
        String present = Rows.json(online);
        long count =
                handle.createQuery("SELECT count(*) " + members)
                        .bind("room", room)
                        .mapTo(Long.class)
                        .one();
        long here =
                handle.createQuery(
                                "SELECT count(*) "
                                        + members
                                        + " AND p.id IN (SELECT value FROM json_each(:online))")
                        .bind("room", room)
                        .bind("online", present)
                        .mapTo(Long.class)
                        .one();
        List<Person> people =
                handle.createQuery(
                                "SELECT p.id, p.name, p.hue, p.picture "
                                        + members
                                        + " AND "
                                        + NAMED
                                        + ORDER)
                        .bind("room", room)
                        .bind("online", present)
                        .bind("query", VisibleText.key(query))
                        .bind("limit", Math.clamp(limit, 1, MemberList.MAX))
                        .map((row, _) -> Rows.person(row, ""))
                        .list();
        return new MemberList(people, count, here);
    }

    /// Everybody shares the general room, so everybody may be found.
    public static List<Person> people(Handle handle, String query, Set<String> online, int limit) {
        return handle.createQuery(
                        "SELECT p.id, p.name, p.hue, p.picture FROM person p WHERE "
                                + NAMED
                                + ORDER)
                .bind("online", Rows.json(online))
                .bind("query", VisibleText.key(query))
                .bind("limit", Math.clamp(limit, 1, MemberList.MAX_FOUND))
                .map((row, _) -> Rows.person(row, ""))
                .list();
    }
}
