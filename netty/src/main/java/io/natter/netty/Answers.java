package io.natter.netty;

import io.natter.engine.HttpResponse;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Answers of the host's own, and from the engine's answers to Netty's.
final class Answers {
    private Answers() {}

    /// The whole message but for `Connection`. The codec leaves out the body where the request was
    /// HEAD, its length stays.
    static FullHttpResponse of(HttpResponse response, String date) {
        var status = HttpResponseStatus.valueOf(response.status());
        var message =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(response.body()));
        var headers = message.headers();
        response.headers().forEach(headers::add);
        if (!headers.contains(HttpHeaderNames.DATE)) {
            headers.set(HttpHeaderNames.DATE, date);
        }
        if (!status.equals(HttpResponseStatus.NO_CONTENT)
                && !status.equals(HttpResponseStatus.NOT_MODIFIED)) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, response.body().length);
        }
        return message;
    }

    /// An answer in a sentence.
    static HttpResponse error(HttpResponseStatus status, String reason) {
        return text(status, Map.of(), reason);
    }

    private static HttpResponse text(
            HttpResponseStatus status, Map<String, List<String>> more, String reason) {
        var headers = new LinkedHashMap<String, List<String>>();
        headers.put("Content-Type", List.of("text/plain; charset=utf-8"));
        headers.putAll(more);
        var body = status.reasonPhrase() + ": " + reason + "\n";
        return new HttpResponse(status.code(), headers, body.getBytes(StandardCharsets.UTF_8));
    }

    /// The answer to a request that the codec could not read.
    static HttpResponse broken(Throwable cause) {
        var status =
                switch (cause) {
                    case TooLongHttpLineException _ -> HttpResponseStatus.REQUEST_URI_TOO_LONG;
                    case TooLongHttpHeaderException _ ->
                            HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
                    default -> HttpResponseStatus.BAD_REQUEST;
                };
        return error(status, String.valueOf(cause.getMessage()));
    }

    /// The answer to a handshake in another version of the protocol (RFC 6455 §4.4).
    static HttpResponse otherVersion() {
        return text(
                HttpResponseStatus.UPGRADE_REQUIRED,
                Map.of("Upgrade", List.of("websocket"), "Sec-WebSocket-Version", List.of("13")),
                "this server speaks WebSocket version 13");
    }
}
