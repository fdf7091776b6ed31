package io.natter.host;

import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// The head of an HTTP request, as the host read it. Immutable, except for its context.
///
/// @param method `GET`, `POST` …
/// @param path the decoded path, without the query
/// @param rawQuery the query as sent, without `?`; empty when there was none
/// @param headers names in lower case, values in the order in which they came
/// @param remoteAddress the peer's address
/// @param secure whether the request came over TLS
/// @param context the principal and the attributes, each request has its own
public record HttpRequest(
        String method,
        String path,
        String rawQuery,
        Map<String, List<String>> headers,
        InetSocketAddress remoteAddress,
        boolean secure,
        RequestContext context) {

    /// A request with an empty context.
    public HttpRequest(
            String method,
            String path,
            String rawQuery,
            Map<String, List<String>> headers,
            InetSocketAddress remoteAddress,
            boolean secure) {
        this(method, path, rawQuery, headers, remoteAddress, secure, new RequestContext());
    }

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

    /// The user who was authenticated before the request came here, or null; see
    /// [RequestContext#principal()].
    public @Nullable Principal principal() {
        return context.principal();
    }

    /// The attributes of the request, as a live map; see [RequestContext#attributes].
    public ConcurrentMap<String, Object> attributes() {
        return context.attributes();
    }
}
