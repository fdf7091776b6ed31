package io.natter.engine;

import static io.natter.engine.ConnectionError.Code.BAD_HANDSHAKE_METHOD;
import static io.natter.engine.ConnectionError.Code.BAD_REQUEST;
import static io.natter.engine.ConnectionError.Code.FORBIDDEN;
import static io.natter.engine.ConnectionError.Code.UNKNOWN_SID;
import static io.natter.engine.ConnectionError.Code.UNKNOWN_TRANSPORT;

import io.natter.host.HttpRequest;
import io.natter.host.OriginCheck;
import io.natter.host.RefusedOriginLog;
import org.jspecify.annotations.Nullable;

/// The checks of every request, in the order of npm `engine.io`. The first that fails is reported.
/// Nothing here blocks or changes anything.
final class RequestVerifier {
    private static final Refusal FOREIGN_SCRIPT =
            new Refusal(
                    FORBIDDEN,
                    "JSONP is for pages of this server and of origins in the cors option only, and"
                            + " this request does not show where it comes from",
                    "FOREIGN_ORIGIN");

    private final SessionContext context;
    private final EngineOptions options;

    private final RefusedOriginLog foreign;

    RequestVerifier(SessionContext context) {
        this.context = context;
        this.foreign = new RefusedOriginLog(context.logs());
        this.options = context.options();
    }

    /// The verdict on a request.
    sealed interface Outcome {
        record Refused(Refusal refusal) implements Outcome {}

        /// It belongs to this session.
        record Member(EngineSession session) implements Outcome {}

        /// It may go on to open a session.
        record Newcomer() implements Outcome {}
    }

    Outcome check(EngineRequest call) {
        var name = call.parameter("transport");
        var transport = transport(name);
        if (transport == null
                || !options.transports().contains(transport)
                || (transport == TransportName.WEBTRANSPORT) != call.isWebTransport()) {
            return refused(UNKNOWN_TRANSPORT, "transport " + name);
        }
        var origin = call.request().header("origin");
        if (origin != null && OriginCheck.isMalformed(origin)) {
            return refused(BAD_REQUEST, "INVALID_ORIGIN");
        }
        var sid = call.sid();
        var outcome = sid == null ? newcomer(call, transport) : member(call, sid, transport);
        if (outcome instanceof Outcome.Refused || !options.checkOrigin()) {
            return outcome;
        } else if (origin != null && isForeign(call.request(), origin)) {
            foreign.refused(origin, call.request().header("host"));
            return new Outcome.Refused(foreign(origin));
        } else if (origin == null && isForeignScript(call)) {
            foreign.jsonpRefused(call.request());
            return new Outcome.Refused(FOREIGN_SCRIPT);
        }
        return outcome;
    }

    private Outcome member(EngineRequest call, String sid, TransportName transport) {
        var session = context.session(sid);
        if (session == null) {
            return refused(UNKNOWN_SID, "sid unknown");
        } else if (!call.isUpgrade() && session.transport() != transport) {
            return refused(BAD_REQUEST, "TRANSPORT_MISMATCH");
        } else if (session.protocol() != call.protocol()) {
            return refused(BAD_REQUEST, "PROTOCOL_MISMATCH");
        }
        return new Outcome.Member(session);
    }

    private static Outcome newcomer(EngineRequest call, TransportName transport) {
        if (!call.request().method().equals("GET")) {
            return refused(BAD_HANDSHAKE_METHOD, "method " + call.request().method());
        } else if (transport == TransportName.WEBSOCKET && !call.isUpgrade()) {
            return refused(BAD_REQUEST, "TRANSPORT_HANDSHAKE_ERROR");
        }
        return new Outcome.Newcomer();
    }

    private boolean isForeign(HttpRequest request, String origin) {
        return OriginCheck.isForeign(request, origin, options.cors());
    }

    /// Whether this asks for JSONP and may come from a foreign page. A page fetches JSONP by a
    /// script, with its visitor's cookies and without an `Origin`. Browsers name the page by other
    /// headers, which no page can change.
    private boolean isForeignScript(EngineRequest call) {
        var request = call.request();
        if (call.isUpgrade() || call.parameter("j") == null) {
            return false;
        }
        var site = request.header("sec-fetch-site");
        if ("same-origin".equals(site) || "none".equals(site)) {
            return false;
        }
        var page = OriginCheck.ofReferrer(request.header("referer"));
        if (page != null && !isForeign(request, page)) {
            return false;
        }
        var cors = options.cors();
        return cors == null || !cors.allowsAny() || request.header("cookie") != null;
    }

    private static Refusal foreign(String origin) {
        return new Refusal(
                FORBIDDEN,
                "Origin "
                        + origin
                        + " is not allowed: name it in the cors option, or turn checkOrigin off",
                "FOREIGN_ORIGIN");
    }

    private static @Nullable TransportName transport(@Nullable String name) {
        for (var transport : TransportName.values()) {
            if (transport.toString().equals(name)) {
                return transport;
            }
        }
        return null;
    }

    private static Outcome refused(ConnectionError.Code code, String detail) {
        return new Outcome.Refused(new Refusal(code, detail));
    }
}
