package io.natter.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.natter.host.Loggers;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// Whether Redis can be reached: no connection to it is lost, and it answers a PING each second.
/// While the connection for commands is lost, the outbox holds them.
final class RedisHealth implements RedisConnectionStateListener {
    private static final Logger LOG = Loggers.of(RedisAdapter.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);

    /// Without an answer for so long, Redis counts as away.
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Outbox outbox;
    private final Supplier<? extends CompletionStage<?>> ping;
    private final @Nullable Object commands;
    private final ScheduledExecutorService timers;
    private final List<Runnable> whenConnected = new CopyOnWriteArrayList<>();
    private final Set<Object> lost = ConcurrentHashMap.newKeySet();
    private volatile boolean silent;
    private volatile boolean closed;
    private boolean asked;
    private long askedAt;
    private boolean connected = true;

    /// @param commands the connection for commands, which Lettuce connects again; null with a Redis
    ///   Cluster, where there are many
    RedisHealth(
            Outbox outbox,
            Supplier<? extends CompletionStage<?>> ping,
            @Nullable Object commands,
            ScheduledExecutorService timers) {
        this.outbox = outbox;
        this.ping = ping;
        this.commands = commands;
        this.timers = timers;
        var ignored =
                timers.scheduleWithFixedDelay(
                        this::check, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Runs `task` on the timer's thread when Redis is back, and then each second while it can be
    /// reached.
    void whenConnected(Runnable task) {
        whenConnected.add(task);
    }

    private void tell() {
        if (isConnected() && !closed) {
            whenConnected.forEach(Runnable::run);
        }
    }

    boolean isConnected() {
        return lost.isEmpty() && !silent;
    }

    void close() {
        closed = true;
    }

    @Override
    public void onRedisConnected(RedisChannelHandler<?, ?> connection, SocketAddress address) {
        lost.remove(connection);
        report();
    }

    @Override
    public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
        if (closed) {
            return;
        }
        if (commands == null) {
            outbox.lost();
            return; // connections to the nodes of a Redis Cluster come and go
        }
        boolean isOfOutbox = connection.equals(commands);
        if (isOfOutbox) {
            outbox.lost();
        }
        lost.add(connection);
        report();
        if (isOfOutbox) {
            outbox.pause();
            ask();
        }
    }

    private void check() {
        synchronized (this) {
            if (asked && System.nanoTime() - askedAt > PATIENCE.toNanos()) {
                silent = true;
            }
        }
        report();
        ask();
        tell();
    }

    /// Asks Redis whether it is there. Lettuce sends this when it has connected again, and before
    /// anything that waits in the outbox.
    private void ask() {
        synchronized (this) {
            if (asked || closed) {
                return;
            }
            asked = true;
            askedAt = System.nanoTime();
        }
        try {
            var ignored = ping.get().whenComplete((pong, failure) -> answered(failure == null));
        } catch (RuntimeException notNow) {
            answered(false);
        }
    }

    private void answered(boolean there) {
        synchronized (this) {
            asked = false;
        }
        if (there) {
            silent = false;
            report();
            outbox.resume();
        }
    }

    private synchronized void report() {
        boolean now = isConnected();
        if (now == connected || closed) {
            return;
        }
        connected = now;
        if (now) {
            LOG.info("Redis can be reached again: the servers of the cluster hear each other");
            timers.execute(this::tell);
        } else {
            LOG.warn(
                    "Redis cannot be reached: this server goes on alone until it is back."
                            + " Is it running, and is its address right?");
        }
    }
}
