package io.natter.chat.domain.personal;

import io.natter.chat.domain.ChatError;
import java.time.Duration;

/// A time at which the server is to do something.
public final class FutureTime {
    /// The longest wait.
    public static final Duration LONGEST = Duration.ofDays(366);

    private FutureTime() {}

    /// Checks a time, in milliseconds since 1970.
    ///
    /// @throws io.natter.chat.domain.ChatException with `time_invalid` for the past, and for more
    ///   than [#LONGEST] ahead
    public static long checked(long at, long now) {
        if (at <= now || at > now + LONGEST.toMillis()) {
            throw ChatError.timeInvalid().exception();
        }
        return at;
    }
}
