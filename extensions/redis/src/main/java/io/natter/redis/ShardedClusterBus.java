package io.natter.redis;

import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.cluster.pubsub.RedisClusterPubSubAdapter;
import io.lettuce.core.cluster.pubsub.StatefulRedisClusterPubSubConnection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Sharded channels of a Redis Cluster. Each is subscribed to at the node that has its slot, and
/// again at another node when the slot moves. Redis ends the subscription then, and Lettuce does
/// not place it anew.
final class ShardedClusterBus implements RedisBus, AutoCloseable {
    /// How often placement is compared with the slots, beside what Redis says itself.
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final RedisLink link;
    private final RedisClusterClient client;
    private final StatefulRedisClusterPubSubConnection<String, byte[]> messages;
    private final Inbox inbox;
    private final ScheduledFuture<?> checks;
    private final AtomicBoolean refreshing = new AtomicBoolean();

    /// The node at which a channel is subscribed to, or on its way there.
    private final Map<String, String> placed = new ConcurrentHashMap<>();

    ShardedClusterBus(
            RedisLink link,
            RedisClusterClient client,
            StatefulRedisClusterPubSubConnection<String, byte[]> messages) {
        this.link = link;
        this.client = client;
        this.messages = messages;
        this.inbox = new Inbox(link.metrics, link.seal);
        messages.setNodeMessagePropagation(true);
        messages.addListener(new Listener());
        checks =
                link.timers.scheduleWithFixedDelay(
                        this::place, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void publish(String channel, byte[] message) {
        link.publisher(true).publish(channel, message);
    }

    @Override
    public CompletableFuture<Integer> subscribers(String channel) {
        return link.subscribers(channel, true);
    }

    @Override
    public Runnable subscribe(String channel, Consumer<byte[]> listener) {
        inbox.channels.put(channel, listener);
        place(channel);
        return () -> {
            if (inbox.channels.remove(channel, listener)) {
                leave(channel);
            }
        };
    }

    /// While Redis is away, Lettuce would keep each command: [#place] does it afterwards.
    private void leave(String channel) {
        String node = link.isConnected() ? placed.remove(channel) : null;
        if (node != null && messages.isOpen()) {
            var ignored =
                    messages.getConnectionAsync(node)
                            .thenCompose(connection -> connection.async().sunsubscribe(channel));
        }
    }

    @Override
    public Runnable subscribeAll(String prefix, BiConsumer<String, byte[]> listener) {
        throw new UnsupportedOperationException("sharded channels have no patterns");
    }

    @Override
    public boolean isConnected() {
        return link.isConnected();
    }

    /// Subscribes to all channels that are not where their slots are, and leaves those that went
    /// while Redis was away.
    private void place() {
        inbox.channels.keySet().forEach(this::place);
        for (String channel : placed.keySet()) {
            if (!inbox.channels.containsKey(channel)) {
                leave(channel);
            }
        }
    }

    private void place(String channel) {
        if (!link.isConnected()) {
            return;
        }
        @Nullable RedisClusterNode owner =
                client.getPartitions().getPartitionBySlot(SlotHash.getSlot(channel));
        if (owner == null) {
            refresh();
            return;
        }
        String node = owner.getNodeId();
        String before = placed.put(channel, node);
        if (node.equals(before)) {
            return;
        }
        var ignored =
                messages.getConnectionAsync(node)
                        .thenCompose(connection -> connection.async().ssubscribe(channel))
                        .whenComplete(
                                (done, failure) -> {
                                    if (failure != null) {
                                        failed(channel, node, failure);
                                    } else if (!inbox.channels.containsKey(channel)) {
                                        leave(channel);
                                    }
                                });
    }

    /// A refusal for good is tried again by the next [#place], not at once.
    private void failed(String channel, String node, Throwable failure) {
        placed.remove(channel, node);
        if (!Refusals.log("subscribe", "to subscribe to " + channel, failure)) {
            refreshSoon();
        }
    }

    /// The nodes may not agree yet on the node of the slot.
    private void refreshSoon() {
        var ignored = link.timers.schedule(this::refresh, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Asks for the slots anew, then places what is not in its place.
    private void refresh() {
        if (refreshing.compareAndSet(false, true)) {
            var ignored =
                    client.refreshPartitionsAsync()
                            .whenComplete(
                                    (done, failure) -> {
                                        refreshing.set(false);
                                        if (failure == null) {
                                            link.timers.execute(this::place);
                                        }
                                    });
        }
    }

    @Override
    public void close() {
        checks.cancel(false);
    }

    private final class Listener extends RedisClusterPubSubAdapter<String, byte[]> {
        @Override
        public void smessage(RedisClusterNode node, String channel, byte[] message) {
            // For a moment two nodes may have it; only one of them gets what is published.
            inbox.message(channel, message);
        }

        @Override
        public void sunsubscribed(RedisClusterNode node, String channel, long count) {
            if (placed.remove(channel, node.getNodeId()) && inbox.channels.containsKey(channel)) {
                refresh();
            }
        }
    }
}
