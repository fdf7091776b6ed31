package io.natter.chat.store.sql.integration;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.RandomId;
import io.natter.chat.domain.integration.OutgoingWebhook;
import io.natter.chat.domain.integration.SigningSecret;
import io.natter.chat.domain.integration.WebhookEvent;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.Role;
import io.natter.chat.store.sql.AuditLog;
import io.natter.chat.store.sql.RoomAccess;
import io.natter.chat.store.sql.Rows;
import io.natter.chat.store.sql.Standing;
import io.natter.chat.store.sql.Write;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// Outgoing webhooks, which only owners see and change.
public final class OutgoingWebhooks {
    private OutgoingWebhooks() {}

    public static OutgoingWebhook.Made create(Write write, Person by, OutgoingWebhook.Wish wish) {
        Handle handle = write.handle();
        Person owner = Standing.atLeast(handle, by, Role.OWNER).person();
        if (Rows.count(handle, "SELECT count(*) FROM webhook") >= OutgoingWebhook.MOST) {
            throw ChatError.tooManyWebhooks(OutgoingWebhook.MOST).exception();
        }
        String id = RandomId.next();
        SigningSecret secret = SigningSecret.random();
        handle.execute(
                """
                INSERT INTO webhook (id, name, url, secret, events, created_by, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                id,
                wish.name(),
                wish.url(),
                secret.text(),
                wish.events().stream()
                        .map(WebhookEvent.Type::id)
                        .sorted()
                        .collect(Collectors.joining(" ")),
                owner.id(),
                write.now());
        for (String room : wish.rooms()) {
            if (!RoomAccess.open(handle, by, room).kind().named()) {
                throw ChatError.notAllowed().exception();
            }
            handle.execute(
                    "INSERT INTO webhook_room (webhook_id, room_id) VALUES (?, ?)", id, room);
        }
        note(write, "webhook", owner, wish.name());
        return new OutgoingWebhook.Made(one(handle, by, id), secret);
    }

    private static void note(Write write, String action, Person owner, String name) {
        AuditLog.add(write, action, owner, null, name);
    }

    public static boolean revoke(Write write, Person by, String id) {
        Handle handle = write.handle();
        Person owner = Standing.atLeast(handle, by, Role.OWNER).person();
        OutgoingWebhook webhook = one(handle, by, id);
        handle.execute("DELETE FROM webhook_delivery WHERE webhook_id = ?", id);
        handle.execute("DELETE FROM webhook_room WHERE webhook_id = ?", id);
        handle.execute("DELETE FROM webhook WHERE id = ?", id);
        note(write, "webhook_revoked", owner, webhook.name());
        return true;
    }

    /// Lets deliveries begin again after they were given up.
    public static boolean enable(Write write, Person by, String id) {
        Handle handle = write.handle();
        Person owner = Standing.atLeast(handle, by, Role.OWNER).person();
        OutgoingWebhook webhook = one(handle, by, id);
        handle.execute(
                """
                UPDATE webhook SET disabled_at = NULL, failures = 0, retry_at = 0,
                    failing_since = NULL, error = '' WHERE id = ?
                """,
                id);
        note(write, "webhook_enabled", owner, webhook.name());
        return true;
    }

    private static OutgoingWebhook one(Handle handle, Person by, String id) {
        return list(handle, by).stream()
                .filter(webhook -> webhook.id().equals(id))
                .findFirst()
                .orElseThrow(() -> ChatError.webhookUnknown().exception());
    }

    public static List<OutgoingWebhook> list(Handle handle, Person by) {
        Standing.atLeast(handle, by, Role.OWNER);
        return handle.createQuery(
                        """
                        SELECT w.*, coalesce(c.name, '') AS maker, (SELECT count(*)
                            FROM webhook_delivery d WHERE d.webhook_id = w.id) AS waiting
                        FROM webhook w LEFT JOIN person c ON c.id = w.created_by
                        ORDER BY w.created_at DESC, w.id
                        """)
                .map((row, _) -> webhook(row, rooms(handle, by, row.getString("id"))))
                .list();
    }

    private static OutgoingWebhook webhook(ResultSet row, List<OutgoingWebhook.Room> rooms)
            throws SQLException {
        return new OutgoingWebhook(
                row.getString("id"),
                row.getString("name"),
                row.getString("url"),
                events(row.getString("events")),
                rooms,
                row.getString("maker"),
                row.getLong("created_at"),
                row.getInt("waiting"),
                row.getLong("dropped"),
                Rows.longOrNull(row, "delivered_at"),
                Rows.longOrNull(row, "failing_since"),
                row.getString("error"),
                Rows.isSet(row, "disabled_at"));
    }

    static Set<WebhookEvent.Type> events(String stored) {
        Set<WebhookEvent.Type> events = EnumSet.noneOf(WebhookEvent.Type.class);
        Arrays.stream(stored.split(" ", -1))
                .forEach(id -> WebhookEvent.Type.find(id).ifPresent(events::add));
        return events;
    }

    private static List<OutgoingWebhook.Room> rooms(Handle handle, Person by, String webhook) {
        return handle.createQuery(
                        """
                        SELECT r.id, iif(r.kind = 'public' OR EXISTS (SELECT 1 FROM member v
                            WHERE v.room_id = r.id AND v.person_id = :viewer), r.name, '') AS name
                        FROM webhook_room x JOIN room r ON r.id = x.room_id
                        WHERE x.webhook_id = :webhook ORDER BY r.slug
                        """)
                .bind("viewer", by.id())
                .bind("webhook", webhook)
                .map(
                        (row, _) ->
                                new OutgoingWebhook.Room(
                                        row.getString("id"), row.getString("name")))
                .list();
    }
}
