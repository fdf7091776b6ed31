package io.natter.chat.store.archive;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Reads a chat for an export, some hundred messages at a time.
final class ExportRows {
    /// So many messages are some seconds of work.
    private static final int STEP = 5000;

    private static final int PAGE = 500;
    private static final Pattern MENTION = Pattern.compile("<@([A-Za-z0-9_-]{22})>");

    private final Handle handle;
    private final Map<String, String> names = new HashMap<>();

    private final Steps steps;
    private long read;

    ExportRows(OpenDatabase database, Steps steps) {
        this.handle = database.handle();
        this.steps = steps;
        Listing.people(database).forEach(person -> names.put(person.id(), person.name()));
    }

    /// A room.
    ///
    /// @param members names
    record Room(
            String id,
            String kind,
            @Nullable String slug,
            String name,
            String topic,
            boolean archived,
            List<String> members) {
        String title() {
            return name.isEmpty() ? String.join(", ", members) : name;
        }
    }

    /// A message in its newest form.
    ///
    /// @param sentAt milliseconds since 1970
    /// @param edits the texts before, the oldest first
    record Line(
            long seq,
            String senderId,
            String sender,
            long sentAt,
            String text,
            @Nullable Long editedAt,
            @Nullable Long deletedAt,
            @Nullable Long replyTo,
            boolean pinned,
            List<Reaction> reactions,
            List<Earlier> edits,
            List<Attached> files) {}

    /// An attached file.
    ///
    /// @param path in the export
    record Attached(String id, String name, long size, @Nullable String type, String path) {}

    record Reaction(String emoji, List<String> people) {}

    record Earlier(long at, String text) {}

    private record Row(long id, Line line) {}

    private record Given(long message, String emoji, String person) {}

    private record Replaced(long message, Earlier text) {}

    private record OfMessage(long message, Attached file) {}

    List<Room> rooms() {
        return handle.createQuery(
                        """
                        SELECT id, kind, slug, name, topic, archived_at FROM room
                        ORDER BY slug IS NULL, created_at, id
                        """)
                .map(
                        (row, _) ->
                                new Room(
                                        row.getString("id"),
                                        row.getString("kind"),
                                        row.getString("slug"),
                                        row.getString("name"),
                                        row.getString("topic"),
                                        row.getObject("archived_at") != null,
                                        members(row.getString("id"))))
                .list();
    }

    private List<String> members(String room) {
        return handle
                .createQuery("SELECT person_id FROM member WHERE room_id = ?")
                .bind(0, room)
                .mapTo(String.class)
                .stream()
                .map(this::name)
                .sorted()
                .toList();
    }

    private String name(String person) {
        return names.getOrDefault(person, person);
    }

    private void count(int more) {
        if ((read + more) / STEP > read / STEP) {
            steps.at("%,d messages".formatted(read + more));
        }
        read += more;
    }

    /// The messages after a number, in their order; empty at the end.
    List<Line> after(String room, long seq) {
        List<Row> rows =
                handle.createQuery(
                                """
                                SELECT m.id, m.seq, m.sender_id, m.ts, m.body, m.edited_at, m.deleted_at, m.reply_to,
                                    EXISTS (SELECT 1 FROM pin p WHERE p.message_id = m.id) AS pinned
                                FROM message m WHERE m.room_id = ? AND m.seq > ? ORDER BY m.seq LIMIT ?
                                """)
                        .bind(0, room)
                        .bind(1, seq)
                        .bind(2, PAGE)
                        .map((row, _) -> new Row(row.getLong("id"), line(row)))
                        .list();
        count(rows.size());
        String ids = rows.stream().map(r -> "" + r.id()).collect(Collectors.joining(",", "[", "]"));
        Map<Long, List<Reaction>> reactions = reactions(ids);
        Map<Long, List<Earlier>> edits = edits(ids);
        Map<Long, List<Attached>> files = files(ids);
        return rows.stream()
                .map(
                        row ->
                                with(
                                        row.line(),
                                        reactions.getOrDefault(row.id(), List.of()),
                                        edits.getOrDefault(row.id(), List.of()),
                                        files.getOrDefault(row.id(), List.of())))
                .toList();
    }

