package io.natter.chat.web.http;

import io.natter.chat.access.BrowserCookie;
import io.natter.chat.access.BrowserLabel;
import io.natter.chat.access.ClientAddresses;
import io.natter.chat.access.Limits;
import io.natter.chat.access.Origins;
import io.natter.chat.access.RecentSignIns;
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
public final class ApiRequests {
    private final Origins origins;
    private final Limits limits;
    private final ClientAddresses addresses;
    private final SessionStore sessions;
    private final RecentSignIns recent;

    /// Makes the checks that all requests share.
    ///
    /// @param recent gets each session that is opened
    public ApiRequests(
            Origins origins,
            Limits limits,
            ClientAddresses addresses,
            SessionStore sessions,
            RecentSignIns recent) {
        this.recent = recent;
        this.origins = origins;
        this.limits = limits;
        this.addresses = addresses;
        this.sessions = sessions;
    }

    /// A form of a foreign page can neither set this header nor leave these out.
    public void checkOwnPage(HttpHeaders headers) {
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
    public <T> T read(HttpApi.Call call, Class<T> type, String shape) {
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

    public static void requireJson(HttpHeaders headers) {
        String type = headers.get(HttpHeaderNames.CONTENT_TYPE, "");
        if (!type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw ChatError.badRequest("Send Content-Type: application/json.").exception();
        }
    }

    /// Counts a sign-in or a sign-up of an address.
    ///
    /// @throws io.natter.chat.domain.ChatException with `rate`
    public void limit(HttpApi.Call call) {
        Duration wait = limits.connect(address(call));
        if (!wait.isZero()) {
            throw ChatError.rate(wait).exception();
        }
    }

    public @Nullable InetAddress address(HttpApi.Call call) {
        return addresses.of(call.from(), call.headers());
    }

    /// The browser that asks.
    public Client client(HttpApi.Call call, @Nullable String device) {
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

    public static PersonName name(@Nullable String name, String shape) {
        if (name == null) {
            throw ChatError.badRequest(shape).exception();
        }
        return PersonName.of(name);
    }

    public Optional<SessionToken> token(HttpApi.Call call) {
        @Nullable String cookie = call.headers().get(HttpHeaderNames.COOKIE);
        return SessionCookie.read(cookie, cookies(call));
    }

    /// The session of the cookie.
    ///
    /// @throws io.natter.chat.domain.ChatException with `no_session`
    public Session session(HttpApi.Call call) {
        return token(call)
                .flatMap(sessions::session)
                .orElseThrow(() -> ChatError.noSession().exception());
    }

    public SessionCookie.Scope cookies(HttpApi.Call call) {
        return origins.cookies(call.headers().get(HttpHeaderNames.HOST));
    }

    public Optional<Session> sessionIfAny(HttpApi.Call call) {
        return token(call).flatMap(sessions::session);
    }

    /// The address of the page that asks, which [#checkOwnPage] has let pass; that of the `Host`
    /// where the browser names none.
    public String ownOrigin(HttpApi.Call call) {
        String origin = call.headers().get(HttpHeaderNames.ORIGIN);
        String host = call.headers().get(HttpHeaderNames.HOST, "");
        return origin != null ? origin : (secure(call) ? "https://" : "http://") + host;
    }

    /// The path below which the page is, as in `/chat`; empty for `/`.
    public String basePath() {
        return origins.basePath();
    }

    /// The text of the [BrowserCookie].
    public Optional<String> browser(HttpApi.Call call) {
        return BrowserCookie.read(call.headers().get(HttpHeaderNames.COOKIE), secure(call));
    }

    /// As [#browser], or a new text for a browser without one.
    public String browserOrNew(HttpApi.Call call) {
        return browser(call).orElseGet(BrowserCookie::random);
    }

    public String browserCookie(HttpApi.Call call, String browser) {
        return BrowserCookie.set(browser, secure(call));
    }

    boolean secure(HttpApi.Call call) {
        return cookies(call).secure();
    }

    /// The answer that signs somebody in.
    public HttpApi.Answer entered(HttpApi.Call call, SignedIn in) {
        return HttpApi.Answer.ok(new WireRooms.Me(in.session().person()), sessionCookie(call, in));
    }

    /// The cookie that signs somebody in.
    public String sessionCookie(HttpApi.Call call, SignedIn in) {
        recent.note(in.session().id());
        return SessionCookie.set(in.token(), cookies(call));
    }
}
