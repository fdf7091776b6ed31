package io.natter.chat.store.sql.integration;

import io.natter.chat.domain.integration.Delivery;
import io.natter.chat.domain.integration.SigningSecret;
import io.natter.chat.store.sql.AuditLog;
import io.natter.chat.store.sql.Rows;
import io.natter.chat.store.sql.Write;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The deliveries that wait. After a failure the whole webhook waits, and then begins with the
/// delivery that failed least: one that is never taken does not hold up the others for long. Times
/// are milliseconds since 1970.
public final class Deliveries {
    private static final int MAX_ERROR = 200;

    private Deliveries() {}

    private record State(String name, int failures, @Nullable Long failingSince) {}

    /// The webhooks for which something may be delivered now.
    public static List<String> due(Handle handle, long now) {
        return handle.createQuery(
                        """
                        SELECT w.id FROM webhook w
                        WHERE w.disabled_at IS NULL AND w.retry_at <= :now AND EXISTS (
                            SELECT 1 FROM webhook_delivery d
                            WHERE d.webhook_id = w.id AND d.next_at <= :now)
                        """)
                .bind("now", now)
                .mapTo(String.class)
                .list();
    }

    public static Optional<Delivery> next(Handle handle, String webhook, long now) {
        return handle.createQuery(
                        """
                        SELECT d.id, d.webhook_id, w.url, w.secret, d.message_id, d.body, d.attempts
                        FROM webhook w JOIN webhook_delivery d ON d.webhook_id = w.id
                        WHERE w.id = :webhook AND w.disabled_at IS NULL AND w.retry_at <= :now
                            AND d.next_at <= :now
                        ORDER BY d.attempts, d.id LIMIT 1
                        """)
                .bind("webhook", webhook)
                .bind("now", now)
                .map(
                        (row, _) ->
                                new Delivery(
                                        row.getLong("id"),
                                        row.getString("webhook_id"),
                                        row.getString("url"),
                                        SigningSecret.of(row.getString("secret")),
                                        row.getString("message_id"),
                                        row.getString("body"),
                                        row.getInt("attempts")))
                .findOne();
    }

    public static boolean delivered(Write write, Delivery delivery) {
        write.handle().execute("DELETE FROM webhook_delivery WHERE id = ?", delivery.id());
        return write.handle()
                        .execute(
                                """
                                UPDATE webhook SET failures = 0, failing_since = NULL, error = '',
                                    delivered_at = ? WHERE id = ?
                                """,
                                write.now(),
                                delivery.webhook())
                > 0;
    }

    /// Notes that a delivery failed.
    ///
    /// @return whether the webhook is disabled now
    public static boolean failed(Write write, Delivery delivery, String error, boolean gone) {
        Handle handle = write.handle();
        Optional<State> found = state(handle, delivery.webhook());
        if (found.isEmpty()) {
            return false; // removed meanwhile
        }
        State state = found.get();
        int failures = state.failures() + 1;
        long since = state.failingSince() == null ? write.now() : state.failingSince();
        handle.execute(
                "UPDATE webhook SET failures = ?, retry_at = ?, failing_since = ?, error = ? WHERE id = ?",
                failures,
                write.now() + Delivery.waitMs(failures),
                since,
                error.length() > MAX_ERROR ? error.substring(0, MAX_ERROR) : error,
                delivery.webhook());
        if (gone || write.now() - since >= Delivery.PATIENCE.toMillis()) {
            disable(write, delivery.webhook(), state.name());
            return true;
        }
        int attempts = delivery.attempts() + 1;
        if (attempts >= Delivery.MAX_ATTEMPTS) {
            handle.execute("DELETE FROM webhook_delivery WHERE id = ?", delivery.id());
            handle.execute(
                    "UPDATE webhook SET dropped = dropped + 1 WHERE id = ?", delivery.webhook());
        } else {
            handle.execute(
                    "UPDATE webhook_delivery SET attempts = ?, next_at = ? WHERE id = ?",
                    attempts,
                    write.now() + Delivery.waitMs(attempts),
                    delivery.id());
        }
        return false;
    }

    private static Optional<State> state(Handle handle, String webhook) {
        return handle.createQuery("SELECT name, failures, failing_since FROM webhook WHERE id = ?")
                .bind(0, webhook)
                .map(
                        (row, _) ->
                                new State(
                                        row.getString("name"),
                                        row.getInt("failures"),
                                        Rows.longOrNull(row, "failing_since")))
                .findOne();
    }

    private static void disable(Write write, String webhook, String name) {
        Handle handle = write.handle();
        int left = handle.execute("DELETE FROM webhook_delivery WHERE webhook_id = ?", webhook);
        handle.execute(
                "UPDATE webhook SET disabled_at = ?, dropped = dropped + ? WHERE id = ?",
                write.now(),
                left,
                webhook);
        AuditLog.add(write, "webhook_disabled", null, null, name);
    }
}
