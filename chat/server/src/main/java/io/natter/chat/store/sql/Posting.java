package io.natter.chat.store.sql;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.message.Draft;
import io.natter.chat.domain.message.Mentions;
import io.natter.chat.domain.message.Message;
import io.natter.chat.domain.message.Posted;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.Role;
import io.natter.chat.domain.room.RoomKind;
import io.natter.chat.domain.store.Change;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Stores a new message.
public final class Posting {
    private Posting() {}

    private record Numbers(long seq, long ver, RoomKind kind, boolean archived, long slowMs) {}

    /// @param text as it was sent; null when it was deleted since
    private record Earlier(
            String room, @Nullable String text, @Nullable Long replyTo, Posted posted) {}

    /// Stores a message, or finds the numbers of one that was sent before.
    public static Posted post(Write write, Draft draft) {
        Handle handle = write.handle();
        Optional<Earlier> earlier = earlier(handle, draft);
        if (earlier.isPresent()) {
            return again(draft, earlier.get());
        }
        Numbers numbers = take(handle, draft);
        if (numbers.archived()) {
            throw ChatError.roomArchived().exception();
        }
        Standing sender = Standing.writer(write, draft.sender());
        if (numbers.slowMs() > 0 && !sender.role().atLeast(Role.MODERATOR)) {
            waitForTurn(write, draft, numbers.slowMs());
        }
        if (draft.replyTo() != null) {
            Target.find(handle, draft.room(), draft.replyTo());
        }
        long id = insert(write, draft, numbers);
        FileRows.attach(handle, draft.sender(), id, draft.files());
        Mentions mentions = Mentions.in(draft.text());
        Set<String> mentioned = MentionRows.add(handle, draft.room(), numbers.seq(), id, mentions);
        ReadMarks.sent(write, draft.sender(), draft.room(), numbers.seq());
        if (numbers.kind() == RoomKind.DIRECT) {
            Members.unhide(write, draft.room());
        }
        boolean plain = mentioned.isEmpty() && draft.replyTo() == null && draft.files().isEmpty();
        write.changed(
                new Change.OfMessage(
                        Change.Action.SENT,
                        plain
                                ? plain(draft, sender.person(), numbers, write.now())
                                : MessageRows.one(handle, draft.room(), numbers.seq())));
        return new Posted(numbers.seq(), numbers.ver(), write.now(), false);
    }

    /// @throws io.natter.chat.domain.ChatException with `slow_mode`
    private static void waitForTurn(Write write, Draft draft, long slowMs) {
        long turn =
                write.handle()
                                .createQuery(
                                        "SELECT coalesce(sent_at, 0) FROM member WHERE person_id = ? AND room_id = ?")
                                .bind(0, draft.sender().id())
                                .bind(1, draft.room())
                                .mapTo(Long.class)
                                .one()
                        + slowMs;
        long left = turn - write.now();
        // Longer than the pause: the clock was set back meanwhile.
        if (left > 0 && left <= slowMs) {
            throw ChatError.slowMode(Duration.ofMillis(left)).exception();
        }
    }

    private static Posted again(Draft draft, Earlier earlier) {
        boolean same =
                earlier.room().equals(draft.room())
                        && (earlier.text() == null
                                || draft.isAgain(earlier.text(), earlier.replyTo()));
        if (!same) {
            throw ChatError.cmidReused().exception();
        }
        return earlier.posted();
    }

    /// The row's lock makes the order of numbers the order of commits, and a rollback gives the
    /// number back; a sequence object would do neither.
    private static Numbers take(Handle handle, Draft draft) {
        return handle.createQuery(
                        """
                        UPDATE room SET last_seq = last_seq + 1, last_ver = last_ver + 1
                        WHERE id = :room AND EXISTS (
                            SELECT 1 FROM member WHERE person_id = :person AND room_id = :room)
                        RETURNING last_seq, last_ver, kind, archived_at, slow_ms
                        """)
                .bind("room", draft.room())
                .bind("person", draft.sender().id())
                .map(
                        (row, _) ->
                                new Numbers(
                                        row.getLong("last_seq"),
                                        row.getLong("last_ver"),
                                        RoomKind.of(row.getString("kind")),
                                        Rows.isSet(row, "archived_at"),
                                        row.getLong("slow_ms")))
                .findOne()
                .orElseThrow(() -> ChatError.roomUnknown().exception());
    }

    private static long insert(Write write, Draft draft, Numbers numbers) {
        return write.handle()
                .createQuery(
                        """
                        INSERT INTO message
                            (room_id, seq, ver, sent_ver, text_ver, sender_id, cmid, body, ts, reply_to)
                        VALUES (:room, :seq, :ver, :ver, :ver, :sender, :cmid, :body, :now, :reply)
                        RETURNING id
                        """)
                .bind("room", draft.room())
                .bind("seq", numbers.seq())
                .bind("ver", numbers.ver())
                .bind("sender", draft.sender().id())
                .bind("cmid", draft.cmid())
                .bind("body", draft.text())
                .bind("now", write.now())
                .bind("reply", draft.replyTo())
                .mapTo(Long.class)
                .one();
    }

    /// The result of a query that most messages spare.
    private static Message plain(Draft draft, Person sender, Numbers numbers, long now) {
        return new Message(
                draft.room(),
                numbers.seq(),
                numbers.ver(),
                now,
                draft.cmid(),
                sender,
                draft.text(),
                null,
                false,
                null,
                List.of(),
                List.of(),
                false,
                List.of());
    }

    private static Optional<Earlier> earlier(Handle handle, Draft draft) {
        return handle.createQuery(
                        """
                        SELECT room_id, seq, sent_ver, ts, reply_to, deleted_at, coalesce(
                            (SELECT e.body FROM message_edit e WHERE e.message_id = message.id
                             ORDER BY e.ver LIMIT 1), body) AS sent
                        FROM message WHERE sender_id = ? AND cmid = ?
                        """)
                .bind(0, draft.sender().id())
                .bind(1, draft.cmid())
                .map(
                        (row, _) ->
                                new Earlier(
                                        row.getString("room_id"),
                                        Rows.isSet(row, "deleted_at")
                                                ? null
                                                : row.getString("sent"),
                                        Rows.longOrNull(row, "reply_to"),
                                        new Posted(
                                                row.getLong("seq"),
                                                row.getLong("sent_ver"),
                                                row.getLong("ts"),
                                                true)))
                .findOne();
    }
}
