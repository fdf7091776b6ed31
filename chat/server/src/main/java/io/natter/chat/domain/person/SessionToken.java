package io.natter.chat.domain.person;

import io.natter.chat.domain.RandomId;
import io.natter.chat.domain.Sha256;
import java.util.Optional;
import java.util.regex.Pattern;

/// The secret that a signed-in browser holds: 256 random bits in base64url. Only [#hash] is ever
/// stored, so a copy of the database is no sign-in.
public final class SessionToken {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final String secret;

    private SessionToken(String secret) {
        this.secret = secret;
    }

    public static SessionToken random() {
        return new SessionToken(RandomId.bits(256));
    }

    /// Reads a token that a client sent; empty when it has not the form of one.
    public static Optional<SessionToken> parse(String text) {
        return FORM.matcher(text).matches()
                ? Optional.of(new SessionToken(text))
                : Optional.empty();
    }

    /// The text for the cookie. Never log it.
    public String secret() {
        return secret;
    }

    /// SHA-256 of the token in hexadecimal: names the session without being able to open it.
    public String hash() {
        return Sha256.hex(secret);
    }

    @Override
    public String toString() {
        return "SessionToken[hidden]";
    }
}
