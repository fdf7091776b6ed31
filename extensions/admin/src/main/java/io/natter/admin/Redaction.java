package io.natter.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Keeps secrets of clients from admins: the values of headers and query parameters by name.
/// Immutable.
final class Redaction {
    static final String REDACTED = "[redacted]";
    static final Set<String> DEFAULT =
            Set.of(
                    "authorization",
                    "proxy-authorization",
                    "cookie",
                    "x-api-key",
                    "x-auth-token",
                    "x-csrf-token",
                    "x-xsrf-token",
                    "access_token",
                    "api_key",
                    "apikey",
                    "auth",
                    "jwt",
                    "key",
                    "password",
                    "secret",
                    "sid",
                    "token");

    private final Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    Redaction(Set<String> more) {
        names.addAll(DEFAULT);
        names.addAll(more);
    }

    Map<String, @Nullable Object> values(@Nullable Object map) {
        var redacted = new LinkedHashMap<String, @Nullable Object>();
        if (map instanceof Map<?, ?> given) {
            given.forEach(
                    (name, value) ->
                            redacted.put(
                                    String.valueOf(name),
                                    names.contains(String.valueOf(name)) ? REDACTED : value));
        }
        return redacted;
    }

    /// A path with a query.
    String url(@Nullable Object url) {
        String text = String.valueOf(url);
        int at = text.indexOf('?');
        if (at < 0) {
            return text;
        }
        var redacted = new StringBuilder(text.substring(0, at));
        char before = '?';
        for (String pair : text.substring(at + 1).split("&", -1)) {
            int equals = pair.indexOf('=');
            redacted.append(before);
            redacted.append(
                    equals >= 0 && names.contains(decoded(pair.substring(0, equals)))
                            ? pair.substring(0, equals + 1) + REDACTED
                            : pair);
            before = '&';
        }
        return redacted.toString();
    }

    private static String decoded(String name) {
        try {
            return URLDecoder.decode(name, UTF_8).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }
}
