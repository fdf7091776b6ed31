package io.natter.chat.domain.person;

import io.natter.chat.domain.RandomId;
import io.natter.chat.domain.Sha256;
import java.util.Optional;
import java.util.regex.Pattern;

/// The secret in the link of an invite: 128 random bits in base64url. Only [#hash] is ever stored.
public final class InviteToken {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{22}");

    private final String secret;

    private InviteToken(String secret) {
        this.secret = secret;
    }

    public static InviteToken random() {
        return new InviteToken(RandomId.bits(128));
    }

    /// Reads a token that a client sent; empty when it has not the form of one.
    public static Optional<InviteToken> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new InviteToken(text)) : Optional.empty();
    }

    /// The text for the link. Never log it.
    public String secret() {
        return secret;
    }

    /// SHA-256 of the token in hexadecimal.
    public String hash() {
        return Sha256.hex(secret);
    }

    @Override
    public String toString() {
        return "InviteToken[hidden]";
    }
}
