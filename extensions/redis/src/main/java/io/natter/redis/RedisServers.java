package io.natter.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Makes connections to one Redis or to a Redis Cluster.
sealed interface RedisServers extends AutoCloseable permits SingleRedis, ClusterRedis {
    /// The scheme of addresses of a Redis Cluster.
    String CLUSTER = "redis-cluster://";

    /// As Lettuce has it.
    int MOST_REDIRECTS = 5;

    /// Sent twice, these would double a message.
    Set<CommandType> ONCE = Set.of(CommandType.PUBLISH, CommandType.SPUBLISH, CommandType.XADD);

    /// The connection for commands.
    RedisClusterAsyncCommands<String, byte[]> connect();

    /// The connection of [#connect], where there is one only.
    @Nullable Object watched();

    /// Tells `listener` of the connections that are there.
    void watch(RedisConnectionStateListener listener);

    /// A connection for commands that block it.
    RedisClusterAsyncCommands<String, byte[]> connectBlocking();

    /// See [RedisLink#bus].
    RedisBus bus(RedisLink link, boolean sharded);

    /// The number of connections that have subscribed to a channel.
    CompletableFuture<Integer> subscribers(String channel, boolean sharded);

    @Override
    void close();

    /// The servers at an address: that of Lettuce for one Redis or for Sentinel, or
    /// `redis-cluster://one:6379,two:6379`.
    ///
    /// @param redirects whether a Redis Cluster may redirect commands when slots move. A redirected
    ///   message can be overtaken by a later one; without redirects it is dropped
    static RedisServers at(String uri, boolean redirects) {
        var resources =
                ClientResources.builder()
                        // Servers that have lost Redis together do not come back together.
                        .reconnectDelay(
                                Delay.fullJitter(
                                        Duration.ofMillis(50),
                                        Duration.ofSeconds(2),
                                        100,
                                        TimeUnit.MILLISECONDS))
                        .build();
        if (!uri.startsWith(CLUSTER)) {
            var client = RedisClient.create(resources, uri);
            client.setOptions(
                    ClientOptions.builder()
                            .autoReconnect(true)
                            .replayFilter(RedisServers::onlyOnce)
                            .socketOptions(sockets())
                            .build());
            return new SingleRedis(client, resources);
        }
        var client = RedisClusterClient.create(resources, nodes(uri));
        var options =
                ClusterClientOptions.builder()
                        .autoReconnect(true)
                        .maxRedirects(redirects ? MOST_REDIRECTS : 0)
                        .socketOptions(sockets())
                        .topologyRefreshOptions(
                                ClusterTopologyRefreshOptions.builder()
                                        .enablePeriodicRefresh(Duration.ofSeconds(10))
                                        .adaptiveRefreshTriggersTimeout(Duration.ofSeconds(1))
                                        .build());
        options.replayFilter(RedisServers::onlyOnce);
        client.setOptions(options.build());
        return new ClusterRedis(client, resources);
    }

    private static boolean onlyOnce(RedisCommand<?, ?, ?> command) {
        return command.getType() instanceof CommandType type && ONCE.contains(type);
    }

    /// A connection whose other end is gone without a word is found to be lost.
    private static SocketOptions sockets() {
        return SocketOptions.builder()
                .connectTimeout(Duration.ofSeconds(5))
                .keepAlive(
                        SocketOptions.KeepAliveOptions.builder()
                                .enable()
                                .idle(Duration.ofSeconds(10))
                                .interval(Duration.ofSeconds(5))
                                .count(3)
                                .build())
                .build();
    }

    private static List<RedisURI> nodes(String uri) {
        String rest = uri.substring(CLUSTER.length());
        int at = rest.lastIndexOf('@') + 1;
        String credentials = rest.substring(0, at);
        var nodes = new ArrayList<RedisURI>();
        for (String node : rest.substring(at).split(",", -1)) {
            nodes.add(RedisURI.create("redis://" + credentials + node));
        }
        return nodes;
    }
}
