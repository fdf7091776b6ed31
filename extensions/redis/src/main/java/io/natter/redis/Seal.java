package io.natter.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs messages with a secret of the cluster (HMAC-SHA-256). A process that can write to Redis
/// but does not know the secret cannot send to clients. The signature binds a message to its
/// channel or stream. Any thread.
final class Seal {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int LENGTH = 32;
    private static final String FIELD = "mac";

    private final SecretKeySpec key;

    Seal(String secret) {
        key = new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM);
    }

    /// The signature, then the message.
    byte[] seal(String channel, byte[] message) {
        byte[] sealed = Arrays.copyOf(signature(channel, message), LENGTH + message.length);
        System.arraycopy(message, 0, sealed, LENGTH, message.length);
        return sealed;
    }

    /// The message.
    ///
    /// @throws IllegalArgumentException where the signature is none of this cluster
    byte[] open(String channel, byte[] sealed) {
        if (sealed.length < LENGTH) {
            throw refused();
        }
        byte[] message = Arrays.copyOfRange(sealed, LENGTH, sealed.length);
        check(Arrays.copyOf(sealed, LENGTH), signature(channel, message));
        return message;
    }

    /// The fields of an entry, and their signature.
    Map<String, byte[]> seal(String stream, Map<String, byte[]> fields) {
        var sealed = new LinkedHashMap<>(fields);
        sealed.put(FIELD, signature(stream, joined(fields)));
        return sealed;
    }

    /// Checks the signature of an entry.
    ///
    /// @throws IllegalArgumentException where the signature is none of this cluster
    void check(String stream, Map<String, byte[]> sealed) {
        var fields = new LinkedHashMap<>(sealed);
        byte[] found = fields.remove(FIELD);
        if (found == null) {
            throw refused();
        }
        check(found, signature(stream, joined(fields)));
    }

    private static void check(byte[] found, byte[] wanted) {
        if (!MessageDigest.isEqual(found, wanted)) {
            throw refused();
        }
    }

    private static IllegalArgumentException refused() {
        return new IllegalArgumentException("a message without the signature of this cluster");
    }

    /// All names and values, each with its length before it.
    private static byte[] joined(Map<String, byte[]> fields) {
        int length = 0;
        for (var field : fields.entrySet()) {
            length += 8 + field.getKey().getBytes(UTF_8).length + field.getValue().length;
        }
        var joined = ByteBuffer.allocate(length);
        for (var field : fields.entrySet()) {
            byte[] name = field.getKey().getBytes(UTF_8);
            joined.putInt(name.length).put(name);
            joined.putInt(field.getValue().length).put(field.getValue());
        }
        return joined.array();
    }

    private byte[] signature(String place, byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(place.getBytes(UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every Java has HMAC-SHA-256
        }
    }
}
