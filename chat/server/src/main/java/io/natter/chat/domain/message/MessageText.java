package io.natter.chat.domain.message;

import io.natter.chat.domain.Bounds;
import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.Invisible;
import java.util.regex.Pattern;

/// The rules for the text of a message.
final class MessageText {
    /// Characters that no database keeps unchanged: half of a surrogate pair, and NUL.
    private static final Pattern UNSTORABLE = Pattern.compile("[\\p{Cs}\\x00]");

    private MessageText() {}

    /// The text as it is stored: well-formed Unicode with something to see in it, without line
    /// breaks at its end.
    ///
    /// @throws io.natter.chat.domain.ChatException with `text_empty` or `text_too_long`
    static String checked(String text) {
        if (text.length() > Bounds.MESSAGE) {
            throw ChatError.textTooLong().exception();
        }
        if (Invisible.isAll(text)) {
            throw ChatError.textEmpty().exception();
        }
        return Invisible.withoutLinesAtTheEnd(UNSTORABLE.matcher(text).replaceAll("\uFFFD"));
    }
}
