package io.natter.chat.access;

import io.natter.chat.domain.person.Session;
import io.natter.chat.domain.person.SessionToken;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The cookie with the session's token. Under TLS its name begins with `__Host-`: browsers then
/// accept it from this host only, and only over TLS.
public final class SessionCookie {
    private static final String NAME = "natter_session";

    private SessionCookie() {}

    private static String name(boolean secure) {
        return secure ? "__Host-" + NAME : NAME;
    }

    /// The token in a `Cookie` header, or empty.
    public static Optional<SessionToken> read(@Nullable String header, boolean secure) {
        return header == null
                ? Optional.empty()
                : ServerCookieDecoder.STRICT.decodeAll(header).stream()
                        .filter(cookie -> cookie.name().equals(name(secure)))
                        .findFirst()
                        .flatMap(cookie -> SessionToken.parse(cookie.value()));
    }

    /// The `Set-Cookie` that gives a token to a browser, or renews it. Not by Netty's encoder: that
    /// adds `Expires` by the system's clock, which may differ from the browser's.
    public static String set(SessionToken token, boolean secure) {
        return cookie(token.secret(), Session.MAX_IDLE.toSeconds(), secure);
    }

    /// The `Set-Cookie` that removes it.
    public static String clear(boolean secure) {
        return cookie("", 0, secure);
    }

    private static String cookie(String value, long maxAge, boolean secure) {
        return "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Lax%s"
                .formatted(name(secure), value, maxAge, secure ? "; Secure" : "");
    }
}
