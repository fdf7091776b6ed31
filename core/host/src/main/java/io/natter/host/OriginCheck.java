package io.natter.host;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Distinguishes the server's own pages from foreign ones by the `Origin` header. Any thread.
public final class OriginCheck {
    private OriginCheck() {}

    /// Whether a request comes from a page of its own server, or has no `Origin`, as those of
    /// clients that are no browsers. A page of `http` is never the origin of a request over TLS.
    public static boolean isOwn(HttpRequest request) {
        var origin = request.header("origin");
        return origin == null || isSame(origin, request.header("host"), request.secure());
    }

    /// Whether a request comes from a page that may not use the server. A page may if its origin is
    /// the server's own, or `cors` allows it.
    ///
    /// @param origin the page's
    /// @param cors null where only the server's own pages may use it
    public static boolean isForeign(HttpRequest request, String origin, @Nullable Cors cors) {
        return !isSame(origin, request.header("host"), request.secure())
                && (cors == null || !(cors.allows(origin) || cors.allows(ofPage(origin))));
    }

    /// The origin as a browser would name it. Some clients that are no browsers send that of the
    /// WebSocket they open: `ws` counts as `http` there, and `wss` as `https`.
    public static String ofPage(String origin) {
        if (origin.regionMatches(true, 0, "ws://", 0, 5)) {
            return "http" + origin.substring(2);
        }
        return origin.regionMatches(true, 0, "wss://", 0, 6)
                ? "https" + origin.substring(3)
                : origin;
    }

    /// Whether `value` has a character that no header value may have (RFC 9110 §5.5).
    public static boolean isMalformed(String value) {
        return value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 127 || c > 255);
    }

    /// Whether a page of `origin` made a request to its own server. The server of an `https` page
    /// may be a proxy that speaks plain HTTP to us. A page of `http` is never the origin of a
    /// request over TLS.
    static boolean isSame(String origin, @Nullable String host, boolean secure) {
        var lower = ofPage(origin).toLowerCase(Locale.ROOT);
        if (host == null) {
            return false;
        } else if (lower.startsWith("https://")) {
            return authority(lower.substring(8), ":443").equals(authority(host, ":443"));
        } else if (lower.startsWith("http://") && !secure) {
            return authority(lower.substring(7), ":80").equals(authority(host, ":80"));
        }
        return false;
    }

    /// The origin of the page in a `Referer` header (RFC 9110 §10.1.3), or null where it has none.
    public static @Nullable String ofReferrer(@Nullable String referrer) {
        int authority = referrer == null ? -1 : referrer.indexOf("://");
        if (referrer == null || authority < 0) {
            return null;
        }
        int end = authority + 3;
        while (end < referrer.length() && "/?#\\@".indexOf(referrer.charAt(end)) < 0) {
            end++;
        }
        // Browsers leave out a user's name; a name in front of the host would pass for the host.
        boolean named = end < referrer.length() && referrer.charAt(end) == '@';
        return named ? null : referrer.substring(0, end);
    }

    private static String authority(String hostAndPort, String defaultPort) {
        var lower = hostAndPort.toLowerCase(Locale.ROOT);
        return lower.endsWith(defaultPort)
                ? lower.substring(0, lower.length() - defaultPort.length())
                : lower;
    }
}
