package io.natter.chat.domain.person;

import io.natter.chat.domain.ChatError;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;
import java.util.Set;

/// A password as somebody typed it, in Unicode form NFKC. It never shows itself.
public final class Password {
    private static final int SHORTEST = 10;
    private static final int LONGEST = 128;

    /// The passwords of ten characters and more that most lists of stolen ones begin with.
    private static final Set<String> COMMON =
            Set.of(
                    "1234567890",
                    "12345678910",
                    "123456789a",
                    "0123456789",
                    "0987654321",
                    "9876543210",
                    "1q2w3e4r5t",
                    "1q2w3e4r5t6y",
                    "1qaz2wsx3edc",
                    "q1w2e3r4t5",
                    "q1w2e3r4t5y6",
                    "qwertyuiop",
                    "qwertyuiop123",
                    "qwerty12345",
                    "qwerty123456",
                    "asdfghjkl123",
                    "qwertzuiop",
                    "azertyuiop",
                    "password12",
                    "password123",
                    "password1234",
                    "password12345",
                    "passwort123",
                    "motdepasse",
                    "contrasena",
                    "iloveyou123",
                    "letmein123",
                    "welcome123",
                    "welcome1234",
                    "changeme123",
                    "administrator",
                    "princess123",
                    "football123",
                    "baseball123",
                    "superman123",
                    "abcdefghij",
                    "abcdefghijk",
                    "abcd123456",
                    "abc1234567",
                    "abcde12345",
                    "correcthorsebatterystaple",
                    "trustno1trustno1",
                    "basketball",
                    "unbelievable");

    private final String text;

    private Password(String text) {
        this.text = text;
    }

    /// Reads a password to sign in with. Its length is bounded, so that hashing it is.
    ///
    /// @throws io.natter.chat.domain.ChatException with `wrong_password`
    public static Password typed(String typed) {
        if (typed.length() > 4 * LONGEST) {
            throw ChatError.wrongPassword().exception();
        }
        return new Password(Normalizer.normalize(typed, Form.NFKC));
    }

    /// Reads a password that is to be new.
    ///
    /// @throws io.natter.chat.domain.ChatException with `password_too_short`, `password_too_long`
    ///   or `password_common`
    public static Password chosen(String typed, PersonName name) {
        if (typed.length() > 4 * LONGEST) {
            throw ChatError.passwordTooLong(LONGEST).exception();
        }
        Password password = typed(typed);
        int length = password.text.codePointCount(0, password.text.length());
        if (length < SHORTEST) {
            throw ChatError.passwordTooShort(SHORTEST).exception();
        }
        if (length > LONGEST) {
            throw ChatError.passwordTooLong(LONGEST).exception();
        }
        if (password.isCommon(name)) {
            throw ChatError.passwordCommon().exception();
        }
        return password;
    }

    private boolean isCommon(PersonName name) {
        String lower = text.toLowerCase(Locale.ROOT);
        return COMMON.contains(lower)
                || lower.codePoints().distinct().count() < 4
                || lower.replace(name.key(), "").length() < 4;
    }

    /// For hashing. Never log or store it.
    public String secret() {
        return text;
    }

    @Override
    public String toString() {
        return "Password[hidden]";
    }
}
