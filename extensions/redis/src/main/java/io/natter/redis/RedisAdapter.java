package io.natter.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.natter.socketio.adapter.Adapter;
import io.natter.socketio.adapter.LocalAdapter;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/// Makes the servers that use one Redis act as one: broadcasts, rooms, `fetchSockets`,
/// `serverSideEmit` and acknowledgements reach the sockets of all of them. Servers on Node.js with
/// npm `@socket.io/redis-adapter` take part.
///
/// ```java
/// RedisAdapter redis = RedisAdapter.connect("redis://localhost:6379");
/// SocketIoServer io = SocketIoServer.create(SocketIoOptions.builder().adapter(redis).build());
/// ```
///
/// While Redis is away, each server goes on with its own sockets. Messages for the others wait up
/// to a bound, then they are dropped and counted. The connection comes back by itself.
///
/// Close it after the server.
public final class RedisAdapter implements Adapter.Factory, AutoCloseable {
    private final Settings settings;
    private final @Nullable RedisClient own;

    private RedisAdapter(Settings settings, @Nullable RedisClient own) {
        this.settings = settings;
        this.own = own;
    }

    /// What the adapters of all namespaces share.
    ///
    /// @param answersToAsker see [Builder#publishOnSpecificResponseChannel]
    record Settings(
            RedisBus bus,
            String key,
            Duration requestsTimeout,
            boolean answersToAsker,
            ScheduledExecutorService timers,
            RedisMetrics metrics) {}

    /// Connects to a Redis by its address, such as `redis://:password@localhost:6379` or
    /// `redis-sentinel://one,two,three/0#name`. Blocks until it is connected.
    ///
    /// @throws io.lettuce.core.RedisConnectionException if it cannot be reached
    public static RedisAdapter connect(String uri) {
        return builder().connect(uri);
    }

    /// Begins with the defaults of Node.js.
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Adapter create(LocalAdapter local, Adapter.ServerEvents events) {
        return new ClassicAdapter(local, events, settings);
    }

    /// Whether Redis can be reached at the moment, for a health page.
    public boolean isConnected() {
        return settings.bus.isConnected();
    }

    /// What was counted.
    public RedisMetrics metrics() {
        return settings.metrics;
    }

    /// Closes the connections to Redis.
    @Override
    public void close() {
        settings.bus.close();
        settings.timers.shutdownNow();
        if (own != null) {
            own.shutdown();
        }
    }

    /// Options, with the names that Node.js gives them.
    public static final class Builder {
        private String key = "socket.io";
        private Duration requestsTimeout = Duration.ofSeconds(5);
        private boolean publishOnSpecificResponseChannel;
        private long maxWaitingBytes = 16L << 20;

        private Builder() {}

        /// The prefix of all channels, `socket.io` by default. Servers with another one are another
        /// cluster.
        public Builder key(String value) {
            key = value;
            return this;
        }

        /// How long other servers have to answer, 5 seconds by default.
        public Builder requestsTimeout(Duration value) {
            requestsTimeout = value;
            return this;
        }

        /// Whether an answer goes to the server that asked instead of to all; false by default, as
        /// servers before version 8 of the npm package do not hear it.
        public Builder publishOnSpecificResponseChannel(boolean value) {
            publishOnSpecificResponseChannel = value;
            return this;
        }

        /// How many bytes of messages may wait for Redis, 16 MiB by default. Beyond it, messages
        /// for other servers are dropped and counted.
        public Builder maxWaitingBytes(long value) {
            maxWaitingBytes = value;
            return this;
        }

        /// Connects to the Redis at an address. See [RedisAdapter#connect].
        public RedisAdapter connect(String uri) {
            var client = RedisClient.create(uri);
            // The bound is in bytes and kept here; Lettuce's own is in commands.
            client.setOptions(ClientOptions.builder().autoReconnect(true).build());
            try {
                return connect(client, client);
            } catch (RuntimeException e) {
                client.shutdown();
                throw e;
            }
        }

        /// Connects with a client of the application's, which stays open when the adapter is
        /// closed.
        public RedisAdapter connect(RedisClient client) {
            return connect(client, null);
        }

        private RedisAdapter connect(RedisClient client, @Nullable RedisClient own) {
            var metrics = new RedisMetrics();
            var timers =
                    new ScheduledThreadPoolExecutor(
                            1, Thread.ofPlatform().name("natter-redis-timer").daemon().factory());
            timers.setRemoveOnCancelPolicy(true);
            return new RedisAdapter(
                    new Settings(
                            new LettuceBus(client, maxWaitingBytes, metrics),
                            key,
                            requestsTimeout,
                            publishOnSpecificResponseChannel,
                            timers,
                            metrics),
                    own);
        }
    }
}
