package io.natter.chat.store.sql.admin;

import io.natter.chat.domain.admin.Retention;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.Role;
import io.natter.chat.domain.store.Change;
import io.natter.chat.store.sql.AuditLog;
import io.natter.chat.store.sql.Rows;
import io.natter.chat.store.sql.Safely;
import io.natter.chat.store.sql.Standing;
import io.natter.chat.store.sql.Write;
import io.natter.chat.store.sql.personal.Saved;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// How long the messages of rooms are kept, and the removal of older ones.
public final class Retaining {
    /// Messages in one write, few enough to delay no message.
    public static final int AT_ONCE = 200;

    private static final String SELECT = "SELECT r.id, r.retention_days, r.first_seq FROM room r ";

    private Retaining() {}

    private record Row(long id, long seq, long ts) {}

    /// Sets the time for a room.
    public static boolean set(Write write, Person by, String room, @Nullable Integer days) {
        Handle handle = write.handle();
        Person owner = Standing.atLeast(handle, by, Role.OWNER).person();
        AdminActions.requireNamed(handle, room);
        int changed =
                handle.execute(
                        "UPDATE room SET retention_days = ? WHERE id = ? AND retention_days IS NOT ?",
                        days,
                        room,
                        days);
        if (changed > 0) {
            String detail = days == null ? "for ever" : days + " days";
            AuditLog.add(write, "retention", owner, null, room, null, detail);
            tell(write, room);
        }
        return true;
    }

    /// The rooms of a person with a retention, or with messages that were removed by one.
    public static List<Retention> of(Handle handle, Person person) {
        return select(
                handle,
                """
                JOIN member m ON m.room_id = r.id
                WHERE m.person_id = ? AND (r.retention_days IS NOT NULL OR r.first_seq > 1)
                """,
                person.id());
    }

    /// All rooms with a retention.
    public static List<Retention> all(Handle handle) {
        return select(handle, "WHERE r.retention_days IS NOT NULL AND ? IS NOT NULL", "");
    }

    private static List<Retention> select(Handle handle, String clause, String argument) {
        return handle.createQuery(SELECT + clause)
                .bind(0, argument)
                .map(
                        (row, _) ->
                                new Retention(
                                        row.getString("id"),
                                        Rows.isSet(row, "retention_days")
                                                ? row.getInt("retention_days")
                                                : null,
                                        row.getLong("first_seq")))
                .list();
    }

    /// Removes some of the oldest messages of a room, if they are too old. They leave no
    /// tombstones.
    ///
    /// @return how many; fewer than [#AT_ONCE] when no more is to be removed
    public static int removeSome(Write write, Retention retention) {
        Handle handle = write.handle();
        Integer days = retention.days();
        if (days == null) {
            return 0;
        }
        List<Row> old = old(handle, retention.room(), write.now(), Duration.ofDays(days));
        if (old.isEmpty()) {
            return 0;
        }
        Safely.deleting(handle);
        String ids = Rows.json(old.stream().map(Row::id).toList());
        Saved.forget(write, retention.room(), ids);
        for (String table : List.of("reaction", "pin", "mention", "message_edit", "file")) {
            handle.execute(
                    "DELETE FROM "
                            + table
                            + " WHERE message_id IN (SELECT value FROM json_each(?))",
                    ids);
        }
        handle.execute("DELETE FROM message WHERE id IN (SELECT value FROM json_each(?))", ids);
        long last = old.getLast().seq();
        handle.execute("UPDATE room SET first_seq = ? WHERE id = ?", last + 1, retention.room());
        // Removed messages count as read.
        handle.execute(
                "UPDATE member SET read_seq = ? WHERE room_id = ? AND read_seq < ?",
                last,
                retention.room(),
                last);
        return old.size();
    }

    /// The oldest messages as far as they are too old. A message with a time in the future was sent
    /// when the clock was wrong, and is as old as the one after it.
    private static List<Row> old(Handle handle, String room, long now, Duration kept) {
        List<Row> oldest =
                handle.createQuery(
                                "SELECT id, seq, ts FROM message WHERE room_id = ? ORDER BY seq LIMIT ?")
                        .bind(0, room)
                        .bind(1, AT_ONCE)
                        .map((row, _) -> new Row(row.getLong(1), row.getLong(2), row.getLong(3)))
                        .list();
        long before = now - kept.toMillis();
        int count = 0;
        for (int i = 0; i < oldest.size(); i++) {
            long ts = oldest.get(i).ts();
            if (ts < before) {
                count = i + 1;
            } else if (ts <= now) {
                break;
            }
        }
        return oldest.subList(0, count);
    }

    /// Tells the members that messages were removed, and notes it.
    public static boolean removed(Write write, Retention retention, long messages) {
        AuditLog.add(
                write,
                "old_removed",
                null,
                null,
                retention.room(),
                null,
                "%d messages older than %d days".formatted(messages, retention.days()));
        tell(write, retention.room());
        return true;
    }

    private static void tell(Write write, String room) {
        select(write.handle(), "WHERE r.id = ?", room)
                .forEach(now -> write.changed(new Change.RetentionChanged(now)));
    }
}
