package io.natter.chat.web;

import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.ChatStore;
import io.natter.chat.domain.PersonName;
import io.natter.chat.domain.Session;
import io.natter.chat.domain.SessionToken;
import io.natter.chat.domain.SignedIn;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// `/api/session`: who am I, let me in, let me out. Runs on a virtual thread and may block; what it
/// throws is answered by [HttpApi].
final class SessionApi {
    private final ChatStore store;
    private final Origins origins;
    private final Limits limits;
    private final Consumer<Session> ended;

    /// @param ended told of each session that somebody ended
    SessionApi(ChatStore store, Origins origins, Limits limits, Consumer<Session> ended) {
        this.store = store;
        this.origins = origins;
        this.limits = limits;
        this.ended = ended;
    }

    /// `GET`: who has this cookie. Renews the cookie.
    HttpApi.Answer get(HttpApi.Call call) {
        boolean secure = secure(call.headers());
        SessionToken token = token(call.headers(), secure).orElseThrow(SessionApi::noSession);
        Session session = store.session(token).orElseThrow(SessionApi::noSession);
        return HttpApi.Answer.ok(new Wire.Me(session.person()), SessionCookie.set(token, secure));
    }

    /// `POST {name}`: a new guest.
    HttpApi.Answer post(HttpApi.Call call) {
        checkOwnPage(call.headers());
        requireJson(call.headers());
        InetSocketAddress from = call.from();
        if (from != null && from.getAddress() != null) {
            Duration wait = limits.connect(from.getAddress());
            if (!wait.isZero()) {
                throw ChatError.rate(wait).exception();
            }
        }
        PersonName name = PersonName.of(typedName(call.body()));
        SignedIn in = store.signIn(name).join();
        return HttpApi.Answer.ok(
                new Wire.Me(in.session().person()),
                SessionCookie.set(in.token(), secure(call.headers())));
    }

    /// `DELETE`: ends the session and closes its sockets.
    HttpApi.Answer delete(HttpApi.Call call) {
        checkOwnPage(call.headers());
        boolean secure = secure(call.headers());
        Optional<SessionToken> token = token(call.headers(), secure);
        Optional<Session> session = token.flatMap(store::session);
        if (token.isPresent() && store.signOut(token.get()).join()) {
            session.ifPresent(ended);
        }
        return HttpApi.Answer.empty(SessionCookie.clear(secure));
    }

    private static String typedName(byte[] body) {
        try {
            Wire.NameIn in = Wire.JSON.readValue(body, Wire.NameIn.class);
            String name = in == null ? null : in.name();
            if (name != null) {
                return name;
            }
        } catch (JacksonException _) {
            // falls through to the same answer: it is not what is asked for
        }
        throw ChatError.badRequest("Send {\"name\": \"…\"} as JSON.").exception();
    }

    /// A form of a foreign page can neither set this header nor leave these out.
    private void checkOwnPage(HttpHeaders headers) {
        if (!origins.allow(headers.get(HttpHeaderNames.ORIGIN), headers.get("sec-fetch-site"))) {
            throw ChatError.foreignOrigin().exception();
        }
        if (!"1".equals(headers.get("x-natter"))) {
            throw ChatError.badRequest("Send the header X-Natter: 1.").exception();
        }
    }

    private static void requireJson(HttpHeaders headers) {
        String type = headers.get(HttpHeaderNames.CONTENT_TYPE, "");
        if (!type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw ChatError.badRequest("Send Content-Type: application/json.").exception();
        }
    }

    private boolean secure(HttpHeaders headers) {
        return origins.secure(headers.get(HttpHeaderNames.HOST));
    }

    private static Optional<SessionToken> token(HttpHeaders headers, boolean secure) {
        @Nullable String cookie = headers.get(HttpHeaderNames.COOKIE);
        return SessionCookie.read(cookie, secure);
    }

    private static RuntimeException noSession() {
        return ChatError.noSession().exception();
    }
}
