package io.natter.host;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// A whole answer to an HTTP request. The host adds `Content-Length`, `Date` and `Connection`.
///
/// @param status the status code
/// @param headers in the spelling in which they are sent
/// @param body the bytes, possibly none; not copied
/// @param shared whether other answers have the same array as their body, as for a file that is
///   kept in memory. It is then not counted as held for the client
public record HttpResponse(
        int status, Map<String, List<String>> headers, byte[] body, boolean shared) {

    /// An answer with a body of its own.
    public HttpResponse(int status, Map<String, List<String>> headers, byte[] body) {
        this(status, headers, body, false);
    }

    /// An answer of plain text in UTF-8.
    public static HttpResponse text(int status, String text) {
        return new HttpResponse(
                status,
                Map.of("Content-Type", List.of("text/plain; charset=utf-8")),
                text.getBytes(StandardCharsets.UTF_8));
    }
}
