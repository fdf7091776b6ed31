package io.natter.chat.domain.room;

import io.natter.chat.domain.Bounds;
import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.VisibleText;
import java.util.regex.Pattern;

/// The name of a room, at most [Bounds#ROOM_NAME] characters as a reader counts them.
///
/// @param shown the name as people see it
/// @param slug the name in addresses: in lower case, with `-` for spaces and punctuation; no two
///   public or private rooms share one
public record RoomName(String shown, String slug) {
    private static final Pattern SEPARATOR =
            Pattern.compile("[^\\p{L}\\p{M}\\p{N}\\p{So}\\p{Sk}]+");
    private static final Pattern OUTER = Pattern.compile("^-+|-+$");

    /// Reads what somebody typed.
    ///
    /// @throws io.natter.chat.domain.ChatException with `room_name_empty`, `room_name_too_long` or
    ///   `room_name_invalid`
    public static RoomName of(String typed) {
        VisibleText text = VisibleText.of(typed, Bounds.ROOM_NAME);
        switch (text.fault()) {
            case EMPTY -> throw ChatError.roomNameEmpty().exception();
            case TOO_LONG -> throw ChatError.roomNameTooLong().exception();
            case INVALID -> throw ChatError.roomNameInvalid().exception();
            case NONE -> {}
        }
        String slug = slug(text.shown());
        if (slug.isEmpty()) {
            throw ChatError.roomNameInvalid().exception();
        }
        return new RoomName(text.shown(), slug);
    }

    /// The words in the form of a slug; may be empty.
    public static String slug(String words) {
        String joined = SEPARATOR.matcher(VisibleText.key(words)).replaceAll("-");
        return OUTER.matcher(joined).replaceAll("");
    }
}
