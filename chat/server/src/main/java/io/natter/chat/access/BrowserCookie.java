package io.natter.chat.access;

import io.natter.chat.domain.RandomId;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A cookie that lets a sign-in of several steps end only in the browser that began it. It holds a
/// random text and names nobody.
public final class BrowserCookie {
    private static final String NAME = "natter_step";
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{22}");
    private static final Duration LASTS = Duration.ofMinutes(30);

    private BrowserCookie() {}

    private static String name(boolean secure) {
        return secure ? "__Host-" + NAME : NAME;
    }

    /// The text in a `Cookie` header, or empty.
    public static Optional<String> read(@Nullable String header, boolean secure) {
        return header == null
                ? Optional.empty()
                : ServerCookieDecoder.STRICT.decodeAll(header).stream()
                        .filter(cookie -> cookie.name().equals(name(secure)))
                        .map(cookie -> cookie.value())
                        .filter(value -> FORM.matcher(value).matches())
                        .findFirst();
    }

    /// A text for a browser that has none yet.
    public static String random() {
        return RandomId.next();
    }

    /// The `Set-Cookie` that gives the text to a browser, or renews it.
    public static String set(String value, boolean secure) {
        return "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Lax%s"
                .formatted(name(secure), value, LASTS.toSeconds(), secure ? "; Secure" : "");
    }
}
