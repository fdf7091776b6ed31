package io.natter.servlet;

import io.natter.host.Attributes;
import io.natter.host.HttpRequest;
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
