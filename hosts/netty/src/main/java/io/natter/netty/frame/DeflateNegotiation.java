package io.natter.netty.frame;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The negotiation of permessage-deflate (RFC 7692 §7). Every accepted offer leads to the same
/// messages, so a message is compressed once for all. No context is taken over in either direction.
/// An offer that asks the server for a smaller window is declined, because Java's `Deflater` has
/// only one. The answer to an offer of the largest window names it (§7.1.2.1).
public final class DeflateNegotiation {
    private static final String AGREED =
            "permessage-deflate; server_no_context_takeover; client_no_context_takeover";
    private static final String SERVER_WINDOW = "server_max_window_bits";

    private DeflateNegotiation() {}

    /// The answer to the first of the offers in the `Sec-WebSocket-Extensions` headers that can be
    /// accepted, or null.
    public static @Nullable String answer(@Nullable List<String> headers) {
        if (headers == null) {
            return null;
        }
        for (var header : headers) {
            for (var offer : header.split(",", -1)) {
                var seen = parameters(offer.split(";", -1));
                if (seen != null) {
                    return seen.contains(SERVER_WINDOW)
                            ? AGREED + "; " + SERVER_WINDOW + "=15"
                            : AGREED;
                }
            }
        }
        return null;
    }

    /// The names of the parameters of an offer, or null where it cannot be met.
    private static @Nullable Set<String> parameters(String[] parts) {
        if (!parts[0].strip().equalsIgnoreCase("permessage-deflate")) {
            return null;
        }
        var seen = new HashSet<String>();
        for (int i = 1; i < parts.length; i++) {
            var parameter = parts[i].strip().toLowerCase(Locale.ROOT);
            int equals = parameter.indexOf('=');
            var name = equals < 0 ? parameter : parameter.substring(0, equals).strip();
            var value = equals < 0 ? null : unquoted(parameter.substring(equals + 1).strip());
            boolean fits =
                    switch (name) {
                        case "server_no_context_takeover", "client_no_context_takeover" ->
                                value == null;
                        case SERVER_WINDOW -> "15".equals(value);
                        case "client_max_window_bits" -> value == null || isWindow(value);
                        default -> false;
                    };
            // One that is there twice makes the offer invalid (§7.1).
            if (!fits || !seen.add(name)) {
                return null;
            }
        }
        return seen;
    }

    private static boolean isWindow(String value) {
        return value.matches("[89]|1[0-5]");
    }

    private static String unquoted(String value) {
        return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }
}
