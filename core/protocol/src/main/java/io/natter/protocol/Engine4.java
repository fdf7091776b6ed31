package io.natter.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.natter.protocol.json.ErrorText;
import io.natter.protocol.json.Utf8;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Engine.IO protocol 4, the one of every Socket.IO client since 3.0. All methods accept any bytes:
/// bytes that are no packet become [EnginePacket.Malformed]. Only base64 is copied.
public final class Engine4 {
    /// The separator of the packets of a polling body: ASCII "record separator".
    public static final byte SEPARATOR = 0x1e;

    private static final EnginePacket CLOSE = new EnginePacket.Close();
    private static final EnginePacket PING = new EnginePacket.Ping("");
    private static final EnginePacket PONG = new EnginePacket.Pong("");
    private static final EnginePacket UPGRADE = new EnginePacket.Upgrade();
    private static final EnginePacket NOOP = new EnginePacket.Noop();

    private Engine4() {}

    /// Reads a packet in its text form: all of a text WebSocket frame, or one packet of a polling
    /// body. The bytes must be UTF-8, which a WebSocket host has checked for frames and
    /// [#decodePayload] checks for bodies. The packet shares `buffer`.
    public static EnginePacket decodeText(byte[] buffer, int from, int to) {
        if (from >= to) {
            return new EnginePacket.Malformed("empty Engine.IO packet");
        }
        int data = from + 1;
        return switch (buffer[from]) {
            case '0' -> new EnginePacket.Open(Arrays.copyOfRange(buffer, data, to));
            case '1' -> CLOSE;
            case '2' ->
                    data == to
                            ? PING
                            : new EnginePacket.Ping(new String(buffer, data, to - data, UTF_8));
            case '3' ->
                    data == to
                            ? PONG
                            : new EnginePacket.Pong(new String(buffer, data, to - data, UTF_8));
            case '4' -> new EnginePacket.Text(buffer, data, to);
            case '5' -> UPGRADE;
            case '6' -> NOOP;
            case 'b' -> Base64Text.decode(buffer, data, to);
            default ->
                    new EnginePacket.Malformed(
                            "unknown Engine.IO packet type " + ErrorText.show(buffer[from]));
        };
    }

    /// Reads a binary WebSocket frame, which is nothing but the bytes of a message.
    public static EnginePacket decodeBinary(byte[] data) {
        return new EnginePacket.Binary(data);
    }

    /// Reads the body of a polling POST (or, for a client, of a GET's answer). Ends with the first
    /// packet that is [EnginePacket.Malformed]; later ones are not read.
    public static List<EnginePacket> decodePayload(byte[] body) {
        List<EnginePacket> packets = new ArrayList<>();
        int from = 0;
        while (true) {
            int to = from;
            while (to < body.length && body[to] != SEPARATOR) {
                to++;
            }
            EnginePacket packet = checked(body, from, to);
            packets.add(packet);
            if (to == body.length || packet instanceof EnginePacket.Malformed) {
                return packets;
            }
            from = to + 1;
        }
    }

    private static EnginePacket checked(byte[] body, int from, int to) {
        int bad = Utf8.malformedAt(body, from, to);
        return bad < 0
                ? decodeText(body, from, to)
                : new EnginePacket.Malformed(
                        "not UTF-8 at byte " + bad + " of the body: " + ErrorText.show(body[bad]));
    }

    /// Writes a packet in its text form. A message of bytes becomes `b` and base64, as polling has
    /// it. Over WebSocket it is a binary frame of its bytes instead.
    ///
    /// @throws IllegalArgumentException for [EnginePacket.Malformed], which is no packet
    public static byte[] encodeText(EnginePacket packet) {
        return switch (packet) {
            case EnginePacket.Open(byte[] json) -> prefixed('0', json, 0, json.length);
            case EnginePacket.Close() -> new byte[] {'1'};
            case EnginePacket.Ping(String data) -> ("2" + data).getBytes(UTF_8);
            case EnginePacket.Pong(String data) -> ("3" + data).getBytes(UTF_8);
            case EnginePacket.Text(byte[] buffer, int from, int to) ->
                    prefixed('4', buffer, from, to);
            case EnginePacket.Binary(byte[] data) -> Base64Text.encode("b", data);
            case EnginePacket.Upgrade() -> new byte[] {'5'};
            case EnginePacket.Noop() -> new byte[] {'6'};
            case EnginePacket.Malformed(String reason) ->
                    throw new IllegalArgumentException("not a packet: " + reason);
        };
    }

    /// Writes a message in its text form: `4` and the text, which is also the WebSocket frame of
    /// it, or `b` and base64.
    public static byte[] encodeText(EngineMessage message) {
        return switch (message) {
            case EngineMessage.Text(byte[] utf8) -> prefixed('4', utf8, 0, utf8.length);
            case EngineMessage.Binary(byte[] data) -> Base64Text.encode("b", data);
        };
    }

    /// Joins packets in their text form into one polling body.
    public static byte[] joinPayload(List<byte[]> packets) {
        int length = Math.max(0, packets.size() - 1);
        for (byte[] packet : packets) {
            length = Math.addExact(length, packet.length);
        }
        byte[] body = new byte[length];
        int at = 0;
        for (byte[] packet : packets) {
            if (at > 0) {
                body[at++] = SEPARATOR;
            }
            System.arraycopy(packet, 0, body, at, packet.length);
            at += packet.length;
        }
        return body;
    }

    private static byte[] prefixed(char type, byte[] data, int from, int to) {
        byte[] text = new byte[1 + to - from];
        text[0] = (byte) type;
        System.arraycopy(data, from, text, 1, to - from);
        return text;
    }
}
