package io.natter.host;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The head of an HTTP request, as the host read it. Immutable, except for its [Attributes].
///
/// @param method `GET`, `POST` …
/// @param path the decoded path, without the query
/// @param rawQuery the query as sent, without `?`; empty when there was none
/// @param headers names in lower case, values in the order in which they came
/// @param remoteAddress the peer's address
/// @param secure whether the request came over TLS
/// @param attributes values that hosts and middleware attach to the request
public record HttpRequest(
        String method,
        String path,
        String rawQuery,
        Map<String, List<String>> headers,
        InetSocketAddress remoteAddress,
        boolean secure,
        Attributes attributes) {

    /// A request without attributes.
    public HttpRequest(
            String method,
            String path,
            String rawQuery,
            Map<String, List<String>> headers,
            InetSocketAddress remoteAddress,
            boolean secure) {
        this(method, path, rawQuery, headers, remoteAddress, secure, new Attributes());
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

    /// The cookies by name, read as npm `cookie` reads them; of a repeated name the first value.
    /// Made anew with each call.
    public Map<String, String> cookies() {
        return Cookies.parse(headers.getOrDefault("cookie", List.of()));
    }

    /// The peer's IP address as text; IPv6 in the form of RFC 5952, as `::1`, without an interface.
    public String address() {
        var address = remoteAddress.getAddress();
        return address == null ? remoteAddress.getHostString() : AddressText.of(address);
    }
}
