package io.natter.chat.domain.person;

import io.natter.chat.domain.Bounds;
import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.VisibleText;

/// A name somebody may carry: in Unicode form NFKC, spaces collapsed, with something to see in it,
/// at most [Bounds#NAME] characters as a reader counts them.
///
/// @param shown the name as people see it
/// @param key the name with case folded and with whatever cannot be seen left out; two people never
///   share a key at one time, so `Ann`, `ANN`, `Ａｎｎ` and `An\u00adn` are one name
public record PersonName(String shown, String key) {

    /// Reads what somebody typed.
    ///
    /// @throws io.natter.chat.domain.ChatException with `name_empty`, `name_too_long`,
    ///   `name_invalid` or `name_reserved`
    public static PersonName of(String typed) {
        VisibleText text = VisibleText.of(typed, Bounds.NAME);
        switch (text.fault()) {
            case EMPTY -> throw ChatError.nameEmpty().exception();
            case TOO_LONG -> throw ChatError.nameTooLong().exception();
            case INVALID -> throw ChatError.nameInvalid().exception();
            case NONE -> {}
        }
        if (ReservedNames.contains(text.key())) {
            throw ChatError.nameReserved().exception();
        }
        return new PersonName(text.shown(), text.key());
    }
}
