package io.natter.chat.push;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;

/// The server's key pair, with which it signs each request to a push service (VAPID, RFC 8292). A
/// subscription is bound to the public key, so the pair stays the same for ever.
final class VapidKeys {
    /// RFC 8292, section 2: at most 24 hours.
    private static final Duration VALID = Duration.ofHours(12);

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final ECPrivateKey secret;
    private final byte[] point;

    private VapidKeys(ECPrivateKey secret, byte[] point) {
        this.secret = secret;
        this.point = point;
    }

    /// A new pair, as a text to be stored: the secret number and the public point.
    static String fresh() {
        try {
            KeyPair pair = P256.generate();
            return BASE64.encodeToString(P256.number((ECPrivateKey) pair.getPrivate()))
                    + "."
                    + BASE64.encodeToString(P256.point((ECPublicKey) pair.getPublic()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM cannot make a key on P-256.", e);
        }
    }

    /// The pair of a stored text.
    static VapidKeys of(String stored) {
        int dot = stored.indexOf('.');
        try {
            byte[] number = Base64.getUrlDecoder().decode(stored.substring(0, dot));
            byte[] point = Base64.getUrlDecoder().decode(stored.substring(dot + 1));
            return new VapidKeys(P256.privateKey(number), point);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new IllegalStateException("The stored keys for push messages are damaged.", e);
        }
    }

    /// The public key for `PushManager.subscribe`, in base64url.
    String publicKey() {
        return BASE64.encodeToString(point);
    }

    /// The header `Authorization` of a request to this endpoint.
    String authorization(URI endpoint, String contact, InstantSource clock)
            throws GeneralSecurityException {
        String audience = endpoint.getScheme() + "://" + endpoint.getRawAuthority();
        long expires = clock.instant().plus(VALID).getEpochSecond();
        String claims =
                "{\"aud\":\"%s\",\"exp\":%d,\"sub\":\"%s\"}".formatted(audience, expires, contact);
        String signed = encode("{\"typ\":\"JWT\",\"alg\":\"ES256\"}") + "." + encode(claims);
        var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(secret);
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return "vapid t="
                + signed
                + "."
                + BASE64.encodeToString(signature.sign())
                + ", k="
                + publicKey();
    }

    private static String encode(String json) {
        return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
