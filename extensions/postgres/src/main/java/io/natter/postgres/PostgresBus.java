package io.natter.postgres;

import io.natter.cluster.ClusterMessage;
import io.natter.cluster.MessageWriter;
import io.natter.cluster.Messages;
import io.natter.host.Loggers;
import io.natter.host.RateLimitedLog;
import java.sql.SQLException;
import org.slf4j.Logger;

/// The way to the other servers of the cluster: a connection that publishes and one that listens.
/// One serves all namespaces. No method but the constructor and [#close] blocks.
final class PostgresBus implements AutoCloseable {
    private static final Logger LOG = Loggers.of(PostgresAdapter.class);

    private final RateLimitedLog log = new RateLimitedLog(PostgresAdapter.class);
    private final Wire wire;
    private final PostgresMetrics metrics;
    private final Publisher publisher;
    private final Subscriber subscriber;
    private final String wakeChannel = "natter-wake#" + Messages.randomId(8);
    private boolean publishing = true;
    private boolean listening = true;

    /// Connects, and blocks until it is done.
    ///
    /// @throws PostgresException if PostgreSQL cannot be reached or has no attachment table
    PostgresBus(BusSettings settings) {
        this.wire = settings.wire();
        this.metrics = settings.metrics();
        var statements = new Statements(wire.table());
        publisher = new Publisher(settings, statements, this::onPublishing);
        subscriber = new Subscriber(settings, statements, wakeChannel, this::onListening);
        try {
            PostgresSchema.check(settings.connections(), wire.table());
            subscriber.start();
        } catch (SQLException e) {
            throw new PostgresException("PostgreSQL cannot be used", e);
        }
        publisher.start();
        metrics.ask(publisher::waitingBytes, this::isConnected);
    }

    /// Sends a message to the other servers. It is dropped and counted if too many bytes wait, or
    /// if the name of the namespace does not fit into a channel.
    void publish(String namespace, ClusterMessage message) {
        String channel = wire.channel(namespace);
        if (!Wire.fits(channel)) {
            metrics.dropped.increment();
            return;
        }
        publisher.publish(
                new OutgoingMessage(
                        channel, String.valueOf(message.uid()), message.type(), message.write()));
    }

    /// Listens to the messages for a namespace.
    void listen(String namespace, Subscription subscription) {
        String channel = wire.channel(namespace);
        if (!Wire.fits(channel)) {
            log.warn(
                    "channel",
                    "A namespace stays on this server, because its channel has more than 63 bytes"
                            + " or a character that PostgreSQL refuses: {}",
                    RateLimitedLog.text(channel));
            return;
        }
        subscriber.add(channel, subscription);
        wake();
    }

    /// Ends a subscription of [#listen].
    void unlisten(String namespace, Subscription subscription) {
        subscriber.remove(wire.channel(namespace), subscription);
        wake();
    }

    private void wake() {
        publisher.publish(new OutgoingMessage(wakeChannel, "", 0, new MessageWriter().build()));
    }

    /// Whether messages come and go at the moment.
    synchronized boolean isConnected() {
        return publishing && listening;
    }

    private synchronized void onPublishing(boolean now) {
        boolean before = isConnected();
        publishing = now;
        changed(before);
    }

    private synchronized void onListening(boolean now) {
        boolean before = isConnected();
        listening = now;
        changed(before);
    }

    private void changed(boolean before) {
        if (before && !isConnected()) {
            LOG.warn(
                    "PostgreSQL cannot be reached: this server goes on alone until it is back."
                            + " Is it running, and is its address right?");
        } else if (!before && isConnected()) {
            LOG.info("PostgreSQL can be reached again: the servers of the cluster hear each other");
        }
    }

    @Override
    public void close() {
        subscriber.stop();
        wake();
        publisher.close();
        subscriber.close();
    }
}
