package io.natter.chat.store.sql;

import io.natter.chat.domain.message.Changes;
import io.natter.chat.domain.message.Message;
import io.natter.chat.domain.message.Page;
import io.natter.chat.domain.message.Version;
import io.natter.chat.domain.message.Window;
import io.natter.chat.domain.person.Person;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// Reads the messages of a room.
public final class Messages {
    private Messages() {}

    /// A page of a room of which the person is a member.
    public static Page history(
            Handle handle, Person person, String room, Window window, int limit) {
        RoomAccess access = RoomAccess.member(handle, person, room);
        return page(handle, access, window, Math.clamp(limit, 1, Page.MAX));
    }

    static Page page(Handle handle, RoomAccess room, Window window, int limit) {
        return switch (window) {
            case Window.Latest() -> older(handle, room, Long.MAX_VALUE, limit);
            case Window.Before(long seq) -> older(handle, room, seq, limit);
            case Window.After(long seq) -> newer(handle, room, seq, limit);
            case Window.Around(long seq) -> around(handle, room, seq, limit);
        };
    }

    private static Page older(Handle handle, RoomAccess room, long before, int limit) {
        List<Message> found =
                query(handle, "m.seq < :from ORDER BY m.seq DESC", room.id(), before, limit + 1);
        boolean more = found.size() > limit;
        List<Message> page = new ArrayList<>(more ? found.subList(0, limit) : found);
        Collections.reverse(page);
        return new Page(page, more, room.lastVer());
    }

    private static Page newer(Handle handle, RoomAccess room, long after, int limit) {
        List<Message> found =
                query(handle, "m.seq > :from ORDER BY m.seq", room.id(), after, limit + 1);
        boolean more = found.size() > limit;
        return new Page(more ? found.subList(0, limit) : found, more, room.lastVer());
    }

    private static Page around(Handle handle, RoomAccess room, long seq, int limit) {
        Page older = older(handle, room, seq, limit / 2);
        Page newer = newer(handle, room, seq - 1, limit - older.messages().size());
        List<Message> both = new ArrayList<>(older.messages());
        both.addAll(newer.messages());
        return new Page(both, older.more() || newer.more(), room.lastVer());
    }

    /// The changes of a room of which the person is a member.
    public static Changes sync(Handle handle, Person person, String room, long since, int limit) {
        RoomAccess access = RoomAccess.member(handle, person, room);
        return changes(handle, room, since, Math.clamp(limit, 1, Changes.MAX), access.lastVer());
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

    /// The pinned messages of a room, the last pinned first.
    public static List<Message> pins(Handle handle, Person person, String room) {
        RoomAccess.member(handle, person, room);
        return MessageRows.select(
                handle, "WHERE n.room_id = :room ORDER BY n.ver DESC", Map.of("room", room));
    }

    /// The texts of a message, oldest first.
    public static List<Version> versions(Handle handle, Person person, String room, long seq) {
        RoomAccess.member(handle, person, room);
        Target message = Target.find(handle, room, seq);
        if (message.deleted()) {
            return List.of();
        }
        List<Version> newestFirst =
                handle.createQuery(
                                "SELECT body, ts FROM message_edit WHERE message_id = ? ORDER BY ver DESC LIMIT ?")
                        .bind(0, message.id())
                        .bind(1, Version.MAX - 1)
                        .map((row, _) -> new Version(row.getString(1), row.getLong(2)))
                        .list();
        List<Version> versions = new ArrayList<>(newestFirst.reversed());
        versions.add(new Version(message.text(), message.writtenAt()));
        return versions;
    }

    private static List<Message> query(
            Handle handle, String where, String room, long from, int limit) {
        return MessageRows.select(
                handle,
                "WHERE m.room_id = :room AND " + where + " LIMIT :limit",
                Map.of("room", room, "from", from, "limit", limit));
    }
}
