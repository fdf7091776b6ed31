package io.natter.redis;

import io.lettuce.core.StreamMessage;
import io.natter.cluster.ClusterAdapter;
import io.natter.socketio.adapter.Adapter;
import io.natter.socketio.adapter.LocalAdapter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Makes the servers that use one Redis act as one, by a stream that each of them reads. A server
/// whose connection to Redis was lost for a while reads what it has missed. Servers on Node.js with
/// npm `@socket.io/redis-streams-adapter` take part.
///
/// With [connection state recovery][io.natter.socketio.SocketIoOptions#connectionStateRecovery], a
/// client is recovered on whichever server it comes back to. Events then reach the clients of this
/// server when they come back with the stream: all clients of all servers get them in one order.
///
/// While Redis is away, it does what [RedisAdapter] does. Close it after the server.
public final class RedisStreamsAdapter implements Adapter.Factory, AutoCloseable {
    private final Settings settings;
    private final List<StreamReader> readers = new ArrayList<>();
    private final Map<String, StreamsAdapter> adapters = new ConcurrentHashMap<>();
    private final Inbox inbox;

    private RedisStreamsAdapter(Settings settings, int readCount, Duration block) {
        this.settings = settings;
        inbox = new Inbox(settings.link().metrics, null); // entries are checked here
        for (int i = 0; i < settings.streamCount(); i++) {
            readers.add(
                    new StreamReader(
                            settings.link().connectBlocking(),
                            settings.stream(i),
                            readCount,
                            block,
                            this::onEntry,
                            settings.link().timers));
        }
    }

    /// The state that the adapters of all namespaces share.
    record Settings(
            RedisLink link,
            RedisBus bus,
            String streamName,
            int streamCount,
            String channelPrefix,
            StreamWriter writer,
            String sessionKeyPrefix,
            ClusterAdapter.Settings cluster) {
        String stream(int i) {
            return streamCount == 1 ? streamName : streamName + "-" + i;
        }

        String stream(String namespace) {
            return StreamFormat.stream(streamName, streamCount, namespace);
        }
    }

    /// Connects with the defaults of Node.js. See [RedisOptions#connect(String)].
    public static RedisStreamsAdapter connect(String uri) {
        return builder().connect(uri);
    }

    /// Begins with the defaults of Node.js.
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Adapter create(LocalAdapter local, Adapter.ServerEvents events) {
        String namespace = local.namespace();
        var adapter =
                new StreamsAdapter(
                        local,
                        events,
                        settings,
                        inbox,
                        settings.stream(namespace),
                        closed -> adapters.remove(namespace, closed));
        adapters.put(namespace, adapter);
        return adapter;
    }

    private void onEntry(StreamMessage<String, byte[]> entry) {
        Seal seal = settings.link().seal;
        Map<String, byte[]> fields = entry.getBody();
        String namespace = StreamFormat.namespace(fields);
        @Nullable StreamsAdapter adapter = namespace == null ? null : adapters.get(namespace);
        if (adapter != null) {
            inbox.hear(
                    () -> {
                        if (seal != null) {
                            seal.check(entry.getStream(), fields);
                        }
                        adapter.onEntry(fields, entry.getId());
                    },
                    StreamFormat.bytes(fields));
        }
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
        readers.forEach(StreamReader::close);
        settings.link.close();
    }

    /// Options, with the names that Node.js gives them.
    public static final class Builder extends RedisOptions<Builder, RedisStreamsAdapter> {
        private String streamName = "socket.io";
        private int streamCount = 1;
        private String channelPrefix = "socket.io";
        private boolean useShardedPubSub;
        private long maxLen = 10_000;
        private int readCount = 100;
        private Duration blockTime = Duration.ofSeconds(5);
        private String sessionKeyPrefix = "sio:session:";

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /// An entry that is dropped is worse than one that is late.
        @Override
        boolean redirects() {
            return true;
        }

        /// The name of the stream, `socket.io` by default.
        public Builder streamName(String value) {
            streamName = value;
            return this;
        }

        /// Over how many streams the namespaces are spread, 1 by default.
        ///
        /// @throws IllegalArgumentException for less than 1
        public Builder streamCount(int value) {
            if (value < 1) {
                throw new IllegalArgumentException("streamCount must be 1 or more");
            }
            streamCount = value;
            return this;
        }

        /// The prefix of the channels for requests and answers, `socket.io` by default.
        public Builder channelPrefix(String value) {
            channelPrefix = value;
            return this;
        }

        /// Whether those channels are sharded, false by default. Needs Redis 7.
        public Builder useShardedPubSub(boolean value) {
            useShardedPubSub = value;
            return this;
        }

        /// About how many entries a stream keeps, 10,000 by default. A server that is behind by
        /// more misses some, and a client that is cannot be recovered.
        public Builder maxLen(long value) {
            maxLen = value;
            return this;
        }

        /// How many entries are read at once, 100 by default.
        public Builder readCount(int value) {
            readCount = value;
            return this;
        }

        /// How long Redis waits for new entries before it answers, 5 seconds by default. In Node.js
        /// `blockTimeInMs`.
        public Builder blockTime(Duration value) {
            blockTime = value;
            return this;
        }

        /// The prefix of the keys of lost sessions, `sio:session:` by default.
        public Builder sessionKeyPrefix(String value) {
            sessionKeyPrefix = value;
            return this;
        }

        @Override
        RedisStreamsAdapter create(RedisLink link) {
            return new RedisStreamsAdapter(
                    new Settings(
                            link,
                            link.bus(useShardedPubSub),
                            streamName,
                            streamCount,
                            channelPrefix,
                            link.streamWriter(maxLen),
                            sessionKeyPrefix,
                            link.cluster(requestsTimeout)),
                    readCount,
                    blockTime);
        }
    }
}
