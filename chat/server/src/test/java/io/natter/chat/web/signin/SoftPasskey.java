package io.natter.chat.web.signin;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import tools.jackson.databind.JsonNode;

/// An authenticator with one passkey, and the browser before it. Its answers can be changed, as an
/// attacker would.
final class SoftPasskey {
    private static final int PRESENT = 1;
    private static final int VERIFIED = 4;
    private static final int WITH_KEY = 0x40;

    private final KeyPair pair;
    private final byte[] id = new byte[32];
    private String person = "";

    /// The address of the page, as the browser has it.
    String origin;

    /// The name that the signature is for.
    String relyingParty = "localhost";

    /// Whether a bit of each signature is wrong.
    boolean forges;

    /// The counter of the next signature.
    int counter;

    SoftPasskey(String origin) {
        this.origin = origin;
        new SecureRandom().nextBytes(id);
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            pair = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// The browser's answer to `navigator.credentials.create`.
    String make(JsonNode options) {
        person = options.at("/user/id").asString();
        byte[] data = authenticatorData(PRESENT | VERIFIED | WITH_KEY, coseKey());
        ByteArrayOutputStream object = new ByteArrayOutputStream();
        object.write(0xA3);
        text(object, "fmt");
        text(object, "none");
        text(object, "attStmt");
        object.write(0xA0);
        text(object, "authData");
        bytes(object, data);
        String client = client("webauthn.create", options.at("/challenge").asString());
        return """
        {"id":"%s","rawId":"%s","type":"public-key","clientExtensionResults":{},"response":
        {"clientDataJSON":"%s","attestationObject":"%s","transports":["internal"]}}
        """
                .formatted(
                        base64(id),
                        base64(id),
                        base64(client.getBytes(StandardCharsets.UTF_8)),
                        base64(object.toByteArray()));
    }

    /// The browser's answer to `navigator.credentials.get`.
    String sign(JsonNode options) {
        byte[] data = authenticatorData(PRESENT | VERIFIED, new byte[0]);
        byte[] client =
                client("webauthn.get", options.at("/challenge").asString())
                        .getBytes(StandardCharsets.UTF_8);
        return """
        {"id":"%s","rawId":"%s","type":"public-key","clientExtensionResults":{},"response":
        {"clientDataJSON":"%s","authenticatorData":"%s","signature":"%s","userHandle":"%s"}}
        """
                .formatted(
                        base64(id),
                        base64(id),
                        base64(client),
                        base64(data),
                        base64(signature(data, client)),
                        person);
    }

    private byte[] signature(byte[] data, byte[] client) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getPrivate());
            signature.update(data);
            signature.update(sha256(client));
            byte[] signed = signature.sign();
            if (forges) {
                signed[signed.length / 2] ^= 1;
            }
            return signed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String client(String type, String challenge) {
        return "{\"type\":\"%s\",\"challenge\":\"%s\",\"origin\":\"%s\",\"crossOrigin\":false}"
                .formatted(type, challenge, origin);
    }

    private byte[] authenticatorData(int flags, byte[] key) {
        ByteBuffer data =
                ByteBuffer.allocate(37 + (key.length == 0 ? 0 : 18 + id.length + key.length));
        data.put(sha256(relyingParty.getBytes(StandardCharsets.UTF_8)));
        data.put((byte) flags).putInt(counter);
        if (key.length > 0) {
            data.put(new byte[16]).putShort((short) id.length).put(id).put(key);
        }
        return data.array();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// `{1: 2, 3: -7, -1: 1, -2: x, -3: y}`: a point on P-256 for ES256.
    private byte[] coseKey() {
        ECPublicKey key = (ECPublicKey) pair.getPublic();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0xA5, 1, 2, 3, 0x26, 0x20, 1, 0x21});
        bytes(out, coordinate(key.getW().getAffineX()));
        out.write(0x22);
        bytes(out, coordinate(key.getW().getAffineY()));
        return out.toByteArray();
    }

    private static byte[] coordinate(BigInteger number) {
        byte[] padded = new byte[32];
        byte[] bytes = number.toByteArray();
        int length = Math.min(bytes.length, 32);
        System.arraycopy(bytes, bytes.length - length, padded, 32 - length, length);
        return padded;
    }

    private static void text(ByteArrayOutputStream out, String text) {
        out.write(0x60 | text.length());
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void bytes(ByteArrayOutputStream out, byte[] bytes) {
        out.write(0x58);
        out.write(bytes.length);
        out.writeBytes(bytes);
    }
}
