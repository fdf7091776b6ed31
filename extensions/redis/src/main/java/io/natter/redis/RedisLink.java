package io.natter.redis;

import io.lettuce.core.XAddArgs;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.natter.cluster.ClusterAdapter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/// The connections of one adapter or emitter to Redis, whether that is one server, one behind
/// Sentinel, or a Redis Cluster.
final class RedisLink implements AutoCloseable {
    static final RedisCodec<String, byte[]> CODEC =
            RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

    final RedisMetrics metrics = new RedisMetrics();
    final ScheduledExecutorService timers;
    private final ExecutorService writer;
    final Outbox outbox;
    final RedisClusterAsyncCommands<String, byte[]> commands;
    final @Nullable Seal seal;
    private final RedisServers servers;
    private final RedisHealth health;

    /// Connects, and blocks until it is done. Closes `servers` where that fails.
    ///
    /// @param maxWaiting bytes of messages that may wait for Redis
    /// @param seal signs messages, or null
    RedisLink(RedisServers servers, long maxWaiting, @Nullable Seal seal) {
        this.servers = servers;
        this.seal = seal;
        var scheduled =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().name("natter-redis-timer").daemon().factory());
        scheduled.setRemoveOnCancelPolicy(true);
        // A timer after the end has no effect.
        scheduled.setRejectedExecutionHandler((task, executor) -> {});
        timers = scheduled;
        writer =
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().name("natter-redis-writer").daemon().factory());
        outbox = new Outbox(maxWaiting, metrics, this::write);
        try {
            commands = servers.connect();
            health = new RedisHealth(outbox, commands::ping, servers.watched(), timers);
            servers.watch(health);
            metrics.ask(outbox::waitingBytes, health::isConnected);
        } catch (RuntimeException e) {
            end();
            throw e;
        }
    }

    private void write(Runnable task) {
        try {
            writer.execute(task);
        } catch (RejectedExecutionException closed) {
            // Nothing is sent any more.
        }
    }

    private void end() {
        servers.close();
        writer.shutdownNow();
        timers.shutdownNow();
    }

    /// A way to publish and subscribe, with a connection of its own for messages.
    ///
    /// @param sharded whether channels belong to a slot of a Redis Cluster
    RedisBus bus(boolean sharded) {
        return servers.bus(this, sharded);
    }

    /// Publishes only.
    Publisher publisher(boolean sharded) {
        return (channel, message) -> {
            byte[] sealed = seal == null ? message : seal.seal(channel, message);
            outbox.send(
                    sealed.length,
                    () ->
                            sharded
                                    ? commands.spublish(channel, sealed)
                                    : commands.publish(channel, sealed));
        };
    }

    /// Adds entries to a stream.
    ///
    /// @param maxLen about how many entries it keeps
    StreamWriter streamWriter(long maxLen) {
        var bound = XAddArgs.Builder.maxlen(maxLen).approximateTrimming();
        return (stream, fields) -> {
            Map<String, byte[]> sealed = seal == null ? fields : seal.seal(stream, fields);
            return () -> commands.xadd(stream, bound, sealed);
        };
    }

    /// Commands that may block their connection.
    RedisClusterAsyncCommands<String, byte[]> connectBlocking() {
        return servers.connectBlocking();
    }

    /// See [RedisHealth#whenConnected].
    void whenConnected(Runnable task) {
        health.whenConnected(task);
    }

    boolean isConnected() {
        return health.isConnected();
    }

    /// The number of servers that listen to a channel, this one included. Without Redis, this
    /// server is alone.
    CompletableFuture<Integer> serverCount(RedisBus bus, String channel) {
        return isConnected()
                ? bus.subscribers(channel).thenApply(count -> Math.max(1, count))
                : CompletableFuture.completedFuture(1);
    }

    /// The connections that cluster adapters need.
    ClusterAdapter.Settings cluster(Duration requestsTimeout) {
        return new ClusterAdapter.Settings(requestsTimeout, timers, metrics.timedOut);
    }

    /// The number of connections that have subscribed to a channel.
    CompletableFuture<Integer> subscribers(String channel, boolean sharded) {
        return servers.subscribers(channel, sharded);
    }

    /// Sends what waits, for a second at most, and closes the connections.
    @Override
    public void close() {
        outbox.awaitEmpty();
        health.close();
        end();
    }
}
