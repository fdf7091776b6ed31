package io.natter.redis;

import io.natter.cluster.ClusterAdapter;
import io.natter.socketio.adapter.Adapter;
import io.natter.socketio.adapter.LocalAdapter;
import java.util.concurrent.CompletableFuture;

/// Makes the servers that use one Redis 7 act as one, by sharded publish and subscribe. In a Redis
/// Cluster each channel belongs to one node, so the load spreads over the nodes. Servers on Node.js
/// with `createShardedAdapter` of npm `@socket.io/redis-adapter` take part; those with the classic
/// adapter do not.
///
/// While Redis is away, it does what [RedisAdapter] does. Close it after the server.
public final class RedisShardedAdapter implements Adapter.Factory, AutoCloseable {
    private final Settings settings;

    private RedisShardedAdapter(Settings settings) {
        this.settings = settings;
    }

    /// Which rooms have a channel of their own. Servers without a member of such a room do not get
    /// what is sent to it. All servers of a cluster need the same mode.
    public enum SubscriptionMode {
        /// All rooms but those that sockets have to themselves, and those with names of 20
        /// characters, as the ids of sockets have; the default.
        DYNAMIC,

        /// No room: two channels for each namespace.
        STATIC,

        /// All rooms, also those that sockets have to themselves.
        DYNAMIC_PRIVATE
    }

    /// The state that the adapters of all namespaces share.
    record Settings(
            RedisBus bus,
            String channelPrefix,
            SubscriptionMode mode,
            ClusterAdapter.Settings cluster,
            RedisLink link) {
        CompletableFuture<Integer> serverCount(String channel) {
            return link.serverCount(bus, channel);
        }
    }

    /// Connects with the defaults of Node.js. See [RedisOptions#connect(String)].
    public static RedisShardedAdapter connect(String uri) {
        return builder().connect(uri);
    }

    /// Begins with the defaults of Node.js.
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Adapter create(LocalAdapter local, Adapter.ServerEvents events) {
        return new ShardedAdapter(local, events, settings);
    }

    /// Whether Redis can be reached at the moment, for a health page.
    public boolean isConnected() {
        return settings.link.isConnected();
    }

    /// The counters of this adapter.
    @Override
    public RedisMetrics metrics() {
        return settings.link.metrics;
    }

    /// Sends what waits, for a second at most, and closes the connections to Redis.
    @Override
    public void close() {
        settings.link.close();
    }

    /// Options, with the names that Node.js gives them.
    public static final class Builder extends RedisOptions<Builder, RedisShardedAdapter> {
        private String channelPrefix = "socket.io";
        private SubscriptionMode subscriptionMode = SubscriptionMode.DYNAMIC;

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /// The prefix of all channels, `socket.io` by default. Servers with another one are another
        /// cluster.
        public Builder channelPrefix(String value) {
            channelPrefix = value;
            return this;
        }

        /// Which rooms have a channel of their own, [SubscriptionMode#DYNAMIC] by default.
        public Builder subscriptionMode(SubscriptionMode value) {
            subscriptionMode = value;
            return this;
        }

        @Override
        RedisShardedAdapter create(RedisLink link) {
            return new RedisShardedAdapter(
                    new Settings(
                            link.bus(true),
                            channelPrefix,
                            subscriptionMode,
                            link.cluster(requestsTimeout),
                            link));
        }
    }
}
