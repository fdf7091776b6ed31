package io.natter.chat.store.sql;

import io.natter.chat.domain.file.MessageFile;
import io.natter.chat.domain.message.Message;
import io.natter.chat.domain.message.Quote;
import io.natter.chat.domain.message.Reaction;
import io.natter.chat.domain.person.Person;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Reads messages in their newest form: a query for the rows, and one each for all their reactions,
/// mentions and files.
public final class MessageRows {
    private static final String SELECT =
            """
            SELECT m.id, m.room_id, m.seq, m.ver, m.ts, m.cmid, m.body, m.edited_at, m.deleted_at,
                m.reply_to, p.id AS sender_id, p.name AS sender_name, p.hue AS sender_hue, p.picture AS sender_picture,
                n.message_id AS pinned, coalesce(nullif(q.body, ''), (
                    SELECT f.name FROM file f WHERE f.message_id = q.id ORDER BY f.place LIMIT 1), '') AS quote_body, q.deleted_at AS quote_deleted,
                o.id AS quoted_id, o.name AS quoted_name, o.hue AS quoted_hue, o.picture AS quoted_picture
            FROM message m JOIN person p ON p.id = m.sender_id
            LEFT JOIN pin n ON n.message_id = m.id
            LEFT JOIN message q ON q.room_id = m.room_id AND q.seq = m.reply_to
            LEFT JOIN person o ON o.id = q.sender_id
            """;

    private MessageRows() {}

    private record Row(long id, Message message) {}

    /// The messages that a condition on `m` selects.
    ///
    /// @param clause from WHERE on, with named parameters
    static List<Message> select(Handle handle, String clause, Map<String, ?> parameters) {
        Query query = handle.createQuery(SELECT + clause);
        parameters.forEach(query::bind);
        List<Row> rows = query.map((row, _) -> row(row)).list();
        if (rows.isEmpty()) {
            return List.of();
        }
        String ids = Rows.json(rows.stream().map(Row::id).toList());
        Map<Long, List<Reaction>> reactions = ReactionRows.of(handle, ids);
        Map<Long, List<Person>> mentions = mentions(handle, ids);
        Map<Long, List<MessageFile>> files = FileRows.of(handle, ids);
        return rows.stream()
                .map(
                        row ->
                                complete(
                                        row.message(),
                                        mentions.getOrDefault(row.id(), List.of()),
                                        reactions.getOrDefault(row.id(), List.of()),
                                        files.getOrDefault(row.id(), List.of())))
                .toList();
    }

    /// One message, which must be there.
    static Message one(Handle handle, String room, long seq) {
        return select(
                        handle,
                        "WHERE m.room_id = :room AND m.seq = :seq",
                        Map.of("room", room, "seq", seq))
                .getFirst();
    }

    /// Messages by their ids, the newest first.
    public static List<Message> newestFirst(Handle handle, Collection<Long> ids) {
        return select(
                handle,
                "WHERE m.id IN (SELECT value FROM json_each(:ids)) ORDER BY m.id DESC",
                Map.of("ids", Rows.json(ids)));
    }

    private static Message complete(
            Message bare,
            List<Person> mentions,
            List<Reaction> reactions,
            List<MessageFile> files) {
        return new Message(
                bare.room(),
                bare.seq(),
                bare.ver(),
                bare.ts(),
                bare.cmid(),
                bare.sender(),
                bare.text(),
                bare.editedAt(),
                bare.deleted(),
                bare.replyTo(),
                mentions,
                reactions,
                bare.pinned(),
                files);
    }

    private static Row row(ResultSet row) throws SQLException {
        boolean deleted = Rows.isSet(row, "deleted_at");
        return new Row(
                row.getLong("id"),
                new Message(
                        row.getString("room_id"),
                        row.getLong("seq"),
                        row.getLong("ver"),
                        row.getLong("ts"),
                        row.getString("cmid"),
                        Rows.person(row, "sender_"),
                        row.getString("body"),
                        Rows.longOrNull(row, "edited_at"),
                        deleted,
                        deleted ? null : quote(row),
                        List.of(),
                        List.of(),
                        Rows.isSet(row, "pinned"),
                        List.of()));
    }

    private static @Nullable Quote quote(ResultSet row) throws SQLException {
        if (!Rows.isSet(row, "quoted_id")) {
            return null;
        }
        return Quote.of(
                row.getLong("reply_to"),
                Rows.person(row, "quoted_"),
                row.getString("quote_body"),
                Rows.isSet(row, "quote_deleted"));
    }

    private static Map<Long, List<Person>> mentions(Handle handle, String ids) {
        Map<Long, List<Person>> mentions = new HashMap<>();
        handle.createQuery(
                        """
                        SELECT x.message_id, p.id, p.name, p.hue, p.picture
                        FROM mention x JOIN person p ON p.id = x.person_id
                        WHERE x.message_id IN (SELECT value FROM json_each(?)) ORDER BY p.hue
                        """)
                .bind(0, ids)
                .map(
                        (row, _) ->
                                mentions.computeIfAbsent(
                                                row.getLong("message_id"), _ -> new ArrayList<>())
                                        .add(Rows.person(row, "")))
                .list();
        return mentions;
    }
}
