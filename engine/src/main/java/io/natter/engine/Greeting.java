package io.natter.engine;

import java.util.List;

/// The first packets of a session: `0{…}`, and the initial packet where there is one.
final class Greeting {
    private Greeting() {}

    static List<Queued> of(EngineSession session) {
        var options = session.server().options();
        var initial = options.initialPacket();
        var open = open(session, options);
        return initial == null ? List.of(open) : List.of(open, Outgoing.of(initial));
    }

    /// Exactly these five keys.
    private static Control open(EngineSession session, EngineOptions options) {
        boolean upgrades =
                session.transport() == TransportName.POLLING
                        && options.allowUpgrades()
                        && options.transports().contains(TransportName.WEBSOCKET);
        return new Control(
                "0{\"sid\":"
                        + Json.quote(session.id())
                        + ",\"upgrades\":"
                        + (upgrades ? "[\"websocket\"]" : "[]")
                        + ",\"pingInterval\":"
                        + options.pingInterval().toMillis()
                        + ",\"pingTimeout\":"
                        + options.pingTimeout().toMillis()
                        + ",\"maxPayload\":"
                        + options.maxHttpBufferSize()
                        + "}");
    }
}
