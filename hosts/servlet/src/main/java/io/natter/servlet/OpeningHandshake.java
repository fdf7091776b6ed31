package io.natter.servlet;

import io.natter.host.HttpResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Checks the opening handshake of a WebSocket before the container does (RFC 6455 §4.2.1), so that
/// every host gives the same answers.
final class OpeningHandshake {
    private static final String VERSION = "13";

    private OpeningHandshake() {}

    /// Whether the request asks to become a WebSocket, correctly or not.
    static boolean isRequestedBy(HttpServletRequest request) {
        return hasToken(request, "Upgrade", "websocket")
                && hasToken(request, "Connection", "upgrade");
    }

    private static boolean hasToken(HttpServletRequest request, String name, String token) {
        for (var value : Collections.list(request.getHeaders(name))) {
            for (var each : value.split(",", -1)) {
                if (each.strip().equalsIgnoreCase(token)) {
                    return true;
                }
            }
        }
        return false;
    }

    /// The answer to a faulty handshake, or null where there is no fault.
    static @Nullable HttpResponse refusal(HttpServletRequest request) {
        if (!request.getMethod().equals("GET")) {
            return badRequest("a WebSocket handshake is a GET request");
        }
        if (request.getProtocol().equals("HTTP/1.0")) {
            return badRequest("a WebSocket handshake needs HTTP/1.1");
        }
        var key = request.getHeader("Sec-WebSocket-Key");
        if (key == null || !isKey(key)) {
            return badRequest("Sec-WebSocket-Key is missing or not 16 bytes in base64");
        }
        if (!VERSION.equals(request.getHeader("Sec-WebSocket-Version"))) {
            return answer(
                    426,
                    Map.of(
                            "Upgrade",
                            List.of("websocket"),
                            "Sec-WebSocket-Version",
                            List.of(VERSION)),
                    "Upgrade Required: this server speaks WebSocket version " + VERSION);
        }
        return null;
    }

    private static boolean isKey(String key) {
        try {
            return key.length() == 24 && Base64.getDecoder().decode(key).length == 16;
        } catch (IllegalArgumentException ignored) {
            return false;
        }
    }

    private static HttpResponse badRequest(String reason) {
        return answer(400, Map.of(), "Bad Request: " + reason);
    }

    static HttpResponse answer(int status, Map<String, List<String>> more, String sentence) {
        var headers = new LinkedHashMap<String, List<String>>();
        headers.put("Content-Type", List.of("text/plain; charset=utf-8"));
        headers.putAll(more);
        return new HttpResponse(
                status, headers, (sentence + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
