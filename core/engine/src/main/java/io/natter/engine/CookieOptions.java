package io.natter.engine;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The cookie that carries the session's id, for load balancers with sticky sessions. It is sent
/// with the answer to a polling handshake only.
///
/// @param name `io` by default
/// @param path `/` by default, or null for none
/// @param domain null for none, the default
/// @param httpOnly hidden from scripts, the default
/// @param secure for TLS only; false by default
/// @param sameSite `Lax` by default, `Strict`, `None`, or null for none
/// @param maxAge how long the browser keeps it; null, the default, until the browser closes
public record CookieOptions(
        String name,
        @Nullable String path,
        @Nullable String domain,
        boolean httpOnly,
        boolean secure,
        @Nullable String sameSite,
        @Nullable Duration maxAge) {

    /// `io=…; Path=/; HttpOnly; SameSite=Lax`, as npm `engine.io` has it for `cookie: true`.
    public static final CookieOptions DEFAULT = named("io");

    /// The default with a name of its own.
    public static CookieOptions named(String name) {
        return new CookieOptions(name, "/", null, true, false, "Lax", null);
    }

    /// The value of the `Set-Cookie` header.
    String header(String sid) {
        var text = new StringBuilder(name).append('=').append(sid);
        if (maxAge != null) {
            text.append("; Max-Age=").append(maxAge.toSeconds());
        }
        if (domain != null) {
            text.append("; Domain=").append(domain);
        }
        if (path != null) {
            text.append("; Path=").append(path);
        }
        if (httpOnly) {
            text.append("; HttpOnly");
        }
        if (secure) {
            text.append("; Secure");
        }
        if (sameSite != null) {
            text.append("; SameSite=").append(sameSite);
        }
        return text.toString();
    }
}
