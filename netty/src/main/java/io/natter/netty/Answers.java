package io.natter.netty;

import io.natter.engine.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Answers of the host's own.
final class Answers {
    private Answers() {}

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
