package io.natter.socketio.rooms;

import java.security.SecureRandom;
import java.util.Base64;

/// Makes ids that cannot be guessed: 15 random bytes as 20 characters.
public final class SocketIds {
    private static final SecureRandom RANDOM = new SecureRandom();

    private SocketIds() {}

    public static String next() {
        var bytes = new byte[15];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
