package io.natter.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads `Cookie` headers (RFC 6265 §4.2) as npm `cookie` does. Of several with one name the first
/// counts. Quotes around a value are left out. Percent encoding is decoded if it is UTF-8.
final class Cookies {
    private Cookies() {}

    static Map<String, String> parse(List<String> headers) {
        var cookies = new LinkedHashMap<String, String>();
        for (var header : headers) {
            for (var pair : header.split(";", -1)) {
                int eq = pair.indexOf('=');
                var name = eq < 0 ? "" : pair.substring(0, eq).strip();
                if (!name.isEmpty()) {
                    var value = unquoted(pair.substring(eq + 1).strip());
                    cookies.putIfAbsent(name, decoded(value));
                }
            }
        }
        return cookies;
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    /// The value as it is where it is not encoded as `encodeURIComponent` does.
    private static String decoded(String value) {
        if (value.indexOf('%') < 0) {
            return value;
        }
        var bytes = value.getBytes(UTF_8);
        int size = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '%') {
                bytes[size++] = bytes[i];
                continue;
            }
            int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
            if (low < 0) {
                return value;
            }
            bytes[size++] = (byte) (high << 4 | low);
            i += 2;
        }
        var text = new String(bytes, 0, size, UTF_8);
        return text.indexOf('\ufffd') < 0 ? text : value;
    }
}
