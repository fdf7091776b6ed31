package io.natter.chat.domain.message;

import io.natter.chat.domain.person.Person;

/// A new text for a message, checked.
///
/// @param seq the message in `room`
/// @param baseVer the `ver` of the row that the person saw
public record Edit(String room, Person person, long seq, long baseVer, String text) {

    /// Checks what somebody sent.
    ///
    /// @throws io.natter.chat.domain.ChatException with `text_empty` or `text_too_long`
    public static Edit of(String room, Person person, long seq, long baseVer, String text) {
        return new Edit(room, person, seq, baseVer, MessageText.checked(text));
    }

    /// The answer to an edit that is on disk.
    ///
    /// @param editedAt when the text last changed, milliseconds since 1970; the time of sending for
    ///   a message that never changed
    public record Done(long ver, long editedAt) {}
}
