package io.natter.redis;

/// Sends messages to channels, in order. No method blocks.
@FunctionalInterface
interface Publisher {
    /// Sends a message to the subscribers of a channel; drops and counts it when too many bytes
    /// wait for Redis.
    void publish(String channel, byte[] message);
}
