package io.natter.redis;

import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/// Publishes on the connection for commands and listens on one connection. Lettuce subscribes again
/// when it has connected again. While Redis is away, nothing is asked of it: Lettuce would keep
/// each command, and rooms may come and go for hours.
final class PubSubBus implements RedisBus {
    private final Publisher publisher;
    private final StatefulRedisPubSubConnection<String, byte[]> messages;
    private final Function<String, CompletableFuture<Integer>> count;
    private final boolean sharded;
    private final Inbox inbox;
    private final RedisLink link;

    /// The channels that Redis was asked for; guarded by this.
    private final Set<String> asked = new HashSet<>();

    /// Whether channels came or went while Redis was away; guarded by this.
    private boolean behind;

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
    public void subscribe(String channel, Consumer<byte[]> listener) {
        inbox.channels.put(channel, listener);
        changed(channel);
    }

    @Override
    public void subscribeAll(String prefix, BiConsumer<String, byte[]> listener) {
        inbox.patterns.put(pattern(prefix), listener);
        var ignored = messages.async().psubscribe(pattern(prefix));
    }

    @Override
    public void unsubscribe(String channel) {
        inbox.channels.remove(channel);
        changed(channel);
    }

    private synchronized void changed(String channel) {
        if (link.isConnected()) {
            ask(channel);
        } else {
            behind = true;
        }
    }

    /// Asks Redis for the channels that came while it was away, and no longer for those that went.
    private synchronized void catchUp() {
        if (behind) {
            behind = false;
            List.copyOf(inbox.channels.keySet()).forEach(this::ask);
            List.copyOf(asked).forEach(this::ask);
        }
    }

    /// Brings one channel to what is wanted. Holds the lock.
    private void ask(String channel) {
        boolean wanted = inbox.channels.containsKey(channel);
        if (!messages.isOpen() || !(wanted ? asked.add(channel) : asked.remove(channel))) {
            return;
        }
        var commands = messages.async();
        var ignored =
                wanted
                        ? sharded ? commands.ssubscribe(channel) : commands.subscribe(channel)
                        : sharded ? commands.sunsubscribe(channel) : commands.unsubscribe(channel);
    }

    @Override
    public void unsubscribeAll(String prefix) {
        inbox.patterns.remove(pattern(prefix));
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
