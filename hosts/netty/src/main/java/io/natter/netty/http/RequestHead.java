package io.natter.netty.http;

import io.natter.host.Attributes;
import io.natter.host.HttpLimits;
import io.natter.host.HttpRequest;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/// From Netty's head of a request to the engine's.
final class RequestHead {
    private RequestHead() {}

    /// The decoded path of a request target, without its query (RFC 9112 §3.2); empty if there is
    /// none or its percent encoding is wrong.
    static String path(String target) {
        int from = originStart(target);
        int query = target.indexOf('?', from);
        var raw = target.substring(from, query < 0 ? target.length() : query);
        if (raw.indexOf('%') < 0) {
            return raw;
        }
        try {
            // A plus is a plus in a path; the decoder treats it as such there.
            return new QueryStringDecoder(raw).path();
        } catch (IllegalArgumentException ignored) {
            return "";
        }
    }

    /// The fault of a request, or null.
    static @Nullable HttpFault fault(
            io.netty.handler.codec.http.HttpRequest request, String path, HttpLimits rules) {
        var version = request.protocolVersion();
        boolean http10 = version.equals(HttpVersion.HTTP_1_0);
        if (!http10 && !version.equals(HttpVersion.HTTP_1_1)) {
            return HttpFault.version();
        }
        if (request.headers().size() > rules.maxHeaderCount()) {
            return HttpFault.tooManyHeaders(rules.maxHeaderCount());
        }
        if (!isTarget(request.uri())) {
            return HttpFault.bad("the request target has a character that must be escaped");
        }
        if (path.isEmpty()) {
            return HttpFault.bad("the request target is not understood");
        }
        var codings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (!codings.isEmpty()
                && (codings.size() > 1 || !codings.getFirst().equalsIgnoreCase("chunked"))) {
            return HttpFault.transferCoding();
        }
        return http10 || request.headers().getAll(HttpHeaderNames.HOST).size() == 1
                ? null
                : HttpFault.bad("exactly one Host header is needed");
    }

    /// Whether all characters are visible ASCII, as in a URI (RFC 3986 §2), or characters that
    /// browsers send all the same.
    private static boolean isTarget(String target) {
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c <= ' ' || c >= 0x7f) {
                return false;
            }
        }
        return true;
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
            io.netty.handler.codec.http.HttpRequest request, String path, Channel channel) {
        var tls = channel.pipeline().get(SslHandler.class);
        var head =
                new HttpRequest(
                        request.method().name(),
                        path,
                        query(request.uri()),
                        HeaderMap.of(request.headers()),
                        remote(channel),
                        tls != null);
        if (tls != null) {
            setPrincipal(head, tls.engine());
        }
        return head;
    }

    /// The subject of the client's certificate, if the server asks for certificates.
    private static void setPrincipal(HttpRequest head, SSLEngine tls) {
        if (tls.getNeedClientAuth() || tls.getWantClientAuth()) {
            try {
                head.attributes().set(Attributes.PRINCIPAL, tls.getSession().getPeerPrincipal());
            } catch (SSLPeerUnverifiedException ignored) {
                // The client has none.
            }
        }
    }

    private static InetSocketAddress remote(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress address
                ? address
                : new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /// Whether the connection is under TLS that ends here.
    static boolean secure(Channel channel) {
        return channel.pipeline().get(SslHandler.class) != null;
    }
}
