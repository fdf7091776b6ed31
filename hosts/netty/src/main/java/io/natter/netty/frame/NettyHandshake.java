package io.natter.netty.frame;

import io.natter.host.HttpResponse;
import io.natter.host.OpeningHandshake;
import io.natter.host.UpgradeExchange.Acceptance;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The opening handshake of a WebSocket, the server's side (RFC 6455 §4.2).
public final class NettyHandshake {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private NettyHandshake() {}

    /// Whether the request wants to become a WebSocket, rightly or wrongly put.
    public static boolean wanted(HttpRequest request) {
        var headers = request.headers();
        return headers.contains(HttpHeaderNames.UPGRADE)
                && OpeningHandshake.isRequestedBy(
                        headers.getAll(HttpHeaderNames.UPGRADE),
                        headers.getAll(HttpHeaderNames.CONNECTION));
    }

    /// The answer to a faulty handshake, or null.
    public static @Nullable HttpResponse refusal(HttpRequest request) {
        var headers = request.headers();
        return OpeningHandshake.refusal(
                request.method().name(),
                request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) >= 0,
                headers.get(HttpHeaderNames.SEC_WEBSOCKET_KEY),
                headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION));
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
