package io.natter.socketio;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How one event travels.
record SendFlags(boolean isVolatile, boolean compress, @Nullable Duration timeout) {
    static final SendFlags NONE = new SendFlags(false, true, null);

    BroadcastOptions toRoom(String room) {
        return new BroadcastOptions(
                java.util.Set.of(room), java.util.Set.of(), isVolatile, compress, false, timeout);
    }
}
