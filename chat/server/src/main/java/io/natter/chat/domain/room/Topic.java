package io.natter.chat.domain.room;

import io.natter.chat.domain.Bounds;
import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.Invisible;
import java.util.regex.Pattern;

/// The subject of a room, in one line; may be empty.
public record Topic(String text) {
    private static final Pattern NOT_ONE_LINE =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\s]+");

    /// Reads what somebody typed.
    ///
    /// @throws io.natter.chat.domain.ChatException with `topic_too_long`
    public static Topic of(String typed) {
        if (typed.length() > Bounds.TOPIC) {
            throw ChatError.topicTooLong().exception();
        }
        String line = NOT_ONE_LINE.matcher(typed).replaceAll(" ").strip();
        return new Topic(Invisible.isAll(line) ? "" : line);
    }
}
