package io.natter.chat.store;

import io.natter.chat.domain.Changes;
import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.Draft;
import io.natter.chat.domain.Message;
import io.natter.chat.domain.Page;
import io.natter.chat.domain.Person;
import io.natter.chat.domain.Posted;
import io.natter.chat.domain.Window;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The statements on messages.
final class Messages {
    private static final String SELECT =
            """
            SELECT m.room_id, m.seq, m.ver, m.ts, m.cmid, m.body, p.id AS sender_id, p.name
            FROM message m JOIN person p ON p.id = m.sender_id
            """;

    private Messages() {}

    /// @param message null when it was stored before
    record Stored(Posted posted, @Nullable Message message) {}

    private record Numbers(long seq, long ver) {}

    private record Earlier(String room, Posted posted) {}

    static Stored post(Handle handle, Draft draft, long now) {
        Optional<Earlier> earlier = earlier(handle, draft);
        if (earlier.isPresent()) {
            if (!earlier.get().room().equals(draft.room())) {
                throw ChatError.cmidReused().exception();
            }
            return new Stored(earlier.get().posted(), null);
        }
        // The row's lock makes the order of numbers the order of commits, and a rollback gives the
        // number back; a sequence object would do neither.
        Numbers numbers =
                handle.createQuery(
                                """
                                UPDATE room SET last_seq = last_seq + 1, last_ver = last_ver + 1
                                WHERE id = :room AND EXISTS (
                                    SELECT 1 FROM member
                                    WHERE person_id = :person AND room_id = :room)
                                RETURNING last_seq, last_ver
                                """)
                        .bind("room", draft.room())
                        .bind("person", draft.sender().id())
                        .map((row, _) -> new Numbers(row.getLong(1), row.getLong(2)))
                        .findOne()
                        .orElseThrow(() -> ChatError.roomUnknown().exception());
        handle.execute(
                "INSERT INTO message (room_id, seq, ver, sender_id, cmid, body, ts) VALUES (?, ?, ?, ?, ?, ?, ?)",
                draft.room(),
                numbers.seq(),
                numbers.ver(),
                draft.sender().id(),
                draft.cmid(),
                draft.text(),
                now);
        Rooms.read(handle, draft.sender(), draft.room(), numbers.seq());
        return new Stored(
                new Posted(numbers.seq(), numbers.ver(), now, false),
                new Message(
                        draft.room(),
                        numbers.seq(),
                        numbers.ver(),
                        now,
                        draft.cmid(),
                        draft.sender(),
                        draft.text()));
    }

    private static Optional<Earlier> earlier(Handle handle, Draft draft) {
        return handle.createQuery(
                        "SELECT room_id, seq, ver, ts FROM message WHERE sender_id = ? AND cmid = ?")
                .bind(0, draft.sender().id())
                .bind(1, draft.cmid())
                .map(
                        (row, _) ->
                                new Earlier(
                                        row.getString(1),
                                        new Posted(
                                                row.getLong(2),
                                                row.getLong(3),
                                                row.getLong(4),
                                                true)))
                .findOne();
    }

    static Page page(Handle handle, String room, Window window, int limit) {
        return switch (window) {
            case Window.Latest() -> older(handle, room, Long.MAX_VALUE, limit);
            case Window.Before(long seq) -> older(handle, room, seq, limit);
            case Window.After(long seq) -> newer(handle, room, seq, limit);
            case Window.Around(long seq) -> around(handle, room, seq, limit);
        };
    }

    private static Page older(Handle handle, String room, long before, int limit) {
        List<Message> found =
                query(handle, "m.seq < :from ORDER BY m.seq DESC", room, before, limit + 1);
        boolean more = found.size() > limit;
        List<Message> page = new ArrayList<>(more ? found.subList(0, limit) : found);
        Collections.reverse(page);
        return new Page(page, more);
    }

    private static Page newer(Handle handle, String room, long after, int limit) {
        List<Message> found = query(handle, "m.seq > :from ORDER BY m.seq", room, after, limit + 1);
        boolean more = found.size() > limit;
        return new Page(more ? found.subList(0, limit) : found, more);
    }

    private static Page around(Handle handle, String room, long seq, int limit) {
        Page older = older(handle, room, seq, limit / 2);
        Page newer = newer(handle, room, seq - 1, limit - older.messages().size());
        List<Message> both = new ArrayList<>(older.messages());
        both.addAll(newer.messages());
        return new Page(both, older.more() || newer.more());
    }

    /// @param head the room's present `ver`, read in the same transaction
    static Changes changes(Handle handle, String room, long since, int limit, long head) {
        List<Message> found = query(handle, "m.ver > :from ORDER BY m.ver", room, since, limit + 1);
        if (found.size() > limit) {
            List<Message> page = found.subList(0, limit);
            return new Changes(page, page.getLast().ver(), true);
        }
        return new Changes(found, head, false);
    }

    private static List<Message> query(
            Handle handle, String where, String room, long from, int limit) {
        return handle.createQuery(SELECT + "WHERE m.room_id = :room AND " + where + " LIMIT :limit")
                .bind("room", room)
                .bind("from", from)
                .bind("limit", limit)
                .map((row, _) -> message(row))
                .list();
    }

    private static Message message(ResultSet row) throws SQLException {
        return new Message(
                row.getString("room_id"),
                row.getLong("seq"),
                row.getLong("ver"),
                row.getLong("ts"),
                row.getString("cmid"),
                new Person(row.getString("sender_id"), row.getString("name")),
                row.getString("body"));
    }
}
