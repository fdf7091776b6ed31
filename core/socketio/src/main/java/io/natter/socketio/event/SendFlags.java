package io.natter.socketio.event;

import io.natter.socketio.adapter.BroadcastOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How one event travels.
public record SendFlags(boolean isVolatile, boolean compress, @Nullable Duration timeout) {
    public static final SendFlags NONE = new SendFlags(false, true, null);

    /// Refuses a time in which no answer can come.
    public static Duration checkTimeout(Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("timeout must not be negative: " + timeout);
        }
        return timeout;
    }

    public BroadcastOptions toRoom(String room) {
        return new BroadcastOptions(
                java.util.Set.of(room), java.util.Set.of(), isVolatile, compress, false, timeout);
    }
}
