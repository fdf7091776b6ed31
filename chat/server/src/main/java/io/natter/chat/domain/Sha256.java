package io.natter.chat.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// How secrets are named without being kept.
public final class Sha256 {
    private Sha256() {}

    public static String hex(String ascii) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(ascii.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
