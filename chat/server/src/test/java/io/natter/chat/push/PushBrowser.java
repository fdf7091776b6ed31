package io.natter.chat.push;

import com.sun.net.httpserver.HttpServer;
import io.natter.chat.domain.push.PushSubscription;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// A browser and its push service, over HTTP on loopback: it checks the signature of each request
/// and decrypts the message, with code of its own.
public final class PushBrowser implements AutoCloseable {
    private final HttpServer service;
    private final KeyPair keys;
    private final byte[] auth = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private volatile int status = 201;

    /// A push message as the service got it.
    ///
    /// @param text the decrypted message
    public record Received(String text, String topic, String ttl, String claims) {}

    public PushBrowser() throws IOException, GeneralSecurityException {
        keys = P256.generate();
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext(
                "/push/",
                exchange -> {
                    try (exchange) {
                        var headers = exchange.getRequestHeaders();
                        byte[] body = exchange.getRequestBody().readAllBytes();
                        received.add(
                                new Received(
                                        decrypt(body),
                                        String.valueOf(headers.getFirst("Topic")),
                                        String.valueOf(headers.getFirst("TTL")),
                                        claims(headers.getFirst("Authorization"))));
                        exchange.sendResponseHeaders(status, -1);
                    } catch (GeneralSecurityException e) {
                        received.add(new Received(e.toString(), "", "", ""));
                        exchange.sendResponseHeaders(400, -1);
                    }
                });
        service.start();
    }

    public URI origin() {
        return URI.create("http://127.0.0.1:" + service.getAddress().getPort());
    }

    public PushSubscription subscription() {
        byte[] key = P256.point((ECPublicKey) keys.getPublic());
        return new PushSubscription(origin() + "/push/1", key, auth);
    }

    /// As the page sends it to the server.
    public String json() {
        var encoder = Base64.getUrlEncoder().withoutPadding();
        return "{\"endpoint\":\"%s\",\"keys\":{\"p256dh\":\"%s\",\"auth\":\"%s\"}}"
                .formatted(
                        subscription().endpoint(),
                        encoder.encodeToString(subscription().key()),
                        encoder.encodeToString(auth));
    }

    /// From now on, the push service answers with this status.
    public void answer(int code) {
        status = code;
    }

    public Received next() throws InterruptedException {
        Received next = received.poll(30, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no push message came within 30 s");
        }
        return next;
    }

    public int waiting() {
        return received.size();
    }

    private String decrypt(byte[] body) throws GeneralSecurityException {
        byte[] salt = Arrays.copyOf(body, 16);
        byte[] sender = Arrays.copyOfRange(body, 21, 21 + body[20]);
        byte[] encrypted = Arrays.copyOfRange(body, 21 + body[20], body.length);
        var agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(keys.getPrivate());
        agreement.doPhase(P256.publicKey(sender).orElseThrow(), true);
        byte[] own = subscription().key();
        byte[] info =
                ByteBuffer.allocate(14 + own.length + sender.length)
                        .put("WebPush: info\0".getBytes(StandardCharsets.US_ASCII))
                        .put(own)
                        .put(sender)
                        .array();
        byte[] input = expand(hmac(auth, agreement.generateSecret()), info, 32);
        byte[] secret = hmac(salt, input);
        byte[] key = expand(secret, ascii("Content-Encoding: aes128gcm\0"), 16);
        byte[] nonce = expand(secret, ascii("Content-Encoding: nonce\0"), 12);
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(key, "AES"),
                new GCMParameterSpec(128, nonce));
        byte[] record = cipher.doFinal(encrypted);
        return new String(record, 0, record.length - 1, StandardCharsets.UTF_8);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] expand(byte[] key, byte[] info, int length)
            throws GeneralSecurityException {
        byte[] once = Arrays.copyOf(info, info.length + 1);
        once[info.length] = 1;
        return Arrays.copyOf(hmac(key, once), length);
    }

    private static byte[] hmac(byte[] key, byte[] text) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text);
    }

    /// The claims of a VAPID header whose signature is right.
    static String claims(String authorization) throws GeneralSecurityException {
        String token = authorization.replaceFirst("^vapid t=(.*), k=.*$", "$1");
        String key = authorization.replaceFirst("^.*, k=", "");
        String[] parts = token.split("\\.", -1);
        var verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
        verifier.initVerify(P256.publicKey(Base64.getUrlDecoder().decode(key)).orElseThrow());
        verifier.update(ascii(parts[0] + "." + parts[1]));
        if (!verifier.verify(Base64.getUrlDecoder().decode(parts[2]))) {
            throw new GeneralSecurityException("the signature is wrong");
        }
        return new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        service.stop(0);
    }
}
