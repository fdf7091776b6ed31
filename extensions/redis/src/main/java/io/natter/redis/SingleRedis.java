package io.natter.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.resource.ClientResources;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// One Redis, or one behind Sentinel.
final class SingleRedis implements RedisServers {
    private final RedisClient client;
    private final @Nullable ClientResources own;
    private final List<StatefulConnection<?, ?>> connections = new CopyOnWriteArrayList<>();
    private @Nullable StatefulRedisConnection<String, byte[]> commands;
    private @Nullable RedisConnectionStateListener watcher;

    /// @param own the resources of a client that is closed with this; null where the client is the
    ///   application's
    SingleRedis(RedisClient client, @Nullable ClientResources own) {
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
        return commands;
    }

    @Override
    public void watch(RedisConnectionStateListener listener) {
        watcher = listener;
        connections.forEach(connection -> connection.addListener(listener));
    }

    @Override
    public RedisClusterAsyncCommands<String, byte[]> connectBlocking() {
        return added(client.connect(RedisLink.CODEC)).async();
    }

    @Override
    public RedisBus bus(RedisLink link, boolean sharded) {
        var messages = added(client.connectPubSub(RedisLink.CODEC));
        return new PubSubBus(link, messages, channel -> subscribers(channel, sharded), sharded);
    }

    private <C extends StatefulConnection<?, ?>> C added(C connection) {
        connections.add(connection);
        if (watcher != null) {
            connection.addListener(watcher);
        }
        return connection;
    }

    @Override
    public CompletableFuture<Integer> subscribers(String channel, boolean sharded) {
        StatefulRedisConnection<String, byte[]> connection = commands;
        if (connection == null) {
            return CompletableFuture.completedFuture(0);
        }
        var asked = connection.async();
        return (sharded ? asked.pubsubShardNumsub(channel) : asked.pubsubNumsub(channel))
                .toCompletableFuture()
                .thenApply(counts -> Math.toIntExact(counts.getOrDefault(channel, 0L)));
    }

    @Override
    public void close() {
        connections.forEach(StatefulConnection::close);
        if (own != null) {
            client.shutdown();
            var ignored = own.shutdown();
        }
    }
}
