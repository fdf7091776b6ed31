package io.natter.chat.store.sql.personal;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.file.MessageFile;
import io.natter.chat.domain.message.Draft;
import io.natter.chat.domain.message.Posted;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.personal.FutureTime;
import io.natter.chat.domain.personal.PersonalStore;
import io.natter.chat.domain.personal.ScheduledMessage;
import io.natter.chat.domain.store.Change;
import io.natter.chat.store.sql.FileRows;
import io.natter.chat.store.sql.Posting;
import io.natter.chat.store.sql.RoomAccess;
import io.natter.chat.store.sql.Rows;
import io.natter.chat.store.sql.Standing;
import io.natter.chat.store.sql.Target;
import io.natter.chat.store.sql.Write;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The messages that are to be sent later.
public final class Scheduling {
    private static final String SELECT =
            """
            SELECT room_id, cmid, body, reply_to, send_at, code, reason FROM scheduled
            WHERE person_id = :person
            """;

    private Scheduling() {}

    /// A message whose time has come.
    public record Due(String person, String cmid) {}

    /// The scheduled messages of one person, the next one first.
    static List<ScheduledMessage> of(Handle handle, Person person) {
        Map<String, List<MessageFile>> files = FileRows.scheduled(handle, person.id());
        return handle.createQuery(SELECT + " ORDER BY send_at, cmid")
                .bind("person", person.id())
                .map((row, _) -> scheduled(row, files))
                .list();
    }

    private static Optional<ScheduledMessage> find(Handle handle, String person, String cmid) {
        Map<String, List<MessageFile>> files = FileRows.scheduled(handle, person);
        return handle.createQuery(SELECT + " AND cmid = :cmid")
                .bind("person", person)
                .bind("cmid", cmid)
                .map((row, _) -> scheduled(row, files))
                .findOne();
    }

    private static ScheduledMessage scheduled(ResultSet row, Map<String, List<MessageFile>> files)
            throws SQLException {
        String code = row.getString("code");
        return new ScheduledMessage(
                row.getString("room_id"),
                row.getString("cmid"),
                row.getString("body"),
                Rows.longOrNull(row, "reply_to"),
                files.getOrDefault(row.getString("cmid"), List.of()),
                row.getLong("send_at"),
                code == null ? null : new ScheduledMessage.Failure(code, row.getString("reason")));
    }

