package io.natter.chat.push;

import io.natter.chat.domain.push.PushSubscription;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Encrypts a push message for one browser, so that its push service cannot read it: RFC 8291, with
/// the content encoding `aes128gcm` of RFC 8188 in one record.
final class PushCipher {
    /// The longest text. Push services take 4,096 bytes, and header, padding and tag need 103.
    static final int MAX_TEXT = 3993;

    private static final int RECORD = 4096;
    private static final int SALT = 16;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private PushCipher() {}

    /// The body of the request to the push service.
    ///
    /// @throws GeneralSecurityException if the subscription's key is no point of the curve
    static byte[] encrypt(byte[] text, PushSubscription to) throws GeneralSecurityException {
        byte[] salt = new byte[SALT];
        RANDOM.nextBytes(salt);
        return encrypt(text, to, P256.generate(), salt);
    }

    /// With a key pair and salt that are used once only, or for a test vector.
    static byte[] encrypt(byte[] text, PushSubscription to, KeyPair own, byte[] salt)
            throws GeneralSecurityException {
        if (text.length > MAX_TEXT) {
            throw new IllegalArgumentException(
                    "A push message has at most %d bytes, not %d."
                            .formatted(MAX_TEXT, text.length));
        }
        ECPublicKey browser =
                P256.publicKey(to.key())
                        .orElseThrow(() -> new GeneralSecurityException("no point of P-256"));
        byte[] sender = P256.point((ECPublicKey) own.getPublic());
        var agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(own.getPrivate());
        agreement.doPhase(browser, true);
        byte[] input =
                derive(
                        to.auth(),
                        agreement.generateSecret(),
                        info("WebPush: info", to.key(), sender),
                        32);
        byte[] key = derive(salt, input, info("Content-Encoding: aes128gcm"), 16);
        byte[] nonce = derive(salt, input, info("Content-Encoding: nonce"), 12);
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(key, "AES"),
                new GCMParameterSpec(TAG_BITS, nonce));
        byte[] record = Arrays.copyOf(text, text.length + 1);
        record[text.length] = 2; // the last record, without more padding
        byte[] encrypted = cipher.doFinal(record);
        return ByteBuffer.allocate(SALT + 4 + 1 + sender.length + encrypted.length)
                .put(salt)
                .putInt(RECORD)
                .put((byte) sender.length)
                .put(sender)
                .put(encrypted)
                .array();
    }

    private static byte[] derive(byte[] salt, byte[] input, byte[] info, int length)
            throws GeneralSecurityException {
        var parameters =
                HKDFParameterSpec.ofExtract().addIKM(input).addSalt(salt).thenExpand(info, length);
        return KDF.getInstance("HKDF-SHA256").deriveData(parameters);
    }

    private static byte[] info(String label, byte[]... parts) {
        byte[] begin = label.getBytes(StandardCharsets.US_ASCII);
        int length = begin.length + 1;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer info = ByteBuffer.allocate(length).put(begin).put((byte) 0);
        for (byte[] part : parts) {
            info.put(part);
        }
        return info.array();
    }
}
