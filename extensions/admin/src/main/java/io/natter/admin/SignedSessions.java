package io.natter.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Sessions that need no store: the id says until when it is valid, and is signed. So it is valid
/// on all servers with the same password, also after a restart, and no longer when the password
/// changes.
final class SignedSessions implements AdminSessions {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int HEAD_BYTES = 16;
    private static final int BYTES = HEAD_BYTES + 32;

    private final SecretKeySpec key;
    private final Duration lifetime;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    /// @param secret known to the servers only
    SignedSessions(String secret, Duration lifetime, InstantSource clock) {
        this.key = new SecretKeySpec(("natter-admin " + secret).getBytes(UTF_8), ALGORITHM);
        this.lifetime = lifetime;
        this.clock = clock;
    }

    @Override
    public String create() {
        long end = clock.instant().plus(lifetime).getEpochSecond();
        byte[] head =
                ByteBuffer.allocate(HEAD_BYTES).putLong(end).putLong(random.nextLong()).array();
        byte[] id = ByteBuffer.allocate(BYTES).put(head).put(sign(head)).array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    }

    @Override
    public boolean isValid(String id) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(id);
        } catch (IllegalArgumentException e) {
            return false;
        }
        if (bytes.length != BYTES) {
            return false;
        }
        byte[] head = Arrays.copyOf(bytes, HEAD_BYTES);
        byte[] signature = Arrays.copyOfRange(bytes, HEAD_BYTES, BYTES);
        return MessageDigest.isEqual(sign(head), signature)
                && ByteBuffer.wrap(head).getLong() > clock.instant().getEpochSecond();
    }

    private byte[] sign(byte[] head) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(head);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