    /// Keeps a message until its time.
    public static ScheduledMessage schedule(Write write, Draft draft, long sendAt) {
        Handle handle = write.handle();
        String person = draft.sender().id();
        Optional<ScheduledMessage> before = find(handle, person, draft.cmid());
        if (before.isPresent()) {
            return again(draft, before.get());
        }
        long at = FutureTime.checked(sendAt, write.now());
        RoomAccess.writable(write, draft.sender(), draft.room());
        if (draft.replyTo() != null) {
            Target.find(handle, draft.room(), draft.replyTo());
        }
        String used = "SELECT 1 FROM message WHERE sender_id = ? AND cmid = ?";
        if (Rows.exists(handle, used, person, draft.cmid())) {
            throw ChatError.cmidReused().exception();
        }
        String count = "SELECT count(*) FROM scheduled WHERE person_id = ?";
        if (Rows.count(handle, count, person) >= PersonalStore.MAX_SCHEDULED) {
            throw ChatError.tooManyScheduled(PersonalStore.MAX_SCHEDULED).exception();
        }
        handle.execute(
                """
                INSERT INTO scheduled (person_id, cmid, room_id, body, reply_to, send_at, try_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                person,
                draft.cmid(),
                draft.room(),
                draft.text(),
                draft.replyTo(),
                at,
                at);
        FileRows.hold(handle, draft.sender(), draft.cmid(), draft.files());
        return changed(write, person, draft.cmid());
    }

    private static ScheduledMessage again(Draft draft, ScheduledMessage before) {
        if (!before.room().equals(draft.room())
                || !draft.isAgain(before.text(), before.replyTo())) {
            throw ChatError.cmidReused().exception();
        }
        return before;
    }

    /// Changes text or time. A failure is over then.
    public static ScheduledMessage reschedule(
            Write write, Person person, String cmid, @Nullable String text, @Nullable Long sendAt) {
        ScheduledMessage before = need(write, person.id(), cmid);
        Draft checked =
                Draft.of(
                        before.room(),
                        person,
                        cmid,
                        text == null ? before.text() : text,
                        before.replyTo(),
                        before.sentFiles());
        boolean keepsTime = sendAt == null && before.failure() == null;
        long at =
                keepsTime
                        ? before.sendAt()
                        : FutureTime.checked(
                                sendAt == null ? before.sendAt() : sendAt, write.now());
        write.handle()
                .execute(
                        """
                        UPDATE scheduled SET body = ?, send_at = ?, try_at = ?, code = NULL, reason = NULL
                        WHERE person_id = ? AND cmid = ?
                        """,
                        checked.text(),
                        at,
                        at,
                        person.id(),
                        cmid);
        return changed(write, person.id(), cmid);
    }

    /// Removes a message that is not sent.
    public static boolean cancel(Write write, Person person, String cmid) {
        find(write.handle(), person.id(), cmid)
                .ifPresent(message -> remove(write, person.id(), message));
        return true;
    }

    /// Sends a message before its time.
    public static Posted sendNow(Write write, Person person, String cmid) {
        return send(write, person, need(write, person.id(), cmid));
    }

    private static Posted send(Write write, Person person, ScheduledMessage message) {
        remove(write, person.id(), message);
        return Posting.post(
                write,
                Draft.of(
                        message.room(),
                        person,
                        message.cmid(),
                        message.text(),
                        message.replyTo(),
                        message.sentFiles()));
    }

    private static ScheduledMessage need(Write write, String person, String cmid) {
        return find(write.handle(), person, cmid)
                .orElseThrow(() -> ChatError.scheduledUnknown().exception());
    }

    private static void remove(Write write, String person, ScheduledMessage message) {
        FileRows.release(write, person, message.cmid());
        write.handle()
                .execute(
                        "DELETE FROM scheduled WHERE person_id = ? AND cmid = ?",
                        person,
                        message.cmid());
        long ver = write.nextPersonVer(person);
        write.changed(
                new Change.ScheduledChanged(person, ver, message.room(), message.cmid(), null));
    }

    private static ScheduledMessage changed(Write write, String person, String cmid) {
        ScheduledMessage message = need(write, person, cmid);
        long ver = write.nextPersonVer(person);
        write.changed(new Change.ScheduledChanged(person, ver, message.room(), cmid, message));
        return message;
    }

    // ---- on time

    /// The messages whose time has come.
    public static List<Due> due(Handle handle, long now) {
        return handle.createQuery(
                        """
                        SELECT person_id, cmid FROM scheduled
                        WHERE try_at <= ? AND code IS NULL ORDER BY try_at, send_at, cmid LIMIT 200
                        """)
                .bind(0, now)
                .map((row, _) -> new Due(row.getString(1), row.getString(2)))
                .list();
    }

    /// Sends a message, unless it was changed meanwhile. The message and the end of its waiting are
    /// one transaction, so it is sent once.
    public static boolean sendDue(Write write, Due due) {
        if (!isDue(write, due)) {
            return false;
        }
        Person person = Standing.of(write.handle(), due.person()).person();
        send(write, person, need(write, due.person(), due.cmid()));
        return true;
    }

    /// Keeps a message that was refused: for another attempt if waiting helps, otherwise with the
    /// reason.
    public static boolean refused(Write write, Due due, ChatError error) {
        if (!isDue(write, due)) {
            return false;
        }
        if (error.code().equals(ChatError.SLOW_MODE) && error.retryAfterMs().isPresent()) {
            write.handle()
                    .execute(
                            "UPDATE scheduled SET try_at = ? WHERE person_id = ? AND cmid = ?",
                            write.now() + error.retryAfterMs().getAsLong(),
                            due.person(),
                            due.cmid());
            return false;
        }
        write.handle()
                .execute(
                        "UPDATE scheduled SET code = ?, reason = ? WHERE person_id = ? AND cmid = ?",
                        error.code(),
                        error.message(),
                        due.person(),
                        due.cmid());
        changed(write, due.person(), due.cmid());
        return true;
    }

    private static boolean isDue(Write write, Due due) {
        return Rows.exists(
                write.handle(),
                """
                SELECT 1 FROM scheduled
                WHERE person_id = ? AND cmid = ? AND try_at <= ? AND code IS NULL
                """,
                due.person(),
                due.cmid(),
                write.now());
    }
}
