package io.natter.chat.push;

import io.natter.chat.domain.push.PushSubscription;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/// The push services that the server may send requests to. A client names the address, so any other
/// would let it send requests into the server's own network.
final class PushServices {
    /// Of Chrome and Edge's siblings, Firefox, Safari and Edge; a leading dot admits subdomains.
    private static final List<String> KNOWN =
            List.of(
                    "fcm.googleapis.com",
                    ".push.services.mozilla.com",
                    ".push.apple.com",
                    ".notify.windows.com");

    private final List<URI> more;

    /// @param more origins besides the known ones, such as `https://push.example.org`
    PushServices(List<URI> more) {
        this.more = List.copyOf(more);
    }

    boolean allow(String endpoint) {
        if (endpoint.length() > PushSubscription.MAX_ENDPOINT) {
            return false;
        }
        try {
            URI uri = URI.create(endpoint);
            if (uri.getHost() == null || uri.getRawUserInfo() != null) {
                return false;
            }
            return isKnown(uri) || more.stream().anyMatch(origin -> isOf(uri, origin));
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static boolean isKnown(URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        boolean plain =
                "https".equals(uri.getScheme()) && (uri.getPort() == -1 || uri.getPort() == 443);
        return plain
                && KNOWN.stream()
                        .anyMatch(
                                known ->
                                        known.startsWith(".")
                                                ? host.endsWith(known)
                                                : host.equals(known));
    }

    private static boolean isOf(URI uri, URI origin) {
        return origin.getScheme().equals(uri.getScheme())
                && origin.getRawAuthority().equalsIgnoreCase(uri.getRawAuthority());
    }
}
