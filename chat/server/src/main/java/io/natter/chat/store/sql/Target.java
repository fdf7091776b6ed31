package io.natter.chat.store.sql;

import io.natter.chat.domain.ChatError;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The message that a request names, as the database has it.
///
/// @param textVer the number of the last change of its text
public record Target(
        long id,
        String room,
        long seq,
        long ver,
        long textVer,
        String sender,
        String text,
        long ts,
        @Nullable Long editedAt,
        boolean deleted) {

    /// Finds a message.
    ///
    /// @throws io.natter.chat.domain.ChatException with `message_unknown`
    public static Target find(Handle handle, String room, long seq) {
        Optional<Target> found =
                handle.createQuery(
                                """
                                SELECT id, ver, text_ver, sender_id, body, ts, edited_at, deleted_at
                                FROM message WHERE room_id = ? AND seq = ?
                                """)
                        .bind(0, room)
                        .bind(1, seq)
                        .map(
                                (row, _) ->
                                        new Target(
                                                row.getLong("id"),
                                                room,
                                                seq,
                                                row.getLong("ver"),
                                                row.getLong("text_ver"),
                                                row.getString("sender_id"),
                                                row.getString("body"),
                                                row.getLong("ts"),
                                                Rows.longOrNull(row, "edited_at"),
                                                Rows.isSet(row, "deleted_at")))
                        .findOne();
        return found.orElseThrow(() -> ChatError.messageUnknown().exception());
    }

    /// As [#find], for what a tombstone cannot have.
    ///
    /// @throws io.natter.chat.domain.ChatException also with `deleted`
    public static Target alive(Handle handle, String room, long seq) {
        Target target = find(handle, room, seq);
        if (target.deleted()) {
            throw ChatError.deleted().exception();
        }
        return target;
    }

    /// When it got its text, milliseconds since 1970.
    long writtenAt() {
        return editedAt == null ? ts : editedAt;
    }
}
