package io.natter.redis;

import io.natter.cluster.ClusterMessage;
import io.natter.cluster.MessageParser;
import io.natter.cluster.Messages;
import io.natter.protocol.MessagePack;
import io.natter.redis.RedisShardedAdapter.SubscriptionMode;
import io.natter.socketio.adapter.BroadcastOptions;
import io.natter.socketio.payload.JacksonMapping;
import io.natter.socketio.payload.JsonMapping;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Sends events to the clients of a cluster from a process without sockets, such as a job or
/// another application. For servers with the classic adapter, its messages are those of npm
/// `@socket.io/redis-emitter`. For servers with other adapters, they have the form of those.
///
/// ```java
/// try (RedisEmitter emitter = RedisEmitter.connect("redis://localhost:6379")) {
///     emitter.to("orders").emit("shipped", 42);
/// }
/// ```
///
/// While Redis is away, messages wait up to a bound, then they are dropped and counted.
public final class RedisEmitter implements AutoCloseable {
    private final RedisLink link;
    private final EmitterWire wire;
    private final JsonMapping mapping;
    private final EmitterTarget main;

    private RedisEmitter(RedisLink link, EmitterWire wire, JsonMapping mapping) {
        this.link = link;
        this.wire = wire;
        this.mapping = mapping;
        this.main = of("/");
    }

    /// The adapter of the servers.
    public enum Kind {
        /// [RedisAdapter].
        CLASSIC,
        /// [RedisShardedAdapter].
        SHARDED,
        /// [RedisStreamsAdapter].
        STREAMS
    }

    /// Connects for servers with the classic adapter. See [RedisOptions#connect(String)].
    public static RedisEmitter connect(String uri) {
        return builder().connect(uri);
    }

    /// Begins with the defaults of Node.js.
    public static Builder builder() {
        return new Builder();
    }

    /// All sockets of a namespace.
    public EmitterTarget of(String namespace) {
        String name = namespace.startsWith("/") ? namespace : "/" + namespace;
        return new EmitterTarget(wire, mapping, name, BroadcastOptions.ALL, false);
    }

    /// All sockets of the main namespace.
    public EmitterTarget all() {
        return main;
    }

    /// Sockets of the main namespace in any of these rooms.
    public EmitterTarget to(String... rooms) {
        return main.to(rooms);
    }

    /// Sends an event to all sockets of the main namespace.
    public void emit(String event, @Nullable Object... args) {
        main.emit(event, args);
    }

    /// Whether Redis can be reached at the moment.
    public boolean isConnected() {
        return link.isConnected();
    }

    /// The counters of this adapter.
    public RedisMetrics metrics() {
        return link.metrics;
    }

    /// Waits up to a second for what is on its way, and closes the connections to Redis.
    @Override
    public void close() {
        link.close();
    }

    /// Options, with the names that Node.js gives them.
    public static final class Builder extends RedisOptions<Builder, RedisEmitter> {
        private Kind kind = Kind.CLASSIC;
        private String key = "socket.io";
        private String streamName = "socket.io";
        private int streamCount = 1;
        private long maxLen = 10_000;
        private SubscriptionMode subscriptionMode = SubscriptionMode.DYNAMIC;
        private boolean useShardedPubSub;
        private MessageParser parser = MessageParser.MESSAGE_PACK;
        private JsonMapping mapping = new JacksonMapping();

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        @Override
        boolean redirects() {
            return kind == Kind.STREAMS;
        }

        /// The adapter of the servers, [Kind#CLASSIC] by default.
        public Builder kind(Kind value) {
            kind = value;
            return this;
        }

        /// The prefix of all channels, `socket.io` by default: the `key` or `channelPrefix` of the
        /// servers.
        public Builder key(String value) {
            key = value;
            return this;
        }

        /// As [RedisShardedAdapter.Builder#subscriptionMode] of the servers.
        public Builder subscriptionMode(SubscriptionMode value) {
            subscriptionMode = value;
            return this;
        }

        /// As [RedisStreamsAdapter.Builder#streamName] of the servers.
        public Builder streamName(String value) {
            streamName = value;
            return this;
        }

        /// As [RedisStreamsAdapter.Builder#streamCount] of the servers.
        public Builder streamCount(int value) {
            streamCount = value;
            return this;
        }

        /// As [RedisStreamsAdapter.Builder#maxLen] of the servers.
        public Builder maxLen(long value) {
            maxLen = value;
            return this;
        }

        /// As [RedisStreamsAdapter.Builder#useShardedPubSub] of the servers.
        public Builder useShardedPubSub(boolean value) {
            useShardedPubSub = value;
            return this;
        }

        /// As [RedisAdapter.Builder#parser] of the servers.
        public Builder parser(MessageParser value) {
            parser = value;
            return this;
        }

        /// Writes the arguments of events, by default as servers do by default.
        public Builder mapping(JsonMapping value) {
            mapping = value;
            return this;
        }

        @Override
        RedisEmitter create(RedisLink link) {
            EmitterWire wire =
                    switch (kind) {
                        case CLASSIC -> new ClassicEmitterWire(link.publisher(false), key, parser);
                        case SHARDED -> new ClusterEmitterWire(sharded(link));
                        case STREAMS -> new ClusterEmitterWire(streams(link));
                    };
            return new RedisEmitter(link, wire, mapping);
        }

        private Consumer<ClusterMessage> sharded(RedisLink link) {
            var publisher = link.publisher(true);
            var channels = new ShardedChannels(subscriptionMode);
            return message ->
                    publisher.publish(
                            channels.of(key + "#" + message.nsp() + "#", message),
                            Messages.jsonOrMessagePack(message.write()));
        }

        private Consumer<ClusterMessage> streams(RedisLink link) {
            var publisher = link.publisher(useShardedPubSub);
            var writer = link.streamWriter(maxLen);
            return message -> {
                if (message.type() == ClusterMessage.SERVER_SIDE_EMIT) {
                    publisher.publish(
                            key + "#" + message.nsp() + "#", MessagePack.encode(message.write()));
                    return;
                }
                Map<String, byte[]> fields = StreamFormat.write(message);
                String stream =
                        StreamFormat.stream(streamName, streamCount, String.valueOf(message.nsp()));
                link.outbox.send(StreamFormat.bytes(fields), writer.add(stream, fields));
            };
        }
    }
}
