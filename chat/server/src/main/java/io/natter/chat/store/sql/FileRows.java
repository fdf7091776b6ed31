package io.natter.chat.store.sql;

import io.natter.chat.domain.Bounds;
import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.RandomId;
import io.natter.chat.domain.file.MessageFile;
import io.natter.chat.domain.file.NewUpload;
import io.natter.chat.domain.file.SentFile;
import io.natter.chat.domain.person.Person;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The rows of files: uploads, and those of messages.
public final class FileRows {
    private static final String COLUMNS =
            "f.id, f.name, f.type, f.size, f.width, f.height, f.preview, f.alt";

    /// Belongs to no message, neither a sent nor a scheduled one.
    private static final String UNSENT = "message_id IS NULL AND scheduled IS NULL";

    private static final String SENDABLE =
            "id = ? AND person_id = ? AND type IS NOT NULL AND " + UNSENT;

    /// An upload that is never sent goes after an hour.
    private static final long UNSENT_MS = 3_600_000;

    private FileRows() {}

    /// An upload, as the database has it.
    ///
    /// @param file null until it is complete
    public record Row(String id, String name, long size, @Nullable MessageFile file) {}

    /// Finds the upload with this token, or makes it.
    public static Row begin(Write write, Person person, NewUpload upload) {
        Handle handle = write.handle();
        Optional<Row> known =
                find(handle, "person_id = ? AND token = ?", person.id(), upload.token());
        if (known.isPresent()) {
            return known.get();
        }
        Standing.writer(write, person);
        long used =
                handle.createQuery(
                                "SELECT coalesce(sum(coalesce(stored, size)), 0) FROM file WHERE person_id = ?")
                        .bind(0, person.id())
                        .mapTo(Long.class)
                        .one();
        if (used + upload.size() > Bounds.FILES_OF_PERSON) {
            throw ChatError.quota().exception();
        }
        String id = RandomId.next();
        handle.execute(
                "INSERT INTO file (id, person_id, token, name, size, created_at) VALUES (?, ?, ?, ?, ?, ?)",
                id,
                person.id(),
                upload.token(),
                upload.name(),
                upload.size(),
                write.now());
        return new Row(id, upload.name(), upload.size(), null);
    }

    /// A person's own upload.
    ///
    /// @throws io.natter.chat.domain.ChatException with `file_unknown`
    public static Row own(Handle handle, Person person, String id) {
        return find(handle, "person_id = ? AND id = ?", person.id(), id)
                .orElseThrow(() -> ChatError.fileUnknown().exception());
    }

