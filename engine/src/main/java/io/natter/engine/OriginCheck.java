package io.natter.engine;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Tells the server's own pages from foreign ones by the `Origin` header.
final class OriginCheck {
    private OriginCheck() {}

    /// Whether `value` has a character that no header value may have (RFC 9110 §5.5).
    static boolean isMalformed(String value) {
        return value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 127 || c > 255);
    }

    /// Whether a page of `origin` made a request to its own server. A page of `https` may stand
    /// before a proxy that speaks plain HTTP to us; a page of `http` is never the origin of a
    /// request over TLS.
    static boolean isSame(String origin, @Nullable String host, boolean secure) {
        var lower = origin.toLowerCase(Locale.ROOT);
        if (host == null) {
            return false;
        } else if (lower.startsWith("https://")) {
            return authority(lower.substring(8), ":443").equals(authority(host, ":443"));
        } else if (lower.startsWith("http://") && !secure) {
            return authority(lower.substring(7), ":80").equals(authority(host, ":80"));
        }
        return false;
    }

    private static String authority(String hostAndPort, String defaultPort) {
        var lower = hostAndPort.toLowerCase(Locale.ROOT);
        return lower.endsWith(defaultPort)
                ? lower.substring(0, lower.length() - defaultPort.length())
                : lower;
    }
}
