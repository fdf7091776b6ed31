package io.natter.redis;

import io.natter.host.Loggers;
import io.natter.host.RateLimitedLog;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// The listeners of channels and patterns. Whatever a message does, the connection goes on.
final class Inbox {
    private static final Logger LOG = Loggers.of(RedisAdapter.class);
    private static final RateLimitedLog FAILURES = new RateLimitedLog(RedisAdapter.class);

    final Map<String, Consumer<byte[]>> channels = new ConcurrentHashMap<>();
    final Map<String, BiConsumer<String, byte[]>> patterns = new ConcurrentHashMap<>();
    private final RedisMetrics metrics;
    private final @Nullable Seal seal;

    /// @param seal checks messages, or null
    Inbox(RedisMetrics metrics, @Nullable Seal seal) {
        this.metrics = metrics;
        this.seal = seal;
    }

    /// A message of a channel.
    void message(String channel, byte[] message) {
        Consumer<byte[]> listener = channels.get(channel);
        if (listener != null) {
            hear(() -> listener.accept(opened(channel, message)), message.length);
        }
    }

    /// A message of a channel that a pattern names.
    void message(@Nullable String pattern, String channel, byte[] message) {
        BiConsumer<String, byte[]> listener = pattern == null ? null : patterns.get(pattern);
        if (listener != null) {
            hear(() -> listener.accept(channel, opened(channel, message)), message.length);
        }
    }

    private byte[] opened(String channel, byte[] message) {
        return seal == null ? message : seal.open(channel, message);
    }

    /// Has a message of so many bytes handled, and counts it.
    void hear(Runnable listener, int bytes) {
        metrics.received.increment();
        handle(listener, bytes);
    }

    /// Has a message handled that was counted when it came.
    void handle(Runnable listener, int bytes) {
        try {
            listener.run();
        } catch (IllegalArgumentException malformed) {
            metrics.malformed.increment();
            LOG.debug(
                    "A message of {} bytes from Redis was not read: {}",
                    bytes,
                    malformed.getMessage());
        } catch (RuntimeException failure) {
            FAILURES.failure("message", "A message from Redis was not handled", failure);
        }
    }
}