    private static Optional<Row> find(Handle handle, String where, String person, String other) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM file f WHERE " + where)
                .bind(0, person)
                .bind(1, other)
                .map(
                        (row, _) ->
                                new Row(
                                        row.getString("id"),
                                        row.getString("name"),
                                        row.getLong("size"),
                                        Rows.isSet(row, "type") ? file(row) : null))
                .findOne();
    }

    /// An upload whose bytes were checked.
    ///
    /// @param stored bytes on the disk
    /// @throws io.natter.chat.domain.ChatException with `file_unknown`
    public static MessageFile complete(Write write, MessageFile file, long stored) {
        int changed =
                write.handle()
                        .execute(
                                """
                                UPDATE file SET name = ?, type = ?, size = ?, width = ?, height = ?, preview = ?, stored = ?
                                WHERE id = ? AND message_id IS NULL
                                """,
                                file.name(),
                                file.type(),
                                file.size(),
                                file.width(),
                                file.height(),
                                file.preview() != null,
                                stored,
                                file.id());
        if (changed == 0) {
            throw ChatError.fileUnknown().exception();
        }
        return file;
    }

    /// Gives complete uploads of the sender to a message, in this order.
    ///
    /// @throws io.natter.chat.domain.ChatException with `file_unknown`
    static void attach(Handle handle, Person sender, long message, List<SentFile> files) {
        give(handle, sender, "message_id", message, files);
    }

    /// Keeps complete uploads of the sender for a scheduled message, in this order.
    ///
    /// @throws io.natter.chat.domain.ChatException with `file_unknown`
    public static void hold(Handle handle, Person sender, String cmid, List<SentFile> files) {
        give(handle, sender, "scheduled", cmid, files);
    }

    private static void give(
            Handle handle, Person sender, String column, Object owner, List<SentFile> files) {
        String update =
                "UPDATE file SET %s = ?, place = ?, alt = ? WHERE %s".formatted(column, SENDABLE);
        for (int place = 0; place < files.size(); place++) {
            SentFile file = files.get(place);
            if (handle.execute(update, owner, place, file.alt(), file.id(), sender.id()) == 0) {
                throw ChatError.fileUnknown().exception();
            }
        }
    }

    /// The files of a scheduled message are uploads again. Their hour begins anew, so that the
    /// person can take the cancellation back.
    public static void release(Write write, String sender, String cmid) {
        write.handle()
                .execute(
                        """
                        UPDATE file SET scheduled = NULL, created_at = ?
                        WHERE person_id = ? AND scheduled = ?
                        """,
                        write.now(),
                        sender,
                        cmid);
    }

    /// The files of the scheduled messages of a person, by the ids of these messages.
    public static Map<String, List<MessageFile>> scheduled(Handle handle, String person) {
        return byOwner(
                handle,
                "scheduled",
                "f.person_id = ? AND f.scheduled IS NOT NULL",
                person,
                row -> row.getString("scheduled"));
    }

    /// The files of messages, by the ids of the messages.
    static Map<Long, List<MessageFile>> of(Handle handle, String messages) {
        return byOwner(
                handle,
                "message_id",
                "f.message_id IN (SELECT value FROM json_each(?))",
                messages,
                row -> row.getLong("message_id"));
    }

    private interface Owner<K> {
        K of(ResultSet row) throws SQLException;
    }

    private static <K> Map<K, List<MessageFile>> byOwner(
            Handle handle, String column, String condition, String value, Owner<K> owner) {
        Map<K, List<MessageFile>> files = new HashMap<>();
        handle.createQuery(
                        "SELECT f.%s, %s FROM file f WHERE %s ORDER BY f.place"
                                .formatted(column, COLUMNS, condition))
                .bind(0, value)
                .map(
                        (row, _) ->
                                files.computeIfAbsent(owner.of(row), _ -> new ArrayList<>())
                                        .add(file(row)))
                .list();
        return files;
    }

    /// A complete file that the person may read: of a message in a room that the person sees, or an
    /// own one that was not sent yet.
    ///
    /// @throws io.natter.chat.domain.ChatException with `file_unknown`
    public static MessageFile readable(Handle handle, Person person, String id) {
        return handle.createQuery(
                        "SELECT "
                                + COLUMNS
                                + """
                                 FROM file f WHERE f.id = :id AND f.type IS NOT NULL
                                AND CASE WHEN f.message_id IS NULL THEN f.person_id = :person ELSE EXISTS (
                                    SELECT 1 FROM message m JOIN member b ON b.room_id = m.room_id
                                    WHERE m.id = f.message_id AND b.person_id = :person AND b.hidden = 0) END
                                """)
                .bind("id", id)
                .bind("person", person.id())
                .map((row, _) -> file(row))
                .findOne()
                .orElseThrow(() -> ChatError.fileUnknown().exception());
    }

    /// Removes an own upload that was not sent.
    public static boolean cancel(Handle handle, Person person, String id) {
        return handle.execute(
                        "DELETE FROM file WHERE id = ? AND person_id = ? AND " + UNSENT,
                        id,
                        person.id())
                > 0;
    }

    /// Removes uploads that were not sent in time.
    ///
    /// @return the ids whose bytes nobody may read any more
    public static List<String> trash(Write write) {
        write.handle()
                .execute(
                        "DELETE FROM file WHERE created_at <= ? AND " + UNSENT,
                        write.now() - UNSENT_MS);
        return write.handle()
                .createQuery("SELECT id FROM file_trash LIMIT 1000")
                .mapTo(String.class)
                .list();
    }

    /// The bytes of these files are gone.
    public static boolean removed(Handle handle, List<String> ids) {
        return handle.execute(
                        "DELETE FROM file_trash WHERE id IN (SELECT value FROM json_each(?))",
                        Rows.json(ids))
                > 0;
    }

    private static MessageFile file(ResultSet row) throws SQLException {
        String alt = row.getString("alt");
        boolean image = Rows.isSet(row, "width");
        return new MessageFile(
                row.getString("id"),
                row.getString("name"),
                row.getString("type"),
                row.getLong("size"),
                image ? row.getInt("width") : null,
                image ? row.getInt("height") : null,
                row.getBoolean("preview") ? true : null,
                alt.isEmpty() ? null : alt);
    }
}
