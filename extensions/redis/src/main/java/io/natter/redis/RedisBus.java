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

    /// Calls `listener` for each message of this channel, in place of a listener before it: that of
    /// a namespace that goes while another of its name comes.
    ///
    /// @return ends this subscription, and no later one
    Runnable subscribe(String channel, Consumer<byte[]> listener);

    /// Calls `listener` with the channel and the message for all channels that begin so. See
    /// [#subscribe].
    Runnable subscribeAll(String prefix, BiConsumer<String, byte[]> listener);

    /// Whether Redis can be reached at the moment.
    boolean isConnected();
}
