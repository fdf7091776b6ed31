package io.natter.admin;

import io.natter.host.RateLimitedLog;
import io.natter.socketio.Namespace;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Sends to the admins what happens on this server, in order and on a thread of its own. Bounded:
/// so many messages wait, and so many events of clients go out in a second. Any thread; does not
/// block.
final class AdminFeed {
    private static final RateLimitedLog LOG = new RateLimitedLog(AdminUi.class);
    private static final int MAX_WAITING = 2_000;
    private static final long SECOND = 1_000_000_000L;

    private record Message(String name, Supplier<@Nullable Object[]> args) {}

    private final Namespace admins;
    private final Executor executor;
    private final int maxEventsPerSecond;
    private final LongSupplier nanoTime;
    private final Queue<Message> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicBoolean sending = new AtomicBoolean();
    private final LongAdder dropped = new LongAdder();
    private volatile boolean incomplete;
    private long second; // under its own lock
    private int events; // under its own lock

    /// @param executor runs one task at a time
    AdminFeed(Namespace admins, Executor executor, int maxEventsPerSecond, LongSupplier nanoTime) {
        this.admins = admins;
        this.executor = executor;
        this.maxEventsPerSecond = maxEventsPerSecond;
        this.nanoTime = nanoTime;
        second = nanoTime.getAsLong();
    }

    /// A socket or its rooms have changed.
    ///
    /// @param args called when it is sent
    void changed(String name, Supplier<@Nullable Object[]> args) {
        if (!offer(new Message(name, args))) {
            incomplete = true;
        }
    }

    /// A client has sent or got an event. Those above the limit are not shown.
    void event(String name, Supplier<@Nullable Object[]> args) {
        if (!admit() || !offer(new Message(name, args))) {
            dropped.increment();
        }
    }

    private synchronized boolean admit() {
        long now = nanoTime.getAsLong();
        if (now - second >= SECOND) {
            second = now;
            events = 0;
        }
        return ++events <= maxEventsPerSecond;
    }

    private boolean offer(Message message) {
        if (size.incrementAndGet() > MAX_WAITING) {
            size.decrementAndGet();
            return false;
        }
        waiting.add(message);
        if (sending.compareAndSet(false, true)) {
            executor.execute(this::sendAll);
        }
        return true;
    }

    private void sendAll() {
        do {
            for (Message next = waiting.poll(); next != null; next = waiting.poll()) {
                size.decrementAndGet();
                try {
                    admins.emit(next.name(), next.args().get());
                } catch (RuntimeException e) {
                    LOG.failure("admin event", "the Admin UI does not get a " + next.name(), e);
                }
            }
            sending.set(false);
        } while (!waiting.isEmpty() && sending.compareAndSet(false, true));
    }

    /// Whether changes were left out since the last call: then the admins need all sockets anew.
    boolean wasIncomplete() {
        boolean was = incomplete;
        incomplete = false;
        return was;
    }

    /// Events of clients that were not shown.
    long dropped() {
        return dropped.sum();
    }
}
