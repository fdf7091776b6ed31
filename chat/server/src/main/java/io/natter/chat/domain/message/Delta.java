package io.natter.chat.domain.message;

import java.util.List;

/// The data of one room for a client that returns.
public sealed interface Delta {
    /// Everything between what the client has (`from`) and the present (`to`).
    record Complete(long from, long to, List<Message> changes) implements Delta {}

    /// Too much was missed, or nothing is known of what the client has: the last page instead, and
    /// the client shows a gap before it.
    ///
    /// @param to the room's present `ver`
    /// @param more whether there are messages older than the page
    record Limited(List<Message> page, long to, boolean more) implements Delta {
        public static final int PAGE = 50;
    }
}
