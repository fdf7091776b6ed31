package io.natter.conformance;

import io.natter.cluster.MessageParser;
import io.natter.postgres.PostgresAdapter;
import io.natter.postgres.PostgresEmitter;
import io.natter.postgres.PostgresSchema;
import io.natter.redis.EmitterTarget;
import io.natter.redis.RedisAdapter;
import io.natter.redis.RedisEmitter;
import io.natter.redis.RedisOptions;
import io.natter.redis.RedisShardedAdapter;
import io.natter.redis.RedisShardedAdapter.SubscriptionMode;
import io.natter.redis.RedisStreamsAdapter;
import io.natter.socketio.adapter.Adapter;
import io.natter.socketio.adapter.AdapterMetrics;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/// The adapters of `bin/conformance cluster`, by name. A further adapter is one entry of
/// [#BY_NAME].
final class ClusterAdapters {
    static final Map<String, Function<Settings, Shared>> BY_NAME =
            new TreeMap<>(
                    Map.of(
                            "classic",
                            s -> classic(s, MessageParser.MESSAGE_PACK),
                            "classic-json",
                            s -> classic(s, MessageParser.JSON),
                            "postgres",
                            ClusterAdapters::postgres,
                            "sharded",
                            s -> sharded(s, SubscriptionMode.DYNAMIC),
                            "sharded-static",
                            s -> sharded(s, SubscriptionMode.STATIC),
                            "sharded-private",
                            s -> sharded(s, SubscriptionMode.DYNAMIC_PRIVATE),
                            "streams",
                            ClusterAdapters::streams));

    private ClusterAdapters() {}

    /// The settings of the command line.
    ///
    /// @param timeout for the answers of other servers
    /// @param secret signs messages, or null
    record Settings(String redis, String postgres, Duration timeout, @Nullable String secret) {
        <B extends RedisOptions<B, A>, A> A connect(B builder) {
            var chosen = builder.requestsTimeout(timeout);
            return (secret == null ? chosen : chosen.secret(secret)).connect(redis);
        }
    }

    /// An adapter that is connected.
    ///
    /// @param recovers whether it keeps events for connection state recovery
    /// @param counts what it has counted
    /// @param emitter connects an emitter for the same servers
    record Shared(
            Adapter.Factory factory,
            boolean recovers,
            BooleanSupplier isConnected,
            Supplier<Map<String, Long>> counts,
            Supplier<Emitter> emitter,
            Runnable closing)
            implements AutoCloseable {
        @Override
        public void close() {
            closing.run();
        }
    }

    /// Sends to clients from beside the servers.
    interface Emitter {
        /// Sends to the sockets of a namespace in `rooms`, or to all, but not to those in `except`.
        Sender of(String namespace, String[] rooms, String[] except);
    }

    /// See [EmitterTarget].
    interface Sender {
        void emit(String event, @Nullable Object[] args);

        void socketsJoin(String[] rooms);

        void socketsLeave(String[] rooms);

        void disconnectSockets(boolean close);

        void serverSideEmit(String event, @Nullable Object[] args);
    }

    private static Shared classic(Settings settings, MessageParser parser) {
        var adapter = settings.connect(RedisAdapter.builder().parser(parser));
        return new Shared(
                adapter,
                false,
                adapter::isConnected,
                () -> counts(adapter.metrics()),
                () -> emitter(settings, RedisEmitter.builder().parser(parser)),
                adapter::close);
    }

    private static Shared sharded(Settings settings, SubscriptionMode mode) {
        var adapter = settings.connect(RedisShardedAdapter.builder().subscriptionMode(mode));
        var emitter = RedisEmitter.builder().kind(RedisEmitter.Kind.SHARDED).subscriptionMode(mode);
        return new Shared(
                adapter,
                false,
                adapter::isConnected,
                () -> counts(adapter.metrics()),
                () -> emitter(settings, emitter),
                adapter::close);
    }

    private static Shared streams(Settings settings) {
        var adapter = settings.connect(RedisStreamsAdapter.builder());
        return new Shared(
                adapter,
                true,
                adapter::isConnected,
                () -> counts(adapter.metrics()),
                () -> emitter(settings, RedisEmitter.builder().kind(RedisEmitter.Kind.STREAMS)),
                adapter::close);
    }

    private static Shared postgres(Settings settings) {
        PostgresSchema.install(settings.postgres());
        var adapter =
                PostgresAdapter.builder()
                        .requestsTimeout(settings.timeout())
                        .connect(settings.postgres());
        return new Shared(
                adapter,
                false,
                adapter::isConnected,
                () -> counts(adapter.metrics()),
                () -> emitter(settings.postgres()),
                adapter::close);
    }

    private static Map<String, Long> counts(AdapterMetrics metrics) {
        return Map.of(
                "published", metrics.published(),
                "received", metrics.received(),
                "dropped", metrics.dropped(),
                "malformed", metrics.malformed(),
                "timedOut", metrics.timedOut(),
                "waitingBytes", metrics.waitingBytes(),
                "connected", metrics.isConnected() ? 1L : 0L);
    }

    private static PGSimpleDataSource database(String address) {
        var database = new PGSimpleDataSource();
        if (address.startsWith("jdbc:")) {
            database.setUrl(address);
            return database;
        }
        var uri = URI.create(address);
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        database.setUrl("jdbc:postgresql://" + uri.getHost() + port + uri.getPath());
        if (uri.getUserInfo() != null) {
            String[] credentials = uri.getUserInfo().split(":", 2);
            database.setUser(credentials[0]);
            if (credentials.length == 2) {
                database.setPassword(credentials[1]);
            }
        }
        return database;
    }

    private static Emitter emitter(String postgres) {
        var emitter = PostgresEmitter.create(database(postgres));
        return (namespace, rooms, except) -> {
            PostgresEmitter all = emitter.of(namespace).except(except);
            return sender(rooms.length == 0 ? all : all.to(rooms));
        };
    }

    private static Sender sender(PostgresEmitter target) {
        return new Sender() {
            @Override
            public void emit(String event, @Nullable Object[] args) {
                target.emit(event, args);
            }

            @Override
            public void socketsJoin(String[] rooms) {
                target.socketsJoin(rooms);
            }

            @Override
            public void socketsLeave(String[] rooms) {
                target.socketsLeave(rooms);
            }

            @Override
            public void disconnectSockets(boolean close) {
                target.disconnectSockets(close);
            }

            @Override
            public void serverSideEmit(String event, @Nullable Object[] args) {
                target.serverSideEmit(event, args);
            }
        };
    }

    private static Emitter emitter(Settings settings, RedisEmitter.Builder builder) {
        var emitter = settings.connect(builder);
        return (namespace, rooms, except) -> {
            EmitterTarget all = emitter.of(namespace).except(except);
            return sender(rooms.length == 0 ? all : all.to(rooms));
        };
    }

    private static Sender sender(EmitterTarget target) {
        return new Sender() {
            @Override
            public void emit(String event, @Nullable Object[] args) {
                target.emit(event, args);
            }

            @Override
            public void socketsJoin(String[] rooms) {
                target.socketsJoin(rooms);
            }

            @Override
            public void socketsLeave(String[] rooms) {
                target.socketsLeave(rooms);
            }

            @Override
            public void disconnectSockets(boolean close) {
                target.disconnectSockets(close);
            }

            @Override
            public void serverSideEmit(String event, @Nullable Object[] args) {
                target.serverSideEmit(event, args);
            }
        };
    }
}
