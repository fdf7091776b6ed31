package io.natter.chat.domain.person;

import io.natter.chat.domain.Bounds;
import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.VisibleText;

/// The line that people show under their name; may be empty.
public record StatusText(String text) {

    /// Reads what somebody typed.
    ///
    /// @throws io.natter.chat.domain.ChatException with `status_too_long` or `status_invalid`
    public static StatusText of(String typed) {
        VisibleText text = VisibleText.of(typed, Bounds.STATUS);
        return switch (text.fault()) {
            case EMPTY -> new StatusText("");
            case TOO_LONG -> throw ChatError.statusTooLong().exception();
            case INVALID -> throw ChatError.statusInvalid().exception();
            case NONE -> new StatusText(text.shown());
        };
    }
}
