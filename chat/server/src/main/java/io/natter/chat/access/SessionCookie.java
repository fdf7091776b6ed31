package io.natter.chat.access;

import io.natter.chat.domain.person.Session;
import io.natter.chat.domain.person.SessionToken;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The cookie with the session's token. Under TLS its name begins with `__Host-`: browsers then
/// accept it from this host only, and only over TLS. Below a base path, where other programs share
/// the host, the cookie is for that path alone. Browsers allow no path with `__Host-`, so its name
/// then begins with `__Secure-`.
public final class SessionCookie {
    private static final String NAME = "natter_session";

    private SessionCookie() {}

    /// The requests that the cookie is for.
    ///
    /// @param secure whether browsers come over TLS
    /// @param basePath as in `/chat`; empty for `/`
    public record Scope(boolean secure, String basePath) {
        private String name() {
            if (!secure) {
                return NAME;
            }
            return (basePath.isEmpty() ? "__Host-" : "__Secure-") + NAME;
        }
    }

    /// The token in a `Cookie` header, or empty.
    public static Optional<SessionToken> read(@Nullable String header, boolean secure) {
        return read(header, new Scope(secure, ""));
    }

    /// As [#read(String, boolean)], for a chat that may have a base path.
    public static Optional<SessionToken> read(@Nullable String header, Scope scope) {
        return header == null
                ? Optional.empty()
                : ServerCookieDecoder.STRICT.decodeAll(header).stream()
                        .filter(cookie -> cookie.name().equals(scope.name()))
                        .findFirst()
                        .flatMap(cookie -> SessionToken.parse(cookie.value()));
    }

    /// The `Set-Cookie` that gives a token to a browser, or renews it. Not by Netty's encoder: that
    /// adds `Expires` by the system's clock, which may differ from the browser's.
    public static String set(SessionToken token, boolean secure) {
        return set(token, new Scope(secure, ""));
    }

    /// As [#set(SessionToken, boolean)], for a chat that may have a base path.
    public static String set(SessionToken token, Scope scope) {
        return cookie(token.secret(), Session.MAX_IDLE.toSeconds(), scope);
    }

    /// The `Set-Cookie` that removes it.
    public static String clear(Scope scope) {
        return cookie("", 0, scope);
    }

    private static String cookie(String value, long maxAge, Scope scope) {
        return "%s=%s; Path=%s; Max-Age=%d; HttpOnly; SameSite=Lax%s"
                .formatted(
                        scope.name(),
                        value,
                        scope.basePath().isEmpty() ? "/" : scope.basePath(),
                        maxAge,
                        scope.secure() ? "; Secure" : "");
    }
}
