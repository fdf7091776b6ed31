package io.natter.chat.web;

import io.natter.chat.access.BrowserLabel;
import io.natter.chat.access.ClientAddresses;
import io.natter.chat.access.Limits;
import io.natter.chat.access.Origins;
import io.natter.chat.access.SessionCookie;
import io.natter.chat.domain.ChatError;
import io.natter.chat.domain.person.Client;
import io.natter.chat.domain.person.DeviceId;
import io.natter.chat.domain.person.PersonName;
import io.natter.chat.domain.person.Session;
import io.natter.chat.domain.person.SessionStore;
import io.natter.chat.domain.person.SessionToken;
import io.natter.chat.domain.person.SignedIn;
import io.natter.chat.wire.WireJson;
import io.natter.chat.wire.WireRooms;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// Parts that the JSON calls share: the checks of a request, and the cookie.
final class ApiRequests {
    private final Origins origins;
    private final Limits limits;
    private final ClientAddresses addresses;
    private final SessionStore sessions;

    ApiRequests(Origins origins, Limits limits, ClientAddresses addresses, SessionStore sessions) {
        this.origins = origins;
        this.limits = limits;
        this.addresses = addresses;
        this.sessions = sessions;
    }

    /// A form of a foreign page can neither set this header nor leave these out.
    void checkOwnPage(HttpHeaders headers) {
        if (!origins.allow(headers.get(HttpHeaderNames.ORIGIN), headers.get("sec-fetch-site"))) {
            throw ChatError.foreignOrigin().exception();
        }
        if (!"1".equals(headers.get("x-natter"))) {
            throw ChatError.badRequest("Send the header X-Natter: 1.").exception();
        }
    }

    /// The checks of a request that changes something, and its body.
    ///
    /// @param shape a sentence that says what to send
    <T> T read(HttpApi.Call call, Class<T> type, String shape) {
        checkOwnPage(call.headers());
        requireJson(call.headers());
        try {
            T read = WireJson.JSON.readValue(call.body(), type);
            if (read != null) {
                return read;
            }
        } catch (JacksonException _) {
            // falls through to the same answer: it is not what is asked for
        }
        throw ChatError.badRequest(shape).exception();
    }

    static void requireJson(HttpHeaders headers) {
        String type = headers.get(HttpHeaderNames.CONTENT_TYPE, "");
        if (!type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw ChatError.badRequest("Send Content-Type: application/json.").exception();
        }
    }

    /// Counts a sign-in or a sign-up of an address.
    ///
    /// @throws io.natter.chat.domain.ChatException with `rate`
    void limit(HttpApi.Call call) {
        Duration wait = limits.connect(address(call));
        if (!wait.isZero()) {
            throw ChatError.rate(wait).exception();
        }
    }

    @Nullable InetAddress address(HttpApi.Call call) {
        return addresses.of(call.from(), call.headers());
    }

    /// The browser that asks.
    Client client(HttpApi.Call call, @Nullable String device) {
        InetAddress address = address(call);
        return new Client(
                device(device),
                address == null ? null : address.getHostAddress(),
                BrowserLabel.of(call.headers().get(HttpHeaderNames.USER_AGENT)));
    }

    private static Optional<DeviceId> device(@Nullable String device) {
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

    static PersonName name(@Nullable String name, String shape) {
        if (name == null) {
            throw ChatError.badRequest(shape).exception();
        }
        return PersonName.of(name);
    }

    Optional<SessionToken> token(HttpApi.Call call) {
        @Nullable String cookie = call.headers().get(HttpHeaderNames.COOKIE);
        return SessionCookie.read(cookie, secure(call));
    }

    /// The session of the cookie.
    ///
    /// @throws io.natter.chat.domain.ChatException with `no_session`
    Session session(HttpApi.Call call) {
        return token(call)
                .flatMap(sessions::session)
                .orElseThrow(() -> ChatError.noSession().exception());
    }

    boolean secure(HttpApi.Call call) {
        return origins.secure(call.headers().get(HttpHeaderNames.HOST));
    }

    /// The answer that signs somebody in.
    HttpApi.Answer entered(HttpApi.Call call, SignedIn in) {
        return HttpApi.Answer.ok(
                new WireRooms.Me(in.session().person()),
                SessionCookie.set(in.token(), secure(call)));
    }
}
