package io.natter.chat.web;

import io.natter.chat.access.ClientAddresses;
import io.natter.chat.access.Limits;
import io.natter.chat.access.Origins;
import io.natter.chat.access.SessionCookie;
import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.person.DeviceId;
import io.natter.chat.domain.person.PersonName;
import io.natter.chat.domain.person.Session;
import io.natter.chat.domain.person.SessionToken;
import io.natter.chat.domain.person.SignedIn;
import io.natter.chat.domain.store.ChatStore;
import io.natter.chat.wire.WireJson;
import io.natter.chat.wire.WireRequests;
import io.natter.chat.wire.WireRooms;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
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
    private final ClientAddresses addresses;
    private final Consumer<Session> ended;

    /// @param ended told of each session that somebody ended
    SessionApi(
            ChatStore store,
            Origins origins,
            Limits limits,
            ClientAddresses addresses,
            Consumer<Session> ended) {
        this.store = store;
        this.origins = origins;
        this.limits = limits;
        this.addresses = addresses;
        this.ended = ended;
    }

    /// `GET`: who has this cookie. Renews the cookie.
    HttpApi.Answer get(HttpApi.Call call) {
        boolean secure = secure(call.headers());
        SessionToken token = token(call.headers(), secure).orElseThrow(SessionApi::noSession);
        Session session = store.sessions().session(token).orElseThrow(SessionApi::noSession);
        return HttpApi.Answer.ok(
                new WireRooms.Me(session.person()), SessionCookie.set(token, secure));
    }

    /// `POST {name, device?}`: a new guest, or the one whom this device became a moment ago.
    HttpApi.Answer post(HttpApi.Call call) {
        checkOwnPage(call.headers());
        requireJson(call.headers());
        Duration wait = limits.connect(addresses.of(call.from(), call.headers()));
        if (!wait.isZero()) {
            throw ChatError.rate(wait).exception();
        }
        WireRequests.SignIn asked = asked(call.body());
        SignedIn in = store.sessions().signIn(name(asked), device(asked)).join();
        return HttpApi.Answer.ok(
                new WireRooms.Me(in.session().person()),
                SessionCookie.set(in.token(), secure(call.headers())));
    }

    /// `DELETE`: ends the session and closes its sockets.
    HttpApi.Answer delete(HttpApi.Call call) {
        checkOwnPage(call.headers());
        boolean secure = secure(call.headers());
        Optional<SessionToken> token = token(call.headers(), secure);
        Optional<Session> session = token.flatMap(store.sessions()::session);
        if (token.isPresent() && store.sessions().signOut(token.get()).join()) {
            session.ifPresent(ended);
        }
        return HttpApi.Answer.empty(SessionCookie.clear(secure));
    }

    private static WireRequests.SignIn asked(byte[] body) {
        try {
            WireRequests.SignIn in = WireJson.JSON.readValue(body, WireRequests.SignIn.class);
            if (in != null) {
                return in;
            }
        } catch (JacksonException _) {
            // falls through to the same answer: it is not what is asked for
        }
        throw nameMissing();
    }

    private static PersonName name(WireRequests.SignIn asked) {
        String name = asked.name();
        if (name == null) {
            throw nameMissing();
        }
        return PersonName.of(name);
    }

    private static RuntimeException nameMissing() {
        return ChatError.badRequest("Send {\"name\": \"…\"} as JSON.").exception();
    }

    private static Optional<DeviceId> device(WireRequests.SignIn asked) {
        String device = asked.device();
        if (device == null) {
            return Optional.empty();
        }
        Optional<DeviceId> id = DeviceId.parse(device);
        if (id.isEmpty()) {
            throw ChatError.badRequest(
                            "A device is 16 to 64 letters, digits, '-' or '_'; a random UUID is best.")
                    .exception();
        }
        return id;
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
