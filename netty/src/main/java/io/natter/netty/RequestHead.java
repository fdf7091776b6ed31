package io.natter.netty;

import io.natter.engine.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// From Netty's head of a request to the engine's.
final class RequestHead {
    private RequestHead() {}

    /// The decoded path of a request target, without its query (RFC 9112 §3.2).
    ///
    /// @throws IllegalArgumentException if its percent encoding is wrong
    static String path(String target) {
        int from = originStart(target);
        int query = target.indexOf('?', from);
        var raw = target.substring(from, query < 0 ? target.length() : query);
        return raw.indexOf('%') < 0
                ? raw
                // A plus is a plus in a path; the decoder treats it as such there.
                : new QueryStringDecoder(raw).path();
    }

    private static String query(String target) {
        int query = target.indexOf('?', originStart(target));
        return query < 0 ? "" : target.substring(query + 1);
    }

    /// Where the path starts: past scheme and authority in absolute form.
    private static int originStart(String target) {
        if (target.startsWith("/")) {
            return 0;
        }
        int scheme = target.indexOf("://");
        if (scheme < 0) {
            return 0;
        }
        for (int i = scheme + 3; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c == '/' || c == '?') {
                return i;
            }
        }
        return target.length();
    }

    static HttpRequest of(
            io.netty.handler.codec.http.HttpRequest request,
            String path,
            InetSocketAddress remote,
            boolean secure) {
        var headers =
                LinkedHashMap.<String, List<String>>newLinkedHashMap(request.headers().size());
        for (var each = request.headers().iteratorAsString(); each.hasNext(); ) {
            var header = each.next();
            headers.merge(
                    header.getKey().toLowerCase(Locale.ROOT),
                    List.of(header.getValue()),
                    RequestHead::join);
        }
        Map<String, List<String>> fixed = Collections.unmodifiableMap(headers);
        return new HttpRequest(
                request.method().name(), path, query(request.uri()), fixed, remote, secure);
    }

    private static List<String> join(List<String> before, List<String> next) {
        var all = new ArrayList<String>(before);
        all.addAll(next);
        return List.copyOf(all);
    }
}
