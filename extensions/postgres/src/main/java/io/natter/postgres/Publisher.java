package io.natter.postgres;

import io.natter.cluster.MessageWriter;
import io.natter.host.RateLimitedLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Sends messages in order, on a thread of its own. Waiting messages go out in one statement.
/// PostgreSQL commits notifications one transaction after the other, so fewer transactions give
/// more messages.
///
/// A message whose statement failed is dropped and counted, never sent again: it may have been sent
/// before the connection was lost. A message that was not tried yet waits for the connection.
final class Publisher implements AutoCloseable {
    private static final int MAX_BATCH = 256;
    private static final long MAX_BATCH_BYTES = 1 << 20;
    private static final Duration IDLE = Duration.ofSeconds(1);

    /// A connection that was not used for so long is tried before it carries messages.
    private static final long FRESH_NANOS = Duration.ofMillis(500).toNanos();

    private static final int VALID_SECONDS = 5;

    /// Behind the last message.
    private static final OutgoingMessage END =
            new OutgoingMessage("", "", 0, new MessageWriter().build());

    private final RateLimitedLog log = new RateLimitedLog(PostgresAdapter.class);
    private final LinkedBlockingQueue<OutgoingMessage> queue = new LinkedBlockingQueue<>();
    private final AtomicLong waiting = new AtomicLong();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Backoff backoff = new Backoff();
    private final BusSettings settings;
    private final Statements statements;
    private final Consumer<Boolean> onState;
    private final Thread thread;

    /// Read by [#close], written by the thread.
    private volatile @Nullable Connection connection;

    // The thread's own.
    private long usedNanos;
    private long cleanedNanos;
    private boolean wasConnected = true;

    /// Starts the thread.
    ///
    /// @param onState told whether PostgreSQL takes messages, when that changes
    Publisher(BusSettings settings, Statements statements, Consumer<Boolean> onState) {
        this.settings = settings;
        this.statements = statements;
        this.onState = onState;
        this.cleanedNanos = System.nanoTime();
        thread =
                Thread.ofPlatform().name("natter-postgres-publisher").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// Puts a message into the queue, or drops and counts it where the queue is full. Any thread.
    void publish(OutgoingMessage message) {
        long held = message.heldBytes();
        if (waiting.addAndGet(held) > settings.maxWaitingBytes() || closing.getCount() == 0) {
            waiting.addAndGet(-held);
            settings.metrics().dropped.increment();
            return;
        }
        queue.add(message);
    }

    /// The bytes of messages that wait. Any thread.
    long waitingBytes() {
        return waiting.get();
    }

    private void run() {
        try {
            for (OutgoingMessage first = next(); !END.equals(first); first = next()) {
                if (first != null) {
                    send(batch(first));
                } else if (settings.connections().isPooled()) {
                    release();
                }
                cleanUp();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            release();
        }
    }

    private @Nullable OutgoingMessage next() throws InterruptedException {
        return queue.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// That message, and those behind it that can go with it.
    private List<OutgoingMessage> batch(OutgoingMessage first) {
        var batch = new ArrayList<OutgoingMessage>();
        batch.add(first);
        if (!isInline(first)) {
            return batch;
        }
        var texts = new HashSet<String>();
        texts.add(first.channel() + first.text());
        long bytes = first.message().length();
        OutgoingMessage next = queue.peek();
        while (next != null
                && !END.equals(next)
                && isInline(next)
                && texts.add(next.channel() + next.text())
                && batch.size() < MAX_BATCH
                && bytes < MAX_BATCH_BYTES) {
            batch.add(queue.remove());
            bytes += next.message().length();
            next = queue.peek();
        }
        return batch;
    }

    private boolean isInline(OutgoingMessage message) {
        return message.isInline(settings.wire().threshold());
    }

    private void send(List<OutgoingMessage> batch) throws InterruptedException {
        try {
            Connection open = connect();
            if (open == null) { // closed meanwhile
                settings.metrics().dropped.add(batch.size());
            } else if (isInline(batch.getFirst())) {
                statements.publish(open, batch);
                settings.metrics().published.add(batch.size());
            } else {
                statements.publishWithRow(open, batch.getFirst());
                settings.metrics().published.increment();
            }
        } catch (SQLException | RuntimeException e) {
            settings.metrics().dropped.add(batch.size());
            failed(batch.size(), e);
        } finally {
            usedNanos = System.nanoTime();
            waiting.addAndGet(-batch.stream().mapToLong(OutgoingMessage::heldBytes).sum());
        }
    }

    private void failed(int messages, Exception failure) {
        if (!(failure instanceof SQLException e && Statements.isRefusal(e))) {
            discard();
        }
        log.warn(
                "publish",
                "PostgreSQL did not take {} messages for other servers: {}",
                messages,
                failure.getMessage());
    }

    /// A connection that works, as soon as there is one; null when this is closed first.
    private @Nullable Connection connect() throws InterruptedException {
        while (true) {
            Connection open = connection;
            if (open != null && isAlive(open)) {
                return open;
            }
            discard();
            try {
                open = settings.connections().open();
                connection = open;
                backoff.reset();
                if (!wasConnected) {
                    wasConnected = true;
                    onState.accept(true);
                }
                return open;
            } catch (SQLException e) {
                if (wasConnected) {
                    wasConnected = false;
                    onState.accept(false);
                }
            }
            if (closing.await(backoff.next().toMillis(), TimeUnit.MILLISECONDS)) {
                return null;
            }
        }
    }

    private boolean isAlive(Connection open) {
        try {
            return System.nanoTime() - usedNanos < FRESH_NANOS || open.isValid(VALID_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }

    /// Deletes old rows of the attachment table, once in each interval.
    private void cleanUp() {
        Connection open = connection;
        if (System.nanoTime() - cleanedNanos < settings.cleanupInterval().toNanos()
                || open == null) {
            return;
        }
        cleanedNanos = System.nanoTime();
        try {
            statements.deleteRows(open, settings.cleanupInterval());
        } catch (SQLException e) {
            discard();
            log.warn(
                    "cleanup",
                    "Old rows of {} were not deleted: {}",
                    settings.wire().table(),
                    e.getMessage());
        }
    }

    /// Gives the connection back.
    private void release() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                Connections.abort(open);
            }
        }
    }

    /// Ends a connection that has failed.
    private void discard() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            Connections.abort(open);
        }
    }

    /// Sends what waits, for two seconds at most, and ends the thread.
    @Override
    public void close() {
        closing.countDown();
        queue.add(END);
        try {
            if (!thread.join(Duration.ofSeconds(2))) {
                Connection open = connection;
                if (open != null) {
                    Connections.abort(open);
                }
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
