package io.natter.host;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Checks the opening handshake of a WebSocket (RFC 6455 §4.2.1), for hosts: each of them gives the
/// same answers. Any thread.
public final class OpeningHandshake {
    private static final String VERSION = "13";

    private OpeningHandshake() {}

    /// Whether a request asks to become a WebSocket, correctly or not.
    ///
    /// @param upgrade the values of its header `Upgrade`
    /// @param connection the values of its header `Connection`
    public static boolean isRequestedBy(List<String> upgrade, List<String> connection) {
        return hasToken(upgrade, "websocket") && hasToken(connection, "upgrade");
    }

    private static boolean hasToken(List<String> values, String token) {
        for (var value : values) {
            for (var each : value.split(",", -1)) {
                if (each.strip().equalsIgnoreCase(token)) {
                    return true;
                }
            }
        }
        return false;
    }

    /// The answer to a faulty handshake, or null where there is no fault.
    ///
    /// @param method the method of the request
    /// @param isHttp11 whether the request is of HTTP/1.1, and not of an earlier version
    /// @param key its header `Sec-WebSocket-Key`
    /// @param version its header `Sec-WebSocket-Version`
    public static @Nullable HttpResponse refusal(
            String method, boolean isHttp11, @Nullable String key, @Nullable String version) {
        if (!method.equals("GET")) {
            return badRequest("a WebSocket handshake is a GET request");
        }
        if (!isHttp11) {
            return badRequest("a WebSocket handshake needs HTTP/1.1");
        }
        if (key == null || !isKey(key)) {
            return badRequest("Sec-WebSocket-Key is missing or not 16 bytes in base64");
        }
        if (!VERSION.equals(version)) {
            // The answer names the version that the server speaks (§4.4).
            var headers =
                    Map.of(
                            "Upgrade",
                            List.of("websocket"),
                            "Sec-WebSocket-Version",
                            List.of(VERSION));
            return answer(
                    426,
                    headers,
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

    private static HttpResponse answer(
            int status, Map<String, List<String>> more, String sentence) {
        var headers = new LinkedHashMap<String, List<String>>();
        headers.put("Content-Type", List.of("text/plain; charset=utf-8"));
        headers.putAll(more);
        return new HttpResponse(
                status, headers, (sentence + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
