package io.natter.redis;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// This server's own messages until they come back with the stream. With recovery, they are
/// delivered here only then, so that events have the same order and offsets on all servers. While
/// Redis is away, they are delivered at once, without an offset.
///
/// All deliveries of a namespace pass through here, one after the other. Any thread.
final class OwnMessages {
    /// How often it is looked whether Redis is away, while there are messages.
    private static final Duration PERIOD = Duration.ofMillis(250);

    /// Redis is back when a message comes back as soon as this.
    private static final Duration SOON = Duration.ofSeconds(1);

    private static final int MOST = 10_000;

    private final Outbox outbox;
    private final BooleanSupplier connected;
    private final ScheduledExecutorService timers;
    private final Sequence deliveries = new Sequence();
    private final ArrayDeque<Own> unread = new ArrayDeque<>();
    private boolean away;
    private boolean watching;

    /// @param connected whether Redis can be reached
    OwnMessages(Outbox outbox, BooleanSupplier connected, ScheduledExecutorService timers) {
        this.outbox = outbox;
        this.connected = connected;
        this.timers = timers;
    }

    private static final class Own {
        final byte[] data;
        final Consumer<@Nullable String> delivery;
        final long since = System.nanoTime();
        boolean delivered;

        Own(byte[] data, Consumer<@Nullable String> delivery) {
            this.data = data;
            this.delivery = delivery;
        }

        boolean isOlderThan(Duration age) {
            return System.nanoTime() - since > age.toNanos();
        }
    }

    /// Adds a message to the stream.
    ///
    /// @param data the data of its entry
    /// @param delivery called once with its offset, or with null where it has none
    /// @param command adds it
    void send(
            byte[] data,
            Consumer<@Nullable String> delivery,
            Supplier<? extends CompletionStage<?>> command) {
        var own = new Own(data, delivery);
        boolean watch;
        synchronized (this) {
            if (unread.size() >= MOST) {
                deliverAll();
                unread.remove();
            }
            unread.add(own);
            outbox.enqueue(data.length, command, this::failed);
            if (away || !connected.getAsBoolean()) {
                deliverAll();
            }
            watch = !watching;
            watching = true;
        }
        outbox.drain();
        deliveries.run();
        if (watch) {
            watchLater();
        }
    }

    /// An entry of another server has come.
    void deliver(Runnable delivery) {
        deliveries.add(delivery);
        deliveries.run();
    }

    /// An entry of this server has come back. Equal messages stand for each other.
    void cameBack(byte[] data, String offset) {
        synchronized (this) {
            Own found = null;
            for (Own own : unread) {
                if (Arrays.equals(own.data, data)) {
                    found = own;
                    break;
                }
            }
            // Those before it have not reached the stream.
            while (found != null && unread.getFirst() != found) {
                deliver(unread.remove(), null);
            }
            if (found != null) {
                deliver(found, offset);
                unread.remove();
                away &= !connected.getAsBoolean() || found.isOlderThan(SOON);
            }
        }
        deliveries.run();
    }

    /// A message did not reach the stream, or it is not known whether it did.
    private void failed() {
        synchronized (this) {
            deliverAll();
        }
        deliveries.run();
    }

    private void watchLater() {
        var ignored = timers.schedule(this::watch, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void watch() {
        boolean again;
        synchronized (this) {
            if (!unread.isEmpty() && !connected.getAsBoolean()) {
                deliverAll();
            }
            again = !unread.isEmpty();
            watching = again;
        }
        deliveries.run();
        if (again) {
            watchLater();
        }
    }

    /// Whether messages were delivered here before they are in the stream: it does not tell then
    /// what a client has missed.
    synchronized boolean isAhead() {
        return !unread.isEmpty() && unread.getFirst().delivered;
    }

    private void deliverAll() {
        away = true;
        unread.forEach(own -> deliver(own, null));
    }

    private void deliver(Own own, @Nullable String offset) {
        if (!own.delivered) {
            own.delivered = true;
            deliveries.add(() -> own.delivery.accept(offset));
        }
    }
}
