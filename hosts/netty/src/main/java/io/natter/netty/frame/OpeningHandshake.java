package io.natter.netty.frame;

import io.natter.host.UpgradeExchange.Acceptance;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The opening handshake of a WebSocket, the server's side (RFC 6455 §4.2).
public final class OpeningHandshake {
    public static final String VERSION = "13";

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private OpeningHandshake() {}

    /// Whether the request wants to become a WebSocket, rightly or wrongly put.
    public static boolean wanted(HttpRequest request) {
        var headers = request.headers();
        return headers.contains(HttpHeaderNames.UPGRADE)
                && hasToken(headers, HttpHeaderNames.UPGRADE, "websocket")
                && hasToken(headers, HttpHeaderNames.CONNECTION, "upgrade");
    }

    private static boolean hasToken(HttpHeaders headers, CharSequence name, String token) {
        return headers.containsValue(name, token, true);
    }

    /// The faults of a handshake.
    ///
    /// @param reason a sentence for the client
    /// @param isVersion whether it is only in a version that the server does not speak, which the
    ///   answer then names (RFC 6455 §4.4)
    public record Fault(String reason, boolean isVersion) {}

    /// The fault of a handshake, or null.
    public static @Nullable Fault fault(HttpRequest request) {
        if (!request.method().equals(HttpMethod.GET)) {
            return new Fault("a WebSocket handshake is a GET request", false);
        }
        if (request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) < 0) {
            return new Fault("a WebSocket handshake needs HTTP/1.1", false);
        }
        var headers = request.headers();
        var key = headers.get(HttpHeaderNames.SEC_WEBSOCKET_KEY);
        if (key == null || !isKey(key)) {
            return new Fault("Sec-WebSocket-Key is missing or not 16 bytes in base64", false);
        }
        return VERSION.equals(headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))
                ? null
                : new Fault("this server speaks WebSocket version " + VERSION, true);
    }

    private static boolean isKey(String key) {
        try {
            return key.length() == 24 && Base64.getDecoder().decode(key).length == 16;
        } catch (IllegalArgumentException ignored) {
            return false;
        }
    }

    /// The bytes of the 101 answer.
    ///
    /// @param extensions what was agreed on
    public static ByteBuf answer(
            ByteBufAllocator alloc,
            String key,
            Acceptance acceptance,
            @Nullable String extensions) {
        var text = new StringBuilder(256);
        text.append("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n")
                .append("Connection: Upgrade\r\nSec-WebSocket-Accept: ")
                .append(accept(key))
                .append("\r\n");
        var subprotocol = acceptance.subprotocol();
        if (subprotocol != null) {
            append(text, "Sec-WebSocket-Protocol", subprotocol);
        }
        if (extensions != null) {
            append(text, "Sec-WebSocket-Extensions", extensions);
        }
        acceptance.headers().forEach((name, values) -> appendAll(text, name, values));
        text.append("\r\n");
        var answer = alloc.directBuffer(text.length());
        answer.writeCharSequence(text, StandardCharsets.ISO_8859_1);
        return answer;
    }

    private static void appendAll(StringBuilder text, String name, List<String> values) {
        for (var value : values) {
            append(text, name, value);
        }
    }

    private static void append(StringBuilder text, String name, String value) {
        text.append(oneLine(name)).append(": ").append(oneLine(value)).append("\r\n");
    }

    /// A line break in a value that came from a client must not become a header of ours.
    public static String oneLine(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\r' || c == '\n' || c == 0) {
                throw new IllegalArgumentException("a line break in a header: " + value);
            }
        }
        return value;
    }

    private static String accept(String key) {
        try {
            var sha1 = MessageDigest.getInstance("SHA-1");
            var hash = sha1.digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
