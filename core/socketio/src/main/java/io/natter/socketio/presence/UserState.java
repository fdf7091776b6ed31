package io.natter.socketio.presence;

import io.natter.protocol.Payload;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A user as one server knows them.
///
/// @param since when the first socket came, in milliseconds of the server's clock
/// @param updated when the data changed last, in the same way
/// @param data without attachments, or null
record UserState(String key, long since, long updated, @Nullable Payload data) {

    static boolean sameData(@Nullable Payload one, @Nullable Payload other) {
        if (one == null || other == null) {
            return one == null && other == null;
        }
        return Arrays.equals(
                one.buffer(), one.from(), one.to(), other.buffer(), other.from(), other.to());
    }

    boolean isSame(UserState other) {
        return since == other.since && updated == other.updated && sameData(data, other.data);
    }
}
