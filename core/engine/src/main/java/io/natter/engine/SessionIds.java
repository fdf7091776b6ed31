package io.natter.engine;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;

/// Makes session ids of 20 characters: 12 random bytes, which make them hard to guess, and 3
/// counted ones, which keep them apart.
final class SessionIds {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder();

    /// The length of a prefix, and of the random bytes behind it.
    private static final int PREFIX = 4;

    private static final int BEHIND_PREFIX = 12;

    private SessionIds() {}

    static String next() {
        var bytes = new byte[15];
        RANDOM.nextBytes(bytes);
        int n = COUNT.getAndIncrement();
        bytes[12] = (byte) (n >> 16);
        bytes[13] = (byte) (n >> 8);
        bytes[14] = (byte) n;
        return BASE64.encodeToString(bytes);
    }

    /// An id that begins with `prefix`, which names a server. The 12 random bytes behind it make
    /// the id hard to guess and keep it apart from others.
    static String next(String prefix) {
        if (prefix.length() != PREFIX) {
            throw new IllegalStateException("a prefix has 4 characters, not '" + prefix + "'");
        }
        var bytes = new byte[BEHIND_PREFIX];
        RANDOM.nextBytes(bytes);
        return prefix + BASE64.encodeToString(bytes);
    }
}
