package io.natter.host;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The form in which browsers write an origin: scheme, host, and the port unless it is the scheme's
/// own, in lower case. An origin in another form would match no page.
final class OriginForm {
    private static final Map<String, String> DEFAULT_PORTS = Map.of("http", ":80", "https", ":443");
    private static final String FORM =
            "an origin is a scheme, a host and perhaps a port, as in"
                    + " https://chat.example.com:8443";

    private OriginForm() {}

    /// Refuses an origin that is in another form.
    ///
    /// @return the origin
    /// @throws IllegalArgumentException says how to write it
    static String check(String origin) {
        var fault = fault(origin);
        if (fault != null) {
            throw new IllegalArgumentException(
                    "cors: the origin \"" + origin + "\" matches no page: " + fault);
        }
        return origin;
    }

    private static @Nullable String fault(String origin) {
        if (origin.equals("null")) {
            return null; // of a page in a file or in a sandbox
        }
        int host = origin.indexOf("://") + 3;
        if (host < 4) {
            return "write it with its scheme, as in https://" + origin;
        }
        if (host == origin.length()) {
            return FORM;
        }
        var bare = origin.replaceFirst("/+$", "");
        if (bare.length() < origin.length()) {
            return "write it without the slash at its end: " + bare;
        }
        if (origin.substring(host).matches(".*[/?#@\\s].*")) {
            return FORM;
        }
        var lower = origin.toLowerCase(Locale.ROOT);
        if (!lower.equals(origin)) {
            return "write it in lower case: " + lower;
        }
        var port = DEFAULT_PORTS.get(origin.substring(0, host - 3));
        if (port != null && origin.endsWith(port)) {
            return "leave out the scheme's own port: "
                    + origin.substring(0, origin.length() - port.length());
        }
        return null;
    }
}
