package io.natter.redis;

import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.resource.ClientResources;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A Redis Cluster. Each command goes to the node that has the slot of its key or channel.
final class ClusterRedis implements RedisServers {
    private final RedisClusterClient client;
    private final @Nullable ClientResources own;
    private final List<AutoCloseable> connections = new CopyOnWriteArrayList<>();
    private @Nullable StatefulRedisClusterConnection<String, byte[]> commands;
    private @Nullable RedisConnectionStateListener watcher;

    /// @param own the resources of a client that is closed with this; null where the client is the
    ///   application's
    ClusterRedis(RedisClusterClient client, @Nullable ClientResources own) {
        this.client = client;
        this.own = own;
    }

    @Override
    public RedisClusterAsyncCommands<String, byte[]> connect() {
        var made = added(client.connect(RedisLink.CODEC));
        commands = made;
        return made.async();
    }

    @Override
    public @Nullable Object watched() {
        return null;
    }

    @Override
    public void watch(RedisConnectionStateListener listener) {
        watcher = listener;
        client.addListener(listener);
    }

    @Override
    public RedisClusterAsyncCommands<String, byte[]> connectBlocking() {
        return added(client.connect(RedisLink.CODEC)).async();
    }

    @Override
    public RedisBus bus(RedisLink link, boolean sharded) {
        var messages = added(client.connectPubSub(RedisLink.CODEC));
        if (sharded) {
            var bus = new ShardedClusterBus(link, client, messages);
            connections.addFirst(bus);
            return bus;
        }
        return new PubSubBus(link, messages, channel -> subscribers(channel, false), false);
    }

    private <C extends StatefulConnection<?, ?>> C added(C connection) {
        connections.add(connection);
        return connection;
    }

    /// Each node knows its own subscribers only.
    @Override
    public CompletableFuture<Integer> subscribers(String channel, boolean sharded) {
        StatefulRedisClusterConnection<String, byte[]> connection = commands;
        if (connection == null) {
            return CompletableFuture.completedFuture(0);
        }
        var nodes = connection.async().upstream().commands();
        return (sharded ? nodes.pubsubShardNumsub(channel) : nodes.pubsubNumsub(channel))
                .thenApply(
                        counts -> {
                            long sum = 0;
                            for (var count : counts) {
                                sum += count.getOrDefault(channel, 0L);
                            }
                            return Math.toIntExact(sum);
                        })
                .toCompletableFuture();
    }

    @Override
    public void close() {
        for (AutoCloseable connection : connections) {
            try {
                connection.close();
            } catch (Exception e) {
                throw new IllegalStateException(e); // none of them throws
            }
        }
        if (watcher != null) {
            client.removeListener(watcher);
        }
        if (own != null) {
            client.shutdown();
            var ignored = own.shutdown();
        }
    }
}
