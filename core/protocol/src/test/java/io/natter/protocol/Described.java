package io.natter.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/// Packets in words, as the meanings of `vectors.txt` are written.
final class Described {
    private Described() {}

    static String packet(EnginePacket packet) {
        return switch (packet) {
            case EnginePacket.Open(byte[] json) -> "open " + new String(json, UTF_8);
            case EnginePacket.Close() -> "close";
            case EnginePacket.Ping(String data) -> ("ping " + data).strip();
            case EnginePacket.Pong(String data) -> ("pong " + data).strip();
            case EnginePacket.Text(byte[] buffer, int from, int to) ->
                    from == to ? "text" : "text " + new String(buffer, from, to - from, UTF_8);
            case EnginePacket.Binary(byte[] data) -> "binary " + hex(data);
            case EnginePacket.Upgrade() -> "upgrade";
            case EnginePacket.Noop() -> "noop";
            case EnginePacket.Malformed(String reason) -> "malformed " + reason;
        };
    }

    static String packets(List<EnginePacket> packets) {
        return packets.stream().map(Described::packet).collect(Collectors.joining(" ; "));
    }

    static String step(Parser.Step step) {
        return switch (step) {
            case Parser.Step.Decoded(Packet packet) -> packet(packet);
            case Parser.Step.Incomplete(int missing) -> "incomplete " + missing;
            case Parser.Step.Malformed(String reason) -> "malformed " + reason;
        };
    }

    static String packet(Packet packet) {
        String nsp = packet.namespace();
        return switch (packet) {
            case Packet.Connect(_, Payload data) ->
                    "connect " + nsp + (data == null ? "" : payload(data));
            case Packet.Disconnect _ -> "disconnect " + nsp;
            case Packet.Event(_, long id, String name, Payload args) ->
                    "event "
                            + nsp
                            + id(id)
                            + " "
                            + (name.isEmpty() ? "\"\"" : new String(name.getBytes(UTF_8), UTF_8))
                            + payload(args);
            case Packet.Ack(_, long id, Payload args) -> "ack " + nsp + id(id) + payload(args);
            case Packet.ConnectError(_, Payload data) -> "connect-error " + nsp + payload(data);
        };
    }

    static String frames(List<EngineMessage> frames) {
        return frames.stream()
                .map(
                        frame ->
                                switch (frame) {
                                    case EngineMessage.Text(byte[] utf8) -> new String(utf8, UTF_8);
                                    case EngineMessage.Binary(byte[] data) -> hex(data);
                                })
                .collect(Collectors.joining(" + "));
    }

    private static String id(long id) {
        return id == Packet.NO_ID ? "" : " #" + id;
    }

    private static String payload(Payload payload) {
        return " "
                + new String(payload.buffer(), payload.from(), payload.length(), UTF_8)
                + payload.attachments().stream()
                        .map(data -> " " + hex(data))
                        .collect(Collectors.joining());
    }

    private static String hex(byte[] data) {
        return "<" + HexFormat.of().formatHex(data) + ">";
    }
}
