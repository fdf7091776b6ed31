package io.natter.chat.domain;

import java.util.regex.Pattern;

/// A message somebody wants to send, checked.
///
/// @param cmid the client's own id for it, unique per sender and kept for ever: sending it again is
///   answered with the numbers it got the first time
/// @param text at most [#MAX_TEXT] UTF-16 units (what JavaScript's `length` counts), well-formed
///   Unicode
public record Draft(String room, Person sender, String cmid, String text) {
    public static final int MAX_TEXT = 8000;

    private static final Pattern CMID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /// What no database keeps as it is: half of a surrogate pair, and NUL.
    private static final Pattern UNSTORABLE = Pattern.compile("[\\p{Cs}\\x00]");

    /// Checks what somebody sent.
    ///
    /// @throws ChatException with `cmid_invalid`, `text_empty` or `text_too_long`
    public static Draft of(String room, Person sender, String cmid, String text) {
        if (!CMID.matcher(cmid).matches()) {
            throw ChatError.cmidInvalid().exception();
        }
        if (text.length() > MAX_TEXT) {
            throw ChatError.textTooLong().exception();
        }
        if (text.isBlank()) {
            throw ChatError.textEmpty().exception();
        }
        return new Draft(room, sender, cmid, UNSTORABLE.matcher(text).replaceAll("\uFFFD"));
    }
}
