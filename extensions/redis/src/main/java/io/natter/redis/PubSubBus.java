package io.natter.redis;

import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/// Publishes on the connection for commands and listens on one connection. Lettuce subscribes again
/// when it has connected again. While Redis is away, nothing is asked of it: Lettuce would keep
/// each command, and rooms may come and go for hours.
final class PubSubBus implements RedisBus {
    /// After so long, Redis is asked again for channels that it has refused.
    private static final long AGAIN_NANOS = Duration.ofSeconds(5).toNanos();

    private final Publisher publisher;
    private final StatefulRedisPubSubConnection<String, byte[]> messages;
    private final Function<String, CompletableFuture<Integer>> count;
    private final boolean sharded;
    private final Inbox inbox;
    private final RedisLink link;

    /// The channels that Redis was asked for; guarded by this.
    private final Set<Channel> asked = new HashSet<>();

    /// Whether channels came or went while Redis was away; guarded by this.
    private boolean behind;

    /// Whether Redis has refused one, and when; guarded by this.
    private boolean refused;

    private long refusedAt;

    /// A channel, or a pattern for channels.
    private record Channel(String name, boolean isPattern) {}

    /// @param count the number of subscribers of a channel
    /// @param sharded whether channels belong to a slot of a Redis Cluster
    PubSubBus(
            RedisLink link,
            StatefulRedisPubSubConnection<String, byte[]> messages,
            Function<String, CompletableFuture<Integer>> count,
            boolean sharded) {
        this.link = link;
        this.publisher = link.publisher(sharded);
        this.messages = messages;
        this.count = count;
        this.sharded = sharded;
        this.inbox = new Inbox(link.metrics, link.seal);
        messages.addListener(new Listener());
        link.whenConnected(this::catchUp);
    }

    @Override
    public void publish(String channel, byte[] message) {
        publisher.publish(channel, message);
    }

    @Override
    public CompletableFuture<Integer> subscribers(String channel) {
        return count.apply(channel);
    }

    @Override
    public Runnable subscribe(String channel, Consumer<byte[]> listener) {
        inbox.channels.put(channel, listener);
        changed(new Channel(channel, false));
        return () -> {
            if (inbox.channels.remove(channel, listener)) {
                changed(new Channel(channel, false));
            }
        };
    }

    @Override
    public Runnable subscribeAll(String prefix, BiConsumer<String, byte[]> listener) {
        String pattern = pattern(prefix);
        inbox.patterns.put(pattern, listener);
        changed(new Channel(pattern, true));
        return () -> {
            if (inbox.patterns.remove(pattern, listener)) {
                changed(new Channel(pattern, true));
            }
        };
    }

    private synchronized void changed(Channel channel) {
        if (link.isConnected()) {
            ask(channel);
        } else {
            behind = true;
        }
    }

    /// Asks Redis for the channels that came while it was away, and no longer for those that went;
    /// and after a while again for what it has refused.
    private synchronized void catchUp() {
        boolean again = refused && System.nanoTime() - refusedAt > AGAIN_NANOS;
        if (behind || again) {
            behind = false;
            refused = false;
            // Servers are counted by their channels; those that count hear broadcasts.
            inbox.patterns.keySet().forEach(pattern -> ask(new Channel(pattern, true)));
            inbox.channels.keySet().forEach(channel -> ask(new Channel(channel, false)));
            List.copyOf(asked).forEach(this::ask);
        }
    }

    /// Brings one channel to what is wanted. Holds the lock.
    private void ask(Channel channel) {
        boolean wanted =
                channel.isPattern
                        ? inbox.patterns.containsKey(channel.name)
                        : inbox.channels.containsKey(channel.name);
        if (!messages.isOpen() || !(wanted ? asked.add(channel) : asked.remove(channel))) {
            return;
        }
        var ignored =
                command(channel, wanted)
                        .whenComplete(
                                (done, failure) -> {
                                    if (failure != null) {
                                        refused(channel, wanted, failure);
                                    }
                                });
    }

    private CompletionStage<Void> command(Channel channel, boolean wanted) {
        var commands = messages.async();
        String name = channel.name;
        if (channel.isPattern) {
            return wanted ? commands.psubscribe(name) : commands.punsubscribe(name);
        }
        if (sharded) {
            return wanted ? commands.ssubscribe(name) : commands.sunsubscribe(name);
        }
        return wanted ? commands.subscribe(name) : commands.unsubscribe(name);
    }

    private synchronized void refused(Channel channel, boolean wanted, Throwable failure) {
        if (wanted) {
            asked.remove(channel);
        } else {
            asked.add(channel);
        }
        refused = true;
        refusedAt = System.nanoTime();
        Refusals.log("subscribe", "to subscribe to " + channel.name, failure);
    }

    /// A pattern for all channels that begin so; Redis gives `*`, `?`, `[` and `\` a meaning.
    private static String pattern(String prefix) {
        return prefix.replaceAll("[*?\\[\\]\\\\]", "\\\\$0") + "*";
    }

    @Override
    public boolean isConnected() {
        return link.isConnected();
    }

    private final class Listener extends RedisPubSubAdapter<String, byte[]> {
        @Override
        public void message(String channel, byte[] message) {
            inbox.message(channel, message);
        }

        @Override
        public void message(String pattern, String channel, byte[] message) {
            inbox.message(pattern, channel, message);
        }

        @Override
        public void smessage(String channel, byte[] message) {
            inbox.message(channel, message);
        }
    }
}
