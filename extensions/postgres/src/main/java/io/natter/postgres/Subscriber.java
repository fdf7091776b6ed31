package io.natter.postgres;

import io.natter.host.Loggers;
import io.natter.host.RateLimitedLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;

/// Listens to channels on a connection and a thread of its own, and opens the connection again when
/// it is lost.
final class Subscriber implements AutoCloseable {
    private static final Logger LOG = Loggers.of(PostgresAdapter.class);

    /// How long a new channel may wait if the notification that wakes the thread does not come.
    private static final int POLL_MILLIS = 1_000;

    /// Every server sends a heartbeat more often, and gets its own.
    private static final long SILENCE_NANOS = Duration.ofSeconds(10).toNanos();

    private static final int VALID_SECONDS = 5;

    private final Map<String, Subscription> wanted = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Backoff backoff = new Backoff();
    private final Connections connections;
    private final String wakeChannel;
    private final IncomingMessages incoming;
    private final PostgresMetrics metrics;
    private final Consumer<Boolean> onState;
    private final Thread thread;
    private final RateLimitedLog log = new RateLimitedLog(PostgresAdapter.class);

    /// Read by [#close], written by the thread.
    private volatile @Nullable Connection connection;

    /// The channels that the connection listens to, with their subscriptions; the thread's own.
    private final Map<String, Subscription> listening = new HashMap<>();

    /// @param wakeChannel a notification on it lets the thread look for new channels
    /// @param onState told whether messages can come, when that changes
    Subscriber(
            BusSettings settings,
            Statements statements,
            String wakeChannel,
            Consumer<Boolean> onState) {
        this.connections = settings.connections();
        this.metrics = settings.metrics();
        this.wakeChannel = wakeChannel;
        this.incoming = new IncomingMessages(statements, metrics);
        this.onState = onState;
        thread = Thread.ofPlatform().name("natter-postgres-listener").daemon().unstarted(this::run);
    }

    /// Opens the first connection, and starts the thread.
    ///
    /// @throws SQLException if PostgreSQL cannot be reached
    void start() throws SQLException {
        connection = open();
        thread.start();
    }

    /// Listens to a channel, soon. Any thread.
    void add(String channel, Subscription subscription) {
        wanted.put(channel, subscription);
    }

    /// Ends a subscription, soon. Any thread.
    void remove(String channel, Subscription subscription) {
        wanted.remove(channel, subscription);
    }

    private Connection open() throws SQLException {
        Connection open = connections.open();
        try {
            listen(open, "LISTEN ", wakeChannel);
            return open;
        } catch (SQLException e) {
            Connections.abort(open);
            throw e;
        }
    }

    private void run() {
        try {
            while (closing.getCount() > 0) {
                try {
                    Connection open = connection;
                    if (open == null) {
                        open = open();
                        connection = open;
                        metrics.reconnects.increment();
                    }
                    hear(open);
                } catch (SQLException e) {
                    lost(e);
                }
                if (closing.getCount() > 0) {
                    boolean ignored =
                            closing.await(backoff.next().toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            release();
        }
    }

    private void lost(SQLException failure) {
        discard();
        listening.clear();
        if (closing.getCount() > 0) {
            onState.accept(false);
            LOG.debug("The connection that listens to PostgreSQL failed: {}", failure.toString());
        }
    }

    /// Takes messages until the connection fails or this is closed.
    private void hear(Connection open) throws SQLException {
        PGConnection driver = open.unwrap(PGConnection.class);
        boolean announced = false;
        long heard = System.nanoTime();
        while (closing.getCount() > 0) {
            update(open);
            if (!announced) {
                announced = true;
                backoff.reset();
                onState.accept(true);
            }
            PGNotification[] notifications = driver.getNotifications(POLL_MILLIS);
            if (notifications != null && notifications.length > 0) {
                heard = System.nanoTime();
                incoming.take(List.of(notifications), open, wanted);
            } else if (System.nanoTime() - heard > SILENCE_NANOS) {
                if (!open.isValid(VALID_SECONDS)) {
                    throw new SQLException("PostgreSQL does not answer");
                }
                heard = System.nanoTime();
            }
        }
    }

    /// Listens to the channels that were added, and to those removed no more.
    private void update(Connection open) throws SQLException {
        for (var entry : wanted.entrySet()) {
            String channel = entry.getKey();
            Subscription subscription = entry.getValue();
            Subscription known = listening.get(channel);
            if (known == null) {
                listen(open, "LISTEN ", channel);
            }
            if (!subscription.equals(known)) {
                listening.put(channel, subscription);
                announce(subscription);
            }
        }
        for (var channels = listening.keySet().iterator(); channels.hasNext(); ) {
            String channel = channels.next();
            if (!wanted.containsKey(channel)) {
                channels.remove();
                listen(open, "UNLISTEN ", channel);
            }
        }
    }

    private void announce(Subscription subscription) {
        try {
            subscription.onListening();
        } catch (RuntimeException e) {
            log.failure("listening", "A namespace could not say that it listens", e);
        }
    }

    private static void listen(Connection open, String command, String channel)
            throws SQLException {
        try (var statement = open.createStatement()) {
            statement.execute(command + Wire.identifier(channel));
        }
    }

    private void discard() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            Connections.abort(open);
        }
    }

    /// Gives the connection back as it came.
    private void release() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try (open;
                    var statement = open.createStatement()) {
                statement.execute("UNLISTEN *");
                // The driver keeps what has come until it is taken.
                PGNotification[] late = open.unwrap(PGConnection.class).getNotifications();
                LOG.debug("{} notifications were not heard", late == null ? 0 : late.length);
            } catch (SQLException e) {
                Connections.abort(open);
            }
        }
    }

    /// Ends the thread at its next notification, or within a second.
    void stop() {
        closing.countDown();
    }

    @Override
    public void close() {
        stop();
        try {
            if (!thread.join(Duration.ofSeconds(2))) {
                discard();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
