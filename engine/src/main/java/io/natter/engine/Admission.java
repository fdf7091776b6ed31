package io.natter.engine;

import static io.natter.engine.ConnectionError.Code.BAD_HANDSHAKE_METHOD;
import static io.natter.engine.ConnectionError.Code.BAD_REQUEST;
import static io.natter.engine.ConnectionError.Code.FORBIDDEN;
import static io.natter.engine.ConnectionError.Code.UNKNOWN_SID;
import static io.natter.engine.ConnectionError.Code.UNKNOWN_TRANSPORT;

import org.jspecify.annotations.Nullable;

/// The checks that every request goes through, in the order in which npm `engine.io` makes them; a
/// request that fails several is told of the first. Nothing here blocks or changes anything.
final class Admission {
    private final EngineServer server;
    private final EngineOptions options;

    Admission(EngineServer server) {
        this.server = server;
        this.options = server.options();
    }

    /// What a request may do.
    sealed interface Outcome {
        record Refused(Refusal refusal) implements Outcome {}

        /// It belongs to this session.
        record Member(EngineSession session) implements Outcome {}

        /// It may go on to open a session.
        record Newcomer() implements Outcome {}
    }

    Outcome check(Call call) {
        var name = call.parameter("transport");
        var transport = transport(name);
        if (transport == null || !options.transports().contains(transport)) {
            return refused(UNKNOWN_TRANSPORT, "transport " + name);
        }
        var origin = call.request().header("origin");
        if (origin != null && OriginCheck.isMalformed(origin)) {
            return refused(BAD_REQUEST, "INVALID_ORIGIN");
        }
        var sid = call.sid();
        var outcome = sid == null ? newcomer(call, transport) : member(call, sid, transport);
        return !(outcome instanceof Outcome.Refused) && origin != null && isForeign(call, origin)
                ? new Outcome.Refused(foreign(origin))
                : outcome;
    }

    private Outcome member(Call call, String sid, TransportName transport) {
        var session = server.session(sid);
        if (session == null) {
            return refused(UNKNOWN_SID, "sid unknown");
        } else if (!call.isUpgrade() && session.transport() != transport) {
            return refused(BAD_REQUEST, "TRANSPORT_MISMATCH");
        } else if (session.protocol() != call.protocol()) {
            return refused(BAD_REQUEST, "PROTOCOL_MISMATCH");
        }
        return new Outcome.Member(session);
    }

    private static Outcome newcomer(Call call, TransportName transport) {
        if (!call.request().method().equals("GET")) {
            return refused(BAD_HANDSHAKE_METHOD, "method " + call.request().method());
        } else if (transport == TransportName.WEBSOCKET && !call.isUpgrade()) {
            return refused(BAD_REQUEST, "TRANSPORT_HANDSHAKE_ERROR");
        }
        return new Outcome.Newcomer();
    }

    private boolean isForeign(Call call, String origin) {
        var request = call.request();
        return options.checkOrigin()
                && !OriginCheck.isSame(origin, request.header("host"), request.secure())
                && (options.cors() == null || !options.cors().allows(origin));
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
