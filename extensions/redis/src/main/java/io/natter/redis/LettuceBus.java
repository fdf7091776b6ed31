package io.natter.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.natter.host.Loggers;
import java.net.SocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;

/// One Redis, or one behind Sentinel: a connection that publishes and one that listens.
final class LettuceBus implements RedisBus {
    private static final Logger LOG = Loggers.of(RedisAdapter.class);
    private static final RedisCodec<String, byte[]> CODEC =
            RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

    private final StatefulRedisConnection<String, byte[]> commands;
    private final StatefulRedisPubSubConnection<String, byte[]> messages;
    private final Map<String, Consumer<byte[]>> channels = new ConcurrentHashMap<>();
    private final Map<String, BiConsumer<String, byte[]>> patterns = new ConcurrentHashMap<>();
    private final AtomicLong waiting = new AtomicLong();
    private final Set<RedisChannelHandler<?, ?>> away = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;
    private final long maxWaiting;
    private final RedisMetrics metrics;

    /// Connects, and blocks until it is done.
    ///
    /// @param maxWaiting bytes of messages that may wait for Redis
    LettuceBus(RedisClient client, long maxWaiting, RedisMetrics metrics) {
        this.maxWaiting = maxWaiting;
        this.metrics = metrics;
        commands = client.connect(CODEC);
        messages = client.connectPubSub(CODEC);
        messages.addListener(new Listener());
        commands.addListener(new Watch());
        messages.addListener(new Watch());
    }

    @Override
    public void publish(String channel, byte[] message) {
        if (waiting.addAndGet(message.length) > maxWaiting) {
            waiting.addAndGet(-message.length);
            dropped();
            return;
        }
        metrics.published.increment();
        var ignored =
                commands.async()
                        .publish(channel, message)
                        .whenComplete(
                                (receivers, failure) -> {
                                    waiting.addAndGet(-message.length);
                                    if (failure != null) {
                                        dropped();
                                        LOG.debug(
                                                "Redis did not take a message: {}",
                                                failure.toString());
                                    }
                                });
    }

    private void dropped() {
        metrics.dropped.increment();
    }

    @Override
    public CompletableFuture<Integer> subscribers(String channel) {
        return commands.async()
                .pubsubNumsub(channel)
                .toCompletableFuture()
                .thenApply(counts -> Math.toIntExact(counts.getOrDefault(channel, 0L)));
    }

    @Override
    public void subscribe(String channel, Consumer<byte[]> listener) {
        channels.put(channel, listener);
        var ignored = messages.async().subscribe(channel);
    }

    @Override
    public void subscribeAll(String prefix, BiConsumer<String, byte[]> listener) {
        patterns.put(pattern(prefix), listener);
        var ignored = messages.async().psubscribe(pattern(prefix));
    }

    @Override
    public void unsubscribe(String channel) {
        channels.remove(channel);
        if (messages.isOpen()) {
            var ignored = messages.async().unsubscribe(channel);
        }
    }

    @Override
    public void unsubscribeAll(String prefix) {
        patterns.remove(pattern(prefix));
        if (messages.isOpen()) {
            var ignored = messages.async().punsubscribe(pattern(prefix));
        }
    }

    /// A pattern for all channels that begin so; Redis gives `*`, `?`, `[` and `\` a meaning.
    private static String pattern(String prefix) {
        return prefix.replaceAll("[*?\\[\\]\\\\]", "\\\\$0") + "*";
    }

    @Override
    public boolean isConnected() {
        return away.isEmpty();
    }

    @Override
    public void close() {
        closed = true;
        messages.close();
        commands.close();
    }

    /// Keeps which connections are away, while Lettuce connects them again.
    private final class Watch implements RedisConnectionStateListener {
        @Override
        public void onRedisConnected(RedisChannelHandler<?, ?> connection, SocketAddress address) {
            if (away.remove(connection) && away.isEmpty()) {
                LOG.info("Redis can be reached again: the servers of the cluster hear each other");
            }
        }

        @Override
        public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
            boolean first = away.isEmpty();
            if (away.add(connection) && first && !closed) {
                LOG.warn(
                        "Redis cannot be reached: this server goes on alone until it is back."
                                + " Is it running, and is its address right?");
            }
        }
    }

    private final class Listener extends RedisPubSubAdapter<String, byte[]> {
        @Override
        public void message(String channel, byte[] message) {
            Consumer<byte[]> listener = channels.get(channel);
            if (listener != null) {
                hear(() -> listener.accept(message), message);
            }
        }

        @Override
        public void message(String pattern, String channel, byte[] message) {
            BiConsumer<String, byte[]> listener = patterns.get(pattern);
            if (listener != null) {
                hear(() -> listener.accept(channel, message), message);
            }
        }

        /// Whatever a message does, the connection goes on.
        private void hear(Runnable listener, byte[] message) {
            metrics.received.increment();
            try {
                listener.run();
            } catch (IllegalArgumentException malformed) {
                metrics.malformed.increment();
                LOG.debug(
                        "A message of {} bytes from Redis was not read: {}",
                        message.length,
                        malformed.getMessage());
            } catch (RuntimeException failure) {
                LOG.warn("A message from Redis was not handled", failure);
            }
        }
    }
}
