package io.natter.chat.store.archive;

import io.natter.chat.domain.VisibleText;
import io.natter.chat.store.StoreUnavailableException;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Writes what is stored of one person as one JSON file: name, account, passkeys, identities,
/// sessions, memberships, messages, reactions and entries of the audit log. Hashes of passwords and
/// tokens are left out.
public final class PersonExport {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /// The parts, each with its query; `:id` is the person's id.
    private static final Map<String, String> PARTS =
            Map.ofEntries(
                    Map.entry(
                            "person",
                            """
                    SELECT id, name, role, status, created_at, muted_until FROM person WHERE id = :id
                    """),
                    Map.entry(
                            "account",
                            "SELECT login_key, created_at, changed_at, language FROM account WHERE person_id = :id"),
                    Map.entry(
                            "passkeys",
                            "SELECT name, created_at, used_at FROM passkey WHERE person_id = :id"),
                    Map.entry(
                            "identities",
                            """
                    SELECT issuer, subject, label, created_at, used_at FROM identity WHERE person_id = :id
                    """),
                    Map.entry(
                            "sessions",
                            "SELECT label, address, created_at, used_at FROM session WHERE person_id = :id"),
                    Map.entry(
                            "memberships",
                            """
                    SELECT r.name, r.kind, m.read_seq, m.level FROM member m
                    JOIN room r ON r.id = m.room_id WHERE m.person_id = :id
                    """),
                    Map.entry(
                            "messages",
                            """
                    SELECT r.name AS room, m.seq, m.ts, m.body, m.edited_at, m.deleted_at, m.reply_to
                    FROM message m JOIN room r ON r.id = m.room_id WHERE m.sender_id = :id ORDER BY m.id
                    """),
                    Map.entry(
                            "earlier_texts",
                            """
                    SELECT r.name AS room, m.seq, e.ts, e.body FROM message_edit e
                    JOIN message m ON m.id = e.message_id JOIN room r ON r.id = m.room_id
                    WHERE m.sender_id = :id ORDER BY m.id, e.ver
                    """),
                    Map.entry(
                            "reactions",
                            """
                    SELECT r.name AS room, m.seq, x.emoji FROM reaction x
                    JOIN message m ON m.id = x.message_id JOIN room r ON r.id = m.room_id
                    WHERE x.person_id = :id
                    """),
                    Map.entry(
                            "saved",
                            """
                    SELECT r.name AS room, m.seq, s.saved_at, s.remind_at FROM saved s
                    JOIN message m ON m.id = s.message_id JOIN room r ON r.id = m.room_id
                    WHERE s.person_id = :id ORDER BY s.saved_at
                    """),
                    Map.entry(
                            "scheduled",
                            """
                    SELECT r.name AS room, s.body, s.reply_to, s.send_at, s.reason FROM scheduled s
                    JOIN room r ON r.id = s.room_id WHERE s.person_id = :id ORDER BY s.send_at
                    """),
                    Map.entry(
                            "picture",
                            "SELECT type, hex(content) AS hex FROM picture WHERE person_id = :id"),
                    Map.entry(
                            "sanctions",
                            "SELECT kind, address, ends_at, reason, created_at FROM sanction WHERE person_id = :id"),
                    Map.entry(
                            "audit",
                            """
                    SELECT at, action, actor_name, target_name, address, detail FROM audit
                    WHERE actor_id = :id OR target_id = :id ORDER BY id
                    """),
                    Map.entry(
                            "files",
                            """
                    SELECT name, size, type, alt, created_at, id AS file FROM file WHERE person_id = :id
                    ORDER BY created_at
                    """),
                    Map.entry(
                            "pins",
                            """
                    SELECT r.name AS room, m.seq FROM pin n
                    JOIN message m ON m.id = n.message_id JOIN room r ON r.id = m.room_id
                    WHERE n.person_id = :id
                    """),
                    Map.entry(
                            "invites",
                            """
                    SELECT created_at, expires_at, max_uses, used, revoked_at FROM invite
                    WHERE created_by = :id ORDER BY created_at
                    """),
                    Map.entry(
                            "rooms_created",
                            "SELECT name, kind, topic, created_at FROM room WHERE created_by = :id"),
                    Map.entry(
                            "push", "SELECT endpoint, created_at FROM push WHERE person_id = :id"));

    private PersonExport() {}

    /// Writes the file, whole or not at all.
    ///
    /// @param person a name or an id
    /// @throws BackupException if there is no such person, or the file cannot be written
    public static void write(Path data, String person, Path file)
            throws BackupException, StoreUnavailableException {
        Path target = file.toAbsolutePath().normalize();
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try (OpenDatabase database = OpenDatabase.in(data).requireCurrent()) {
            if (Files.exists(target)) {
                throw new BackupException(
                        "%s exists already. Choose another name.".formatted(target), null);
            }
            Files.deleteIfExists(part);
            database.handle().begin();
            write(database.handle(), id(database.handle(), person), part);
            database.handle().rollback();
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw BackupException.cannotWrite(target.toString(), e);
        } catch (JacksonIOException e) {
            throw BackupException.cannotWrite(target.toString(), e);
        }
    }

    private static String id(Handle handle, String person) throws BackupException {
        List<String> found =
                handle.createQuery("SELECT id FROM person WHERE id = :name OR name_key = :key")
                        .bind("name", person)
                        .bind("key", VisibleText.key(person))
                        .mapTo(String.class)
                        .list();
        if (found.isEmpty()) {
            throw new BackupException(
                    "There is nobody with this name. See natter-chat user list.", null);
        }
        return found.getFirst();
    }

    private static void write(Handle handle, String id, Path part) throws IOException {
        try (Writer out = Export.open(part);
                JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            for (String name : PARTS.keySet().stream().sorted().toList()) {
                json.writeArrayPropertyStart(name);
                try (var rows =
                        handle.createQuery(PARTS.get(name)).bind("id", id).mapToMap().stream()) {
                    rows.forEach(json::writePOJO);
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        }
    }
}
