package io.natter.redis;

import io.natter.cluster.MessageParser;
import io.natter.socketio.adapter.Adapter;
import io.natter.socketio.adapter.LocalAdapter;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

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
    private final RedisLink link;

    private RedisAdapter(Settings settings, RedisLink link) {
        this.settings = settings;
        this.link = link;
    }

    /// The state that the adapters of all namespaces share.
    ///
    /// @param answersToAsker see [Builder#publishOnSpecificResponseChannel]
    record Settings(
            RedisBus bus,
            String key,
            Duration requestsTimeout,
            boolean answersToAsker,
            MessageParser parser,
            ScheduledExecutorService timers,
            RedisMetrics metrics) {}

    /// Connects with the defaults of Node.js. See [RedisOptions#connect(String)].
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
        return link.isConnected();
    }

    /// The counters of this adapter.
    @Override
    public RedisMetrics metrics() {
        return link.metrics;
    }

    /// Sends what waits, for a second at most, and closes the connections to Redis.
    @Override
    public void close() {
        link.close();
    }

    /// Options, with the names that Node.js gives them.
    public static final class Builder extends RedisOptions<Builder, RedisAdapter> {
        private String key = "socket.io";
        private boolean publishOnSpecificResponseChannel;
        private MessageParser parser = MessageParser.MESSAGE_PACK;

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /// The prefix of all channels, `socket.io` by default. Servers with another one are another
        /// cluster.
        public Builder key(String value) {
            key = value;
            return this;
        }

        /// Whether an answer goes only to the server that asked. False by default, because servers
        /// before version 8 of the npm package do not receive it.
        public Builder publishOnSpecificResponseChannel(boolean value) {
            publishOnSpecificResponseChannel = value;
            return this;
        }

        /// Writes and reads broadcasts, and requests and answers with bytes; MessagePack by
        /// default. All servers and emitters of a cluster need the same.
        public Builder parser(MessageParser value) {
            parser = value;
            return this;
        }

        @Override
        RedisAdapter create(RedisLink link) {
            return new RedisAdapter(
                    new Settings(
                            link.bus(false),
                            key,
                            requestsTimeout,
                            publishOnSpecificResponseChannel,
                            parser,
                            link.timers,
                            link.metrics),
                    link);
        }
    }
}
