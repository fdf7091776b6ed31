package io.natter.chat.store.sql.personal;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.message.Message;
import io.natter.chat.domain.message.Position;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.personal.FutureTime;
import io.natter.chat.domain.personal.PersonalStore;
import io.natter.chat.domain.personal.SavedMessage;
import io.natter.chat.domain.store.Change;
import io.natter.chat.store.sql.MessageRows;
import io.natter.chat.store.sql.RoomAccess;
import io.natter.chat.store.sql.Rows;
import io.natter.chat.store.sql.Target;
import io.natter.chat.store.sql.Write;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The messages that people have saved, and their reminders.
public final class Saved {
    private static final String SELECT =
            """
            SELECT m.room_id, m.seq, s.saved_at, s.remind_at, s.due
            FROM saved s JOIN message m ON m.id = s.message_id
            WHERE s.person_id = :person
            """;

    private Saved() {}

    /// A reminder whose time has come.
    public record Reminder(String person, long message) {}

    /// The list of one person, the last saved first.
    static List<SavedMessage> of(Handle handle, Person person) {
        return handle.createQuery(SELECT + " ORDER BY s.saved_at DESC, s.message_id DESC")
                .bind("person", person.id())
                .map((row, _) -> saved(row))
                .list();
    }

    private static Optional<SavedMessage> find(Handle handle, String person, long message) {
        return handle.createQuery(SELECT + " AND s.message_id = :message")
                .bind("person", person)
                .bind("message", message)
                .map((row, _) -> saved(row))
                .findOne();
    }

    private static SavedMessage saved(ResultSet row) throws SQLException {
        return new SavedMessage(
                row.getString("room_id"),
                row.getLong("seq"),
                row.getLong("saved_at"),
                Rows.longOrNull(row, "remind_at"),
                row.getBoolean("due"));
    }

    /// Those of the messages that the person may read.
    public static List<Message> messages(Handle handle, String person, List<Position> positions) {
        List<Long> ids =
                positions.stream()
                        .limit(PersonalStore.MAX_READ)
                        .flatMap(position -> id(handle, person, position).stream())
                        .toList();
        return MessageRows.newestFirst(handle, ids);
    }

    private static Optional<Long> id(Handle handle, String person, Position position) {
        return handle.createQuery(
                        """
                        SELECT m.id FROM message m JOIN member b ON b.room_id = m.room_id
                        WHERE m.room_id = ? AND m.seq = ? AND b.person_id = ? AND b.hidden = 0
                        """)
                .bind(0, position.room())
                .bind(1, position.seq())
                .bind(2, person)
                .mapTo(Long.class)
                .findOne();
    }

    /// Saves a message.
    public static SavedMessage save(
            Write write, Person person, String room, long seq, @Nullable Long savedAt) {
        Target message = target(write, person, room, seq);
        Optional<SavedMessage> before = find(write.handle(), person.id(), message.id());
        if (before.isPresent()) {
            return before.get();
        }
        long at = savedAt == null ? write.now() : Math.clamp(savedAt, 0, write.now());
        insert(write, person, message, at);
        return changed(write, person.id(), message.id(), false);
    }

    private static Target target(Write write, Person person, String room, long seq) {
        RoomAccess.member(write.handle(), person, room);
        return Target.alive(write.handle(), room, seq);
    }

    private static void insert(Write write, Person person, Target message, long at) {
        Handle handle = write.handle();
        String count = "SELECT count(*) FROM saved WHERE person_id = ?";
        if (Rows.count(handle, count, person.id()) >= PersonalStore.MAX_SAVED) {
            throw ChatError.tooManySaved(PersonalStore.MAX_SAVED).exception();
        }
        handle.execute(
                "INSERT INTO saved (person_id, message_id, saved_at) VALUES (?, ?, ?)",
                person.id(),
                message.id(),
                at);
    }

    /// Removes a message from the list.
    public static boolean unsave(Write write, Person person, String room, long seq) {
        return unsave(write, person.id(), room, seq);
    }

    private static boolean unsave(Write write, String person, String room, long seq) {
        int removed =
                write.handle()
                        .execute(
                                """
                                DELETE FROM saved WHERE person_id = ? AND message_id = (
                                    SELECT id FROM message WHERE room_id = ? AND seq = ?)
                                """,
                                person,
                                room,
                                seq);
        if (removed > 0) {
            long ver = write.nextPersonVer(person);
            write.changed(new Change.SavedChanged(person, ver, room, seq, null, false));
        }
        return true;
    }

    /// Takes messages that are about to be removed off all lists.
    ///
    /// @param ids of the messages, as a JSON array
    public static void forget(Write write, String room, String ids) {
        record Listed(String person, long seq) {}
        write.handle()
                .createQuery(
                        """
                        SELECT s.person_id, m.seq FROM saved s JOIN message m ON m.id = s.message_id
                        WHERE s.message_id IN (SELECT value FROM json_each(?))
                        """)
                .bind(0, ids)
                .map((row, _) -> new Listed(row.getString(1), row.getLong(2)))
                .list()
                .forEach(each -> unsave(write, each.person(), room, each.seq()));
    }

    /// Sets the reminder of a message, which becomes saved, or takes the reminder away.
    public static SavedMessage remind(
            Write write, Person person, String room, long seq, @Nullable Long at) {
        Handle handle = write.handle();
        Long checked = at == null ? null : FutureTime.checked(at, write.now());
        Target message = find(handle, room, seq, person).orElse(null);
        if (message == null) {
            message = target(write, person, room, seq);
            insert(write, person, message, write.now());
        }
        handle.execute(
                "UPDATE saved SET remind_at = ?, due = 0 WHERE person_id = ? AND message_id = ?",
                checked,
                person.id(),
                message.id());
        return changed(write, person.id(), message.id(), false);
    }

    /// A message that is saved, also one of a room that the person has left.
    private static Optional<Target> find(Handle handle, String room, long seq, Person person) {
        boolean saved =
                Rows.exists(
                        handle,
                        """
                        SELECT 1 FROM saved s JOIN message m ON m.id = s.message_id
                        WHERE m.room_id = ? AND m.seq = ? AND s.person_id = ?
                        """,
                        room,
                        seq,
                        person.id());
        return saved ? Optional.of(Target.find(handle, room, seq)) : Optional.empty();
    }

    private static SavedMessage changed(Write write, String person, long message, boolean reminds) {
        SavedMessage saved = find(write.handle(), person, message).orElseThrow();
        long ver = write.nextPersonVer(person);
        write.changed(
                new Change.SavedChanged(person, ver, saved.room(), saved.seq(), saved, reminds));
        return saved;
    }

    /// The reminders whose time has come.
    public static List<Reminder> due(Handle handle, long now) {
        return handle.createQuery(
                        """
                        SELECT person_id, message_id FROM saved
                        WHERE remind_at <= ? AND due = 0 ORDER BY remind_at LIMIT 200
                        """)
                .bind(0, now)
                .map((row, _) -> new Reminder(row.getString(1), row.getLong(2)))
                .list();
    }

    /// Reminds a person, unless the reminder was changed meanwhile.
    public static boolean ring(Write write, Reminder reminder) {
        int changed =
                write.handle()
                        .execute(
                                """
                                UPDATE saved SET due = 1
                                WHERE person_id = ? AND message_id = ? AND remind_at <= ? AND due = 0
                                """,
                                reminder.person(),
                                reminder.message(),
                                write.now());
        if (changed > 0) {
            changed(write, reminder.person(), reminder.message(), true);
        }
        return changed > 0;
    }
}
