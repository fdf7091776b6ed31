package io.natter.chat.domain.message;

import java.util.List;

/// Some consecutive messages of a room, oldest first.
///
/// @param more whether there is more the way that was asked for: older ones for the latest and for
///   `before`, newer ones for `after`, either for `around`
/// @param ver the room's last `ver` at the moment of reading
public record Page(List<Message> messages, boolean more, long ver) {
    public static final int MAX = 100;
}
