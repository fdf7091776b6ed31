package io.natter.host;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The head of an HTTP request, as the host read it. Immutable.
///
/// @param method `GET`, `POST` …
/// @param path the decoded path, without the query
/// @param rawQuery the query as sent, without `?`; empty when there was none
/// @param headers names in lower case, values in the order in which they came
/// @param remoteAddress the peer's address
/// @param secure whether the request came over TLS
public record HttpRequest(
        String method,
        String path,
        String rawQuery,
        Map<String, List<String>> headers,
        InetSocketAddress remoteAddress,
        boolean secure) {

    /// The first value of a header, its name in lower case, or null.
    public @Nullable String header(String name) {
        var values = headers.get(name);
        return values == null || values.isEmpty() ? null : values.getFirst();
    }

    /// The query, decoded as `URLSearchParams` does; of a repeated name the last value. Made anew
    /// with each call.
    public Map<String, String> query() {
        return Query.all(rawQuery);
    }
}
