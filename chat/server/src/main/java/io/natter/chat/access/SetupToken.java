package io.natter.chat.access;

import io.natter.chat.domain.RandomId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// The token that makes the first owner: 128 random bits, new at each start, printed on the console
/// and kept in memory only. Reading the console is what proves whose server it is.
public final class SetupToken {
    private final String secret = RandomId.bits(128);

    /// The text for the link on the console. Never log it.
    public String secret() {
        return secret;
    }

    /// Compares in a time that says nothing.
    public boolean matches(String typed) {
        return MessageDigest.isEqual(
                secret.getBytes(StandardCharsets.UTF_8), typed.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "SetupToken[hidden]";
    }
}
