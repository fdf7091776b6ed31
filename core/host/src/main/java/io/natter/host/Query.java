package io.natter.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads `application/x-www-form-urlencoded` text as the WHATWG URL standard does: text that is not
/// well-formed is taken as it is, and nothing is an error.
public final class Query {
    private Query() {}

    /// The value of one parameter, or null; of several with one name the last counts, as in npm
    /// `engine.io`. No other parameter is kept, because most requests belong to a session that has
    /// sent the same query before.
    public static @Nullable String last(String raw, String name) {
        String value = null;
        int from = 0;
        while (from <= raw.length()) {
            int amp = raw.indexOf('&', from);
            int to = amp < 0 ? raw.length() : amp;
            int eq = raw.indexOf('=', from);
            int end = eq < 0 || eq > to ? to : eq;
            if (to > from && isName(raw, from, end, name)) {
                value = end == to ? "" : decode(raw, end + 1, to);
            }
            from = to + 1;
        }
        return value;
    }

    private static boolean isName(String raw, int from, int to, String name) {
        boolean plain = raw.indexOf('%', from, to) < 0 && raw.indexOf('+', from, to) < 0;
        return plain
                ? to - from == name.length() && raw.startsWith(name, from)
                : decode(raw, from, to).equals(name);
    }

    /// The value of one parameter, its first, or null.
    public static @Nullable String first(String raw, String name) {
        for (var pair : raw.split("&", -1)) {
            int eq = pair.indexOf('=');
            if (decode(pair, 0, eq < 0 ? pair.length() : eq).equals(name)) {
                return eq < 0 ? "" : decode(pair, eq + 1, pair.length());
            }
        }
        return null;
    }

    /// All parameters in their order; of several with one name the last counts.
    public static Map<String, String> all(String raw) {
        var query = new LinkedHashMap<String, String>();
        for (var pair : raw.split("&", -1)) {
            if (!pair.isEmpty()) {
                int eq = pair.indexOf('=');
                int end = eq < 0 ? pair.length() : eq;
                query.put(decode(pair, 0, end), eq < 0 ? "" : decode(pair, eq + 1, pair.length()));
            }
        }
        return query;
    }

    /// All parameters in their order, each with all its values in theirs.
    ///
    /// @param max how many parameters are read, the others are ignored
    public static Map<String, List<String>> lists(String raw, int max) {
        var query = new LinkedHashMap<String, List<String>>();
        var pairs = raw.split("&", max + 1);
        for (int i = 0; i < Math.min(pairs.length, max); i++) {
            var pair = pairs[i];
            if (!pair.isEmpty()) {
                int eq = pair.indexOf('=');
                int end = eq < 0 ? pair.length() : eq;
                var value = eq < 0 ? "" : decode(pair, eq + 1, pair.length());
                query.computeIfAbsent(decode(pair, 0, end), ignored -> new ArrayList<>(1))
                        .add(value);
            }
        }
        return query;
    }

    private static String decode(String raw, int from, int to) {
        var part = raw.substring(from, to);
        if (part.indexOf('%') < 0 && part.indexOf('+') < 0) {
            return part;
        }
        var bytes = part.getBytes(UTF_8);
        int size = 0; // The decoded form is never longer than the encoded one.
        for (int i = 0; i < bytes.length; i++) {
            int high = bytes[i] == '%' && i + 2 < bytes.length ? digit(bytes[i + 1]) : -1;
            int low = high < 0 ? -1 : digit(bytes[i + 2]);
            if (low >= 0) {
                bytes[size++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                bytes[size++] = bytes[i] == '+' ? (byte) ' ' : bytes[i];
            }
        }
        return new String(bytes, 0, size, UTF_8);
    }

    private static int digit(byte b) {
        return Character.digit(b, 16);
    }
}
