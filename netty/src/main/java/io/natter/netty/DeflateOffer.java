package io.natter.netty;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The negotiation of permessage-deflate (RFC 7692 §7). Every offer that can be met is met with the
/// same answer, so that a message is compressed once for all: no context is taken over in either
/// direction. An offer that asks for a smaller window of the server is declined, because Java's
/// `Deflater` has but one.
final class DeflateOffer {
    /// The answer to an offer that is accepted.
    static final String AGREED =
            "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

    private DeflateOffer() {}

    /// Whether one of the offers in the `Sec-WebSocket-Extensions` headers can be accepted.
    static boolean acceptable(@Nullable List<String> headers) {
        if (headers == null) {
            return false;
        }
        for (var header : headers) {
            for (var offer : header.split(",", -1)) {
                if (canMeet(offer.split(";", -1))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean canMeet(String[] parts) {
        if (!parts[0].strip().equalsIgnoreCase("permessage-deflate")) {
            return false;
        }
        for (int i = 1; i < parts.length; i++) {
            var parameter = parts[i].strip().toLowerCase(Locale.ROOT);
            int equals = parameter.indexOf('=');
            var name = equals < 0 ? parameter : parameter.substring(0, equals).strip();
            var value = equals < 0 ? null : unquoted(parameter.substring(equals + 1).strip());
            boolean fits =
                    switch (name) {
                        case "server_no_context_takeover", "client_no_context_takeover" ->
                                value == null;
                        case "server_max_window_bits" -> "15".equals(value);
                        case "client_max_window_bits" -> value == null || isWindow(value);
                        default -> false;
                    };
            if (!fits) {
                return false;
            }
        }
        return true;
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
