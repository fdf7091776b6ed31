package io.natter.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.cluster.MessageReader;
import io.natter.host.RateLimitedLog;
import io.natter.protocol.Payload;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGNotification;

/// Reads notifications, and the rows that they name, and hands the messages to their namespaces in
/// the order in which they came. For the thread of the [Subscriber].
final class IncomingMessages {
    /// So many rows are in memory at a time.
    private static final int SLICE = 16;

    private final RateLimitedLog log = new RateLimitedLog(PostgresAdapter.class);
    private final Statements statements;
    private final PostgresMetrics metrics;

    IncomingMessages(Statements statements, PostgresMetrics metrics) {
        this.statements = statements;
        this.metrics = metrics;
    }

    /// A notification that concerns this server.
    ///
    /// @param row the id of a row that has the message, or null where it is complete
    private record Arrival(Subscription to, Payload message, @Nullable Long row) {}

    /// Handles notifications. Their namespaces are found by the channel: the emitter of npm names
    /// none in the message.
    ///
    /// @throws SQLException if rows cannot be read, because the connection is lost
    void take(
            List<PGNotification> notifications,
            Connection connection,
            Map<String, Subscription> subscriptions)
            throws SQLException {
        for (int from = 0; from < notifications.size(); from += SLICE) {
            int to = Math.min(notifications.size(), from + SLICE);
            var arrivals = new ArrayList<Arrival>(to - from);
            for (PGNotification notification : notifications.subList(from, to)) {
                Subscription subscription = subscriptions.get(notification.getName());
                Arrival arrival = subscription == null ? null : read(notification, subscription);
                if (arrival != null) {
                    arrivals.add(arrival);
                }
            }
            deliver(arrivals, connection);
        }
    }

    /// The message of a notification, or null for this server's own and for malformed ones.
    private @Nullable Arrival read(PGNotification notification, Subscription subscription) {
        try {
            byte[] text = notification.getParameter().getBytes(UTF_8);
            Payload message = MessageReader.message(text);
            if (subscription.ownUid().equals(MessageReader.text(message, "uid"))) {
                return null;
            }
            String row = MessageReader.text(message, "attachmentId");
            return new Arrival(subscription, message, row == null ? null : Long.valueOf(row));
        } catch (RuntimeException e) {
            malformed(e);
            return null;
        }
    }

    private void deliver(List<Arrival> arrivals, Connection connection) throws SQLException {
        List<Long> ids = arrivals.stream().map(Arrival::row).filter(Objects::nonNull).toList();
        Map<Long, byte[]> rows = ids.isEmpty() ? Map.of() : rows(connection, ids);
        for (Arrival arrival : arrivals) {
            metrics.received.increment();
            byte[] row = arrival.row() == null ? null : rows.get(arrival.row());
            if (arrival.row() != null && row == null) {
                metrics.attachmentsMissing.increment();
            } else {
                deliver(arrival, row);
            }
        }
    }

    /// Without rows where PostgreSQL refuses them, as when a right is missing: the connection is
    /// good.
    private Map<Long, byte[]> rows(Connection connection, List<Long> ids) throws SQLException {
        try {
            return statements.rows(connection, ids);
        } catch (SQLException e) {
            if (!Statements.isRefusal(e)) {
                throw e;
            }
            log.warn("rows", "Rows of the attachment table were not read: {}", e.getMessage());
            return Map.of();
        }
    }

    /// The connection goes on when the handling of a message fails.
    private void deliver(Arrival arrival, byte @Nullable [] row) {
        try {
            arrival.to().onMessage(row == null ? arrival.message() : MessageReader.message(row));
        } catch (IllegalArgumentException e) {
            malformed(e);
        } catch (RuntimeException e) {
            log.failure("message", "A message from PostgreSQL was not handled", e);
        }
    }

    private void malformed(RuntimeException reason) {
        metrics.malformed.increment();
        log.warn(
                "malformed",
                "A message from PostgreSQL was not read: {}",
                RateLimitedLog.text(reason.getMessage()));
    }
}
