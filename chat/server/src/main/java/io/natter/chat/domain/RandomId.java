package io.natter.chat.domain;

import java.security.SecureRandom;
import java.util.Base64;

/// Random ids as URL-safe text.
public final class RandomId {
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomId() {}

    /// 128 random bits in 22 characters.
    public static String next() {
        return bits(128);
    }

    /// So many random bits, 6 in a character.
    public static String bits(int bits) {
        byte[] bytes = new byte[bits / 8];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
