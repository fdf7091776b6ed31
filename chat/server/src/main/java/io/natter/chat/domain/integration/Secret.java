package io.natter.chat.domain.integration;

import io.natter.chat.domain.RandomId;
import io.natter.chat.domain.Sha256;
import java.util.Optional;
import java.util.regex.Pattern;

/// The secret of a bot or of an incoming webhook: 256 random bits in base64url. Only [#hash] is
/// stored, so a copy of the database lets no program in.
public final class Secret {
    /// Tokens of bots begin so, which lets scanners of source code find one that was published.
    private static final String BOT = "natter_bot_";

    private static final Pattern FORM = Pattern.compile("(?:" + BOT + ")?[A-Za-z0-9_-]{43}");

    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    /// A new token of a bot.
    public static Secret ofBot() {
        return new Secret(BOT + RandomId.bits(256));
    }

    /// A new secret of an incoming webhook.
    public static Secret ofWebhook() {
        return new Secret(RandomId.bits(256));
    }

    /// Reads a secret that a program sent; empty when it has not the form of one.
    public static Optional<Secret> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new Secret(text)) : Optional.empty();
    }

    /// The text for the program. Never log it.
    public String text() {
        return text;
    }

    /// SHA-256 of the text in hexadecimal.
    public String hash() {
        return Sha256.hex(text);
    }

    @Override
    public String toString() {
        return "Secret[hidden]";
    }
}
