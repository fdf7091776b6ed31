package io.natter.engine;

import io.natter.protocol.json.JsonWriter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The first packets of a session: `0{…}`, and the initial packet where there is one.
final class OpenPacket {
    private OpenPacket() {}

    static List<OutgoingPacket> of(EngineSession session) {
        var options = session.options();
        var initial = options.initialPacket();
        var open = open(session, options);
        return initial == null ? List.of(open) : List.of(open, Outgoing.of(initial));
    }

    /// Exactly these five keys.
    private static ControlPacket open(EngineSession session, EngineOptions options) {
        return new ControlPacket(
                "0{\"sid\":"
                        + JsonWriter.quote(session.id())
                        + ",\"upgrades\":"
                        + upgrades(session, options)
                        + ",\"pingInterval\":"
                        + options.pingInterval().toMillis()
                        + ",\"pingTimeout\":"
                        + options.pingTimeout().toMillis()
                        + ",\"maxPayload\":"
                        + options.maxHttpBufferSize()
                        + "}");
    }

    private static String upgrades(EngineSession session, EngineOptions options) {
        if (session.transport() != TransportName.POLLING || !options.allowUpgrades()) {
            return "[]";
        }
        return Stream.of(TransportName.WEBSOCKET, TransportName.WEBTRANSPORT)
                .filter(options.transports()::contains)
                .map(name -> JsonWriter.quote(name.toString()))
                .collect(Collectors.joining(",", "[", "]"));
    }
}
