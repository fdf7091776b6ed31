package io.natter.socketio.event;

import io.natter.socketio.adapter.BroadcastOptions;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The flags with which one event is sent.
///
/// @param isVolatile may be dropped for a client that cannot take it at once
/// @param compress may be compressed where the connection agreed to it
/// @param timeout how long an acknowledgement is awaited, or null for the default
public record SendFlags(boolean isVolatile, boolean compress, @Nullable Duration timeout) {
    /// Those of an event that was sent without any.
    public static final SendFlags NONE = new SendFlags(false, true, null);

    /// The flags of a broadcast.
    public static SendFlags of(BroadcastOptions options) {
        return new SendFlags(options.isVolatile(), options.compress(), options.timeout());
    }

    /// The same flags, and volatile.
    public SendFlags withVolatile() {
        return new SendFlags(true, compress, timeout);
    }

    /// The same flags, and compressed or not.
    public SendFlags withCompress(boolean value) {
        return new SendFlags(isVolatile, value, timeout);
    }

    /// The same flags, and this timeout.
    ///
    /// @throws IllegalArgumentException if it is negative
    public SendFlags withTimeout(Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException("timeout must not be negative: " + value);
        }
        return new SendFlags(isVolatile, compress, value);
    }

    /// A broadcast with these flags.
    ///
    /// @param local stays on this server
    public BroadcastOptions to(Set<String> rooms, Set<String> except, boolean local) {
        return new BroadcastOptions(rooms, except, isVolatile, compress, local, timeout);
    }
}