    private Line line(ResultSet row) throws SQLException {
        return new Line(
                row.getLong("seq"),
                row.getString("sender_id"),
                name(row.getString("sender_id")),
                row.getLong("ts"),
                readable(row.getString("body")),
                longOrNull(row, "edited_at"),
                longOrNull(row, "deleted_at"),
                longOrNull(row, "reply_to"),
                row.getBoolean("pinned"),
                List.of(),
                List.of(),
                List.of());
    }

    private static Line with(
            Line bare, List<Reaction> reactions, List<Earlier> edits, List<Attached> files) {
        return new Line(
                bare.seq(),
                bare.senderId(),
                bare.sender(),
                bare.sentAt(),
                bare.text(),
                bare.editedAt(),
                bare.deletedAt(),
                bare.replyTo(),
                bare.pinned(),
                reactions,
                edits,
                files);
    }

    private static @Nullable Long longOrNull(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    /// The text with names instead of ids.
    private String readable(String text) {
        return MENTION.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement("@" + name(found.group(1))))
                .replace("<@room>", "@room");
    }

    private Map<Long, List<Reaction>> reactions(String ids) {
        List<Given> given =
                handle.createQuery(
                                """
                                SELECT message_id, emoji, person_id FROM reaction
                                WHERE message_id IN (SELECT value FROM json_each(?)) ORDER BY message_id, ver
                                """)
                        .bind(0, ids)
                        .map(
                                (row, _) ->
                                        new Given(
                                                row.getLong(1),
                                                row.getString(2),
                                                name(row.getString(3))))
                        .list();
        return given.stream()
                .collect(
                        Collectors.groupingBy(
                                Given::message,
                                Collectors.collectingAndThen(
                                        Collectors.groupingBy(
                                                Given::emoji,
                                                LinkedHashMap::new,
                                                Collectors.mapping(
                                                        Given::person, Collectors.toList())),
                                        map ->
                                                map.entrySet().stream()
                                                        .map(
                                                                e ->
                                                                        new Reaction(
                                                                                e.getKey(),
                                                                                e.getValue()))
                                                        .toList())));
    }

    private Map<Long, List<Earlier>> edits(String ids) {
        return handle
                .createQuery(
                        """
                        SELECT message_id, ts, body FROM message_edit
                        WHERE message_id IN (SELECT value FROM json_each(?)) ORDER BY message_id, ver
                        """)
                .bind(0, ids)
                .map(
                        (row, _) ->
                                new Replaced(
                                        row.getLong(1),
                                        new Earlier(row.getLong(2), readable(row.getString(3)))))
                .list()
                .stream()
                .collect(
                        Collectors.groupingBy(
                                Replaced::message,
                                Collectors.mapping(Replaced::text, Collectors.toList())));
    }

    private Map<Long, List<Attached>> files(String ids) {
        return handle
                .createQuery(
                        """
                        SELECT message_id, id, name, size, type FROM file
                        WHERE message_id IN (SELECT value FROM json_each(?)) ORDER BY message_id, place
                        """)
                .bind(0, ids)
                .map(
                        (row, _) ->
                                new OfMessage(
                                        row.getLong(1),
                                        new Attached(
                                                row.getString(2),
                                                row.getString(3),
                                                row.getLong(4),
                                                row.getString(5),
                                                path(row.getString(2), row.getString(3)))))
                .list()
                .stream()
                .collect(
                        Collectors.groupingBy(
                                OfMessage::message,
                                Collectors.mapping(OfMessage::file, Collectors.toList())));
    }

    /// The id keeps equal names apart; of the name stays what every system takes.
    private static String path(String id, String name) {
        String safe = name.replaceAll("[^A-Za-z0-9._-]+", "_").replaceFirst("^[._]+", "");
        return "files/" + id + "-" + safe.substring(Math.max(0, safe.length() - 80));
    }
}
