package io.natter.postgres;

import io.natter.cluster.ClusterAdapter;
import io.natter.cluster.HeartbeatAdapter.Heartbeat;
import io.natter.socketio.adapter.Adapter;
import io.natter.socketio.adapter.LocalAdapter;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import javax.sql.DataSource;

/// Makes the servers that use one PostgreSQL database act as one: broadcasts, rooms,
/// `fetchSockets`, `serverSideEmit` and acknowledgements reach the sockets of all of them. Servers
/// on Node.js with npm `@socket.io/postgres-adapter` take part.
///
/// ```java
/// PostgresAdapter postgres = PostgresAdapter.connect("postgresql://app:secret@localhost/app");
/// SocketIoServer io = SocketIoServer.create(SocketIoOptions.builder().adapter(postgres).build());
/// ```
///
/// The database needs the table that [PostgresSchema] installs. It is used by one connection that
/// listens and one that publishes.
///
/// While PostgreSQL is away, each server goes on with its own sockets. Messages for the others wait
/// up to a bound, then they are dropped and counted. Both connections come back by themselves.
/// Nothing is sent twice.
///
/// Close it after the server.
public final class PostgresAdapter implements Adapter.Factory, AutoCloseable {
    private final PostgresBus bus;
    private final ClusterAdapter.Settings settings;
    private final Heartbeat heartbeat;
    private final PostgresMetrics metrics;

    private PostgresAdapter(
            PostgresBus bus,
            ClusterAdapter.Settings settings,
            Heartbeat heartbeat,
            PostgresMetrics metrics) {
        this.bus = bus;
        this.settings = settings;
        this.heartbeat = heartbeat;
        this.metrics = metrics;
    }

    /// Connects to a database by its address, such as `postgresql://user:password@host:5432/name`
    /// or one of JDBC. Blocks until it is connected.
    ///
    /// @throws PostgresException if it cannot be reached, or has no attachment table
    /// @throws IllegalArgumentException if it is not the address of a PostgreSQL
    public static PostgresAdapter connect(String url) {
        return builder().connect(url);
    }

    /// Begins with the defaults of Node.js.
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Adapter create(LocalAdapter local, Adapter.ServerEvents events) {
        var namespace = new PostgresNamespace(local, events, settings, heartbeat, bus);
        namespace.open();
        return namespace;
    }

    /// Whether PostgreSQL can be reached at the moment, for a health page.
    public boolean isConnected() {
        return bus.isConnected();
    }

    /// The counters of this adapter.
    @Override
    public PostgresMetrics metrics() {
        return metrics;
    }

    /// Sends what waits, for two seconds at most, and closes both connections.
    @Override
    public void close() {
        bus.close();
        settings.timers().shutdownNow();
    }

    /// Options, with the names that Node.js gives them.
    public static final class Builder {
        private Wire wire = Wire.DEFAULT;
        private Duration requestsTimeout = Duration.ofSeconds(5);
        private Duration cleanupInterval = Duration.ofSeconds(30);
        private Duration heartbeatInterval = Heartbeat.DEFAULT.interval();
        private Duration heartbeatTimeout = Heartbeat.DEFAULT.timeout();
        private long maxWaitingBytes = 16L << 20;

        private Builder() {}

        /// The prefix of all channels, `socket.io` by default. Servers with another one are another
        /// cluster. Prefix and namespace together have at most 62 bytes, else the namespace stays
        /// on its server.
        public Builder channelPrefix(String value) {
            wire = wire.withPrefix(value);
            return this;
        }

        /// The table of attachments, `socket_io_attachments` by default.
        public Builder tableName(String value) {
            wire = wire.withTable(value);
            return this;
        }

        /// The number of bytes from which a message goes into the table. The default is 8000, and
        /// so is the maximum: PostgreSQL refuses notifications of 8000 bytes.
        public Builder payloadThreshold(int value) {
            wire = wire.withThreshold(value);
            return this;
        }

        /// How long other servers have to answer, 5 seconds by default.
        public Builder requestsTimeout(Duration value) {
            requestsTimeout = positive(value, "requestsTimeout");
            return this;
        }

        /// How long a row of the table is kept, and how often old ones are deleted; 30 seconds by
        /// default.
        public Builder cleanupInterval(Duration value) {
            cleanupInterval = positive(value, "cleanupInterval");
            return this;
        }

        /// How often a server that publishes nothing says that it is there, 5 seconds by default.
        public Builder heartbeatInterval(Duration value) {
            heartbeatInterval = positive(value, "heartbeatInterval");
            return this;
        }

        /// After which silence another server counts as gone, 10 seconds by default.
        public Builder heartbeatTimeout(Duration value) {
            heartbeatTimeout = positive(value, "heartbeatTimeout");
            return this;
        }

        /// How many bytes of messages may wait for PostgreSQL, 16 MiB by default. Beyond it,
        /// messages for other servers are dropped and counted.
        public Builder maxWaitingBytes(long value) {
            maxWaitingBytes = value;
            return this;
        }

        private static Duration positive(Duration value, String name) {
            if (!value.isPositive()) {
                throw new IllegalArgumentException(
                        name + " is " + value + ", but must be positive");
            }
            return value;
        }

        /// Connects to the database at an address. See [PostgresAdapter#connect].
        public PostgresAdapter connect(String url) {
            return connect(Connections.of(url));
        }

        /// Connects with connections of the application's pool. One of them stays in use for as
        /// long as the adapter is open, and one more while messages go out. A pool that multiplexes
        /// transactions, such as PgBouncer in that mode, cannot listen.
        ///
        /// @throws PostgresException if no connection can be had, or there is no attachment table
        public PostgresAdapter connect(DataSource pool) {
            return connect(Connections.of(pool));
        }

        private PostgresAdapter connect(Connections connections) {
            var metrics = new PostgresMetrics();
            var bus =
                    new PostgresBus(
                            new BusSettings(
                                    connections, wire, maxWaitingBytes, cleanupInterval, metrics));
            var timers =
                    new ScheduledThreadPoolExecutor(
                            1,
                            Thread.ofPlatform().name("natter-postgres-timer").daemon().factory());
            timers.setRemoveOnCancelPolicy(true);
            // A timer after the end has no effect.
            timers.setRejectedExecutionHandler((task, executor) -> {});
            return new PostgresAdapter(
                    bus,
                    new ClusterAdapter.Settings(requestsTimeout, timers, metrics.timedOut),
                    new Heartbeat(heartbeatInterval, heartbeatTimeout),
                    metrics);
        }
    }
}
