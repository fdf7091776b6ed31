package io.natter.chat.domain.integration;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The secret of an outgoing webhook, with which its receiver recognises the chat. Its text and the
/// signatures are those of Standard Webhooks (<https://www.standardwebhooks.com>).
public final class SigningSecret {
    private static final String PREFIX = "whsec_";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String text;

    private SigningSecret(String text) {
        this.text = text;
    }

    public static SigningSecret random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return of(PREFIX + Base64.getEncoder().encodeToString(bytes));
    }

    /// The secret of a stored text.
    public static SigningSecret of(String text) {
        return new SigningSecret(text);
    }

    /// The text for the receiver. Never log it.
    public String text() {
        return text;
    }

    /// The value of `webhook-signature`.
    ///
    /// @param timestamp in seconds since 1970
    public String sign(String id, long timestamp, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            byte[] key = Base64.getDecoder().decode(text.substring(PREFIX.length()));
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            String signed = id + '.' + timestamp + '.' + body;
            byte[] signature = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    @Override
    public String toString() {
        return "SigningSecret[hidden]";
    }
}
