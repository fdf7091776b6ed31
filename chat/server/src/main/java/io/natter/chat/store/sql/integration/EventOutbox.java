package io.natter.chat.store.sql.integration;

import io.natter.chat.domain.RandomId;
import io.natter.chat.domain.integration.OutgoingWebhook;
import io.natter.chat.domain.integration.WebhookEvent;
import io.natter.chat.domain.store.Change;
import io.natter.chat.domain.store.EventFormat;
import io.natter.chat.store.sql.Rows;
import io.natter.chat.store.sql.Standing;
import io.natter.chat.store.sql.Write;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Stores the events for outgoing webhooks in the transaction of the change itself, so none is lost
/// in a crash. A change in a room without a webhook costs a look into a set.
public final class EventOutbox {
    /// Written on the writing thread; too large at most, which costs a query.
    private volatile Set<String> rooms = Set.of();

    private volatile EventFormat format = (_, _, _) -> Optional.empty();

    private record Receiver(String id, Set<WebhookEvent.Type> events) {}

    public void format(EventFormat made) {
        format = made;
    }

    /// Whether any room has a webhook.
    public boolean any() {
        return !rooms.isEmpty();
    }

    /// Reads the rooms that have webhooks.
    public boolean reload(Handle handle) {
        rooms =
                Set.copyOf(
                        handle.createQuery(
                                        """
                                        SELECT DISTINCT x.room_id FROM webhook_room x
                                        JOIN webhook w ON w.id = x.webhook_id
                                        WHERE w.disabled_at IS NULL
                                        """)
                                .mapTo(String.class)
                                .list());
        return true;
    }

    /// Stores the events of a write.
    public void record(Write write) {
        if (rooms.isEmpty()) {
            return;
        }
        for (Change change : write.changes()) {
            String room = room(change);
            if (room != null && rooms.contains(room)) {
                format.of(change, write.now(), id -> Standing.of(write.handle(), id).person())
                        .ifPresent(event -> store(write, event));
            }
        }
    }

    private static @Nullable String room(Change change) {
        return switch (change) {
            case Change.OfMessage message -> message.message().room();
            case Change.RoomChanged changed -> changed.entered() ? changed.room() : null;
            default -> null;
        };
    }

    private static void store(Write write, WebhookEvent event) {
        Handle handle = write.handle();
        for (Receiver receiver : receivers(handle, event.room())) {
            if (!receiver.events().contains(event.type())) {
                continue;
            }
            String waiting = "SELECT count(*) FROM webhook_delivery WHERE webhook_id = ?";
            if (Rows.count(handle, waiting, receiver.id()) >= OutgoingWebhook.MAX_WAITING) {
                handle.execute(
                        "UPDATE webhook SET dropped = dropped + 1 WHERE id = ?", receiver.id());
                continue;
            }
            handle.execute(
                    """
                    INSERT INTO webhook_delivery (webhook_id, message_id, body, created_at, next_at)
                    VALUES (?, ?, ?, ?, ?)
                    """,
                    receiver.id(),
                    "msg_" + RandomId.next(),
                    event.json(),
                    write.now(),
                    write.now());
        }
    }

    private static List<Receiver> receivers(Handle handle, String room) {
        return handle.createQuery(
                        """
                        SELECT w.id, w.events FROM webhook_room x JOIN webhook w ON w.id = x.webhook_id
                        WHERE x.room_id = ? AND w.disabled_at IS NULL
                        """)
                .bind(0, room)
                .map(
                        (row, _) ->
                                new Receiver(
                                        row.getString("id"),
                                        OutgoingWebhooks.events(row.getString("events"))))
                .list();
    }
}
