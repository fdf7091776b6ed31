package io.natter.chat.domain.admin;

import io.natter.chat.domain.ChatError;
import org.jspecify.annotations.Nullable;

/// How long the messages of a room are kept.
///
/// @param room its id
/// @param days null for ever
/// @param firstSeq the messages before it were removed
public record Retention(String room, @Nullable Integer days, long firstSeq) {
    /// The longest time that is no "for ever".
    public static final int MAX_DAYS = 3650;

    /// Refuses a number of days that is out of bounds.
    ///
    /// @throws io.natter.chat.domain.ChatException with `bad_request`
    public static void check(@Nullable Integer days) {
        if (days != null && (days < 1 || days > MAX_DAYS)) {
            throw ChatError.badRequest("The field days must be from 1 to " + MAX_DAYS + ".")
                    .exception();
        }
    }
}
