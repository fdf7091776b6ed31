package io.natter.chat.access;

import io.natter.chat.domain.person.Session;
import io.natter.chat.domain.person.SessionToken;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The cookie that carries the session's token. Under TLS its name begins with `__Host-`, so that
/// browsers take it from no other host and over nothing else.
public final class SessionCookie {
    private static final String NAME = "natter_session";

    private SessionCookie() {}

    private static String name(boolean secure) {
        return secure ? "__Host-" + NAME : NAME;
    }

    /// The token in a `Cookie` header, or empty.
    public static Optional<SessionToken> read(@Nullable String header, boolean secure) {
        if (header == null) {
            return Optional.empty();
        }
        String start = name(secure) + "=";
        for (String pair : header.split(";", -1)) {
            String trimmed = pair.strip();
            if (trimmed.startsWith(start)) {
                return SessionToken.parse(trimmed.substring(start.length()));
            }
        }
        return Optional.empty();
    }

    /// The `Set-Cookie` that hands a token out, or renews it.
    public static String set(SessionToken token, boolean secure) {
        return cookie(token.secret(), Session.MAX_IDLE.toSeconds(), secure);
    }

    /// The `Set-Cookie` that takes it back.
    public static String clear(boolean secure) {
        return cookie("", 0, secure);
    }

    private static String cookie(String value, long maxAge, boolean secure) {
        return "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Lax%s"
                .formatted(name(secure), value, maxAge, secure ? "; Secure" : "");
    }
}
