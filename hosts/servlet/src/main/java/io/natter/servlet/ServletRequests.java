package io.natter.servlet;

import io.natter.host.Attributes;
import io.natter.host.HttpRequest;
import io.natter.host.HttpResponse;
import io.natter.host.OpeningHandshake;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a container's request as the host's own.
final class ServletRequests {
    private ServletRequests() {}

    /// The head of `request`. The path is the one below the context path, as servlets see it.
    static HttpRequest head(HttpServletRequest request) {
        var head =
                new HttpRequest(
                        request.getMethod(),
                        path(request),
                        request.getQueryString() == null ? "" : request.getQueryString(),
                        headers(request),
                        address(request),
                        request.isSecure());
        head.attributes().set(Attributes.PRINCIPAL, request.getUserPrincipal());
        head.attributes().set(NatterServlet.SESSION, request.getSession(false));
        return head;
    }

    /// Whether the request asks to become a WebSocket, correctly or not.
    static boolean isUpgrade(HttpServletRequest request) {
        return OpeningHandshake.isRequestedBy(
                Collections.list(request.getHeaders("Upgrade")),
                Collections.list(request.getHeaders("Connection")));
    }

    /// The answer to a faulty WebSocket handshake, or null. It is checked before the container
    /// does, so that every host gives the same answers.
    static @Nullable HttpResponse refusal(HttpServletRequest request) {
        return OpeningHandshake.refusal(
                request.getMethod(),
                !request.getProtocol().equals("HTTP/1.0"),
                request.getHeader("Sec-WebSocket-Key"),
                request.getHeader("Sec-WebSocket-Version"));
    }

    static String path(HttpServletRequest request) {
        var below = request.getPathInfo();
        return below == null ? request.getServletPath() : request.getServletPath() + below;
    }

    private static Map<String, List<String>> headers(HttpServletRequest request) {
        var headers = new LinkedHashMap<String, List<String>>();
        for (var name : Collections.list(request.getHeaderNames())) {
            headers.computeIfAbsent(name.toLowerCase(Locale.ROOT), ignored -> new ArrayList<>())
                    .addAll(Collections.list(request.getHeaders(name)));
        }
        return headers;
    }

    private static InetSocketAddress address(HttpServletRequest request) {
        try {
            // A literal address, so no name is looked up.
            var address = InetAddress.getByName(request.getRemoteAddr());
            return new InetSocketAddress(address, Math.max(0, request.getRemotePort()));
        } catch (UnknownHostException e) {
            return InetSocketAddress.createUnresolved(
                    request.getRemoteAddr(), Math.max(0, request.getRemotePort()));
        }
    }
}
