package io.natter.chat.domain.person;

import io.natter.chat.domain.ChatError;
import java.util.regex.Pattern;

/// The language of the page that a person chose for the account. The server does not know the
/// languages of the page, so it checks the form only.
///
/// @param tag of BCP 47, such as `de`; empty for the language of each browser
public record ChosenLanguage(String tag) {
    private static final Pattern TAG = Pattern.compile("(?:[a-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,3})?");

    /// Checks what somebody sent.
    ///
    /// @throws io.natter.chat.domain.ChatException with `bad_request`
    public static ChosenLanguage of(String tag) {
        if (!TAG.matcher(tag).matches()) {
            throw ChatError.badRequest("Send the tag of a language, such as \"de\", or \"\".")
                    .exception();
        }
        return new ChosenLanguage(tag);
    }
}
