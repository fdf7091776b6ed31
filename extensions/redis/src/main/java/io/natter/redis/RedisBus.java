package io.natter.redis;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Publishes and subscribes. One serves all namespaces of a server. No method blocks. Listeners are
/// called on the connection's event loop, in the order in which Redis sent the messages. Its
/// connections belong to a [RedisLink].
interface RedisBus extends Publisher {

    /// The number of connections that have subscribed to this channel.
    CompletableFuture<Integer> subscribers(String channel);

    /// Calls `listener` for each message of this channel.
    void subscribe(String channel, Consumer<byte[]> listener);

    /// Calls `listener` with the channel and the message for all channels that begin so.
    void subscribeAll(String prefix, BiConsumer<String, byte[]> listener);

    /// Ends a subscription of [#subscribe].
    void unsubscribe(String channel);

    /// Ends a subscription of [#subscribeAll].
    void unsubscribeAll(String prefix);

    /// Whether Redis can be reached at the moment.
    boolean isConnected();
}
