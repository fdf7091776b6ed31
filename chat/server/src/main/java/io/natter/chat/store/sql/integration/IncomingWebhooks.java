package io.natter.chat.store.sql.integration;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.integration.IncomingWebhook;
import io.natter.chat.domain.integration.Secret;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.PersonName;
import io.natter.chat.domain.person.Role;
import io.natter.chat.store.sql.AuditLog;
import io.natter.chat.store.sql.Members;
import io.natter.chat.store.sql.RoomAccess;
import io.natter.chat.store.sql.Rows;
import io.natter.chat.store.sql.Standing;
import io.natter.chat.store.sql.Used;
import io.natter.chat.store.sql.Write;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Incoming webhooks: bots that write into one room.
public final class IncomingWebhooks {
    private static final String SELECT =
            """
            SELECT p.id, p.name, p.hue, p.picture, b.room_id, b.created_at, b.used_at,
                coalesce(c.name, '') AS maker, iif(r.kind = 'public' OR EXISTS (
                    SELECT 1 FROM member v WHERE v.room_id = r.id AND v.person_id = :viewer),
                    r.name, '') AS room_name
            FROM bot b JOIN person p ON p.id = b.person_id JOIN room r ON r.id = b.room_id
                LEFT JOIN person c ON c.id = b.created_by
            WHERE b.token IS NOT NULL AND
            """;

    private IncomingWebhooks() {}

    public static IncomingWebhook.Made create(
            Write write, Person by, String room, PersonName name) {
        Handle handle = write.handle();
        Person maker = Standing.atLeast(handle, by, Role.MODERATOR).person();
        RoomAccess access = RoomAccess.open(handle, by, room);
        if (!access.kind().named()) {
            throw ChatError.notAllowed().exception();
        }
        String open = "SELECT count(*) FROM bot WHERE room_id IS NOT NULL AND token IS NOT NULL";
        if (Rows.count(handle, open) >= IncomingWebhook.MOST) {
            throw ChatError.tooManyWebhooks(IncomingWebhook.MOST).exception();
        }
        Person person = Bots.insertPerson(write, name);
        Members.add(handle, room, person.id(), false);
        Secret secret = Secret.ofWebhook();
        Bots.insert(write, person, room, secret, maker);
        AuditLog.add(write, "webhook", maker, person, room, null, "incoming");
        Standing.publish(write, person.id());
        return new IncomingWebhook.Made(one(handle, by, person.id()), secret);
    }

    private static IncomingWebhook one(Handle handle, Person viewer, String id) {
        return handle.createQuery(SELECT + " p.id = :id")
                .bind("viewer", viewer.id())
                .bind("id", id)
                .map((row, _) -> webhook(row))
                .findOne()
                .orElseThrow(() -> ChatError.webhookUnknown().exception());
    }

    private static IncomingWebhook webhook(ResultSet row) throws SQLException {
        return new IncomingWebhook(
                Rows.person(row, ""),
                row.getString("room_id"),
                row.getString("room_name"),
                row.getString("maker"),
                row.getLong("created_at"),
                Rows.longOrNull(row, "used_at"));
    }

    public static List<IncomingWebhook> list(Handle handle, Person by) {
        Standing.atLeast(handle, by, Role.MODERATOR);
        return handle.createQuery(SELECT + " 1 ORDER BY b.created_at DESC, p.hue DESC")
                .bind("viewer", by.id())
                .map((row, _) -> webhook(row))
                .list();
    }

    /// Its messages stay; its name can be had again.
    public static boolean revoke(Write write, Person by, String id) {
        Handle handle = write.handle();
        Person moderator = Standing.atLeast(handle, by, Role.MODERATOR).person();
        IncomingWebhook webhook = one(handle, by, id);
        handle.execute("UPDATE bot SET token = NULL WHERE person_id = ?", id);
        handle.execute("DELETE FROM member WHERE person_id = ?", id);
        handle.execute("UPDATE person SET name_key = NULL, skeleton = NULL WHERE id = ?", id);
        AuditLog.add(
                write,
                "webhook_revoked",
                moderator,
                webhook.person(),
                webhook.room(),
                null,
                "incoming");
        return true;
    }

    public static Optional<Used<IncomingWebhook>> find(Handle handle, Secret secret, long now) {
        return handle.createQuery(SELECT + " b.token = :token AND " + Standing.NOT_BANNED)
                .bind("viewer", "")
                .bind("token", secret.hash())
                .map((row, _) -> Used.of(webhook(row), row, now))
                .findOne();
    }
}
