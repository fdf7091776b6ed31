package io.natter.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.natter.protocol.json.ByteBuilder;
import io.natter.protocol.json.ErrorText;
import io.natter.protocol.json.Utf8;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Engine.IO protocol 3, the one of Socket.IO 1 and 2 clients. All methods accept any bytes: bytes
/// that are no packet become [EnginePacket.Malformed].
///
/// Polling bodies come in two framings. The string framing is `<length>:<packet>…`, with the length
/// in UTF-16 code units, as JavaScript counts. The binary framing is `<0 text or 1 binary><decimal
/// digits as bytes 0 to 9><0xff><packet>…`, with the length in bytes. It has the type
/// `application/octet-stream`, and is used if a packet is binary and the client did not ask for
/// base64.
public final class Engine3 {
    /// The first byte of a binary message.
    private static final byte MESSAGE = 4;

    private static final byte END_OF_LENGTH = (byte) 0xff;

    /// No body is as long as this; larger lengths are read as this one.
    private static final long TOO_LONG = Integer.MAX_VALUE;

    private Engine3() {}

    /// Reads a packet in its text form: all of a text WebSocket frame, or one text packet of a
    /// body. It differs from that of [Engine4#decodeText] in binary messages, `b4` and base64.
    public static EnginePacket decodeText(byte[] buffer, int from, int to) {
        if (from >= to || buffer[from] != 'b') {
            return Engine4.decodeText(buffer, from, to);
        }
        if (to - from < 2 || buffer[from + 1] != '4') {
            return new EnginePacket.Malformed(
                    "base64 is for messages: 'b4' expected, found 'b' and "
                            + ErrorText.showAt(buffer, from + 1, to));
        }
        return Base64Text.decode(buffer, from + 2, to);
    }

    /// Reads a binary WebSocket frame, or one binary packet of a body: the byte 4 and the message.
    public static EnginePacket decodeBinary(byte[] data) {
        return decodeBinary(data, 0, data.length);
    }

    private static EnginePacket decodeBinary(byte[] data, int from, int to) {
        if (from >= to || data[from] != MESSAGE) {
            return new EnginePacket.Malformed(
                    "binary packet that begins with "
                            + ErrorText.showAt(data, from, to)
                            + " instead of 0x04");
        }
        return new EnginePacket.Binary(Arrays.copyOfRange(data, from + 1, to));
    }

    /// Reads a polling body in the string framing. Ends with the first packet that is
    /// [EnginePacket.Malformed]. A packet of length zero is none, so the list may be empty.
    public static List<EnginePacket> decodePayload(byte[] body) {
        List<EnginePacket> packets = new ArrayList<>();
        if (body.length == 0) {
            packets.add(new EnginePacket.Malformed("empty body"));
        }
        int at = 0;
        while (at < body.length) {
            int colon = at;
            long units = 0;
            while (colon < body.length && isDigit(body[colon])) {
                units = Math.min(units * 10 + body[colon++] - '0', TOO_LONG);
            }
            if (colon == at || colon == body.length || body[colon] != ':') {
                packets.add(badLength("length and ':' expected, found ", body, colon));
                return packets;
            }
            int from = colon + 1;
            int to = Utf8.skipUnits(body, from, units);
            if (to < 0) {
                packets.add(
                        new EnginePacket.Malformed(
                                "packet of %d characters is cut short, or not UTF-8"
                                        .formatted(units)));
                return packets;
            }
            if (to > from && !add(packets, decodeText(body, from, to))) {
                return packets;
            }
            at = to;
        }
        return packets;
    }

    /// Reads a polling body in the binary framing. Ends with the first packet that is
    /// [EnginePacket.Malformed].
    public static List<EnginePacket> decodeBinaryPayload(byte[] body) {
        List<EnginePacket> packets = new ArrayList<>();
        if (body.length == 0) {
            packets.add(new EnginePacket.Malformed("empty body"));
        }
        int at = 0;
        while (at < body.length) {
            int kind = body[at];
            int mark = at + 1;
            long length = 0;
            while (mark < body.length && body[mark] >= 0 && body[mark] <= 9) {
                length = Math.min(length * 10 + body[mark++], TOO_LONG);
            }
            if (kind != 0 && kind != 1) {
                packets.add(badLength("0x00 or 0x01 expected, found ", body, at));
                return packets;
            }
            if (mark == at + 1 || mark == body.length || body[mark] != END_OF_LENGTH) {
                packets.add(badLength("length and 0xff expected, found ", body, mark));
                return packets;
            }
            int from = mark + 1;
            if (length > body.length - from) {
                packets.add(
                        new EnginePacket.Malformed(
                                "packet of %d bytes is cut short at %d"
                                        .formatted(length, body.length - from)));
                return packets;
            }
            int to = from + (int) length;
            EnginePacket packet =
                    kind == 1 ? decodeBinary(body, from, to) : checkedText(body, from, to);
            if (!add(packets, packet)) {
                return packets;
            }
            at = to;
        }
        return packets;
    }

    private static EnginePacket checkedText(byte[] body, int from, int to) {
        int bad = Utf8.malformedAt(body, from, to);
        return bad < 0
                ? decodeText(body, from, to)
                : new EnginePacket.Malformed("not UTF-8 in a body: " + ErrorText.show(body[bad]));
    }

    private static boolean add(List<EnginePacket> packets, EnginePacket packet) {
        packets.add(packet);
        return !(packet instanceof EnginePacket.Malformed);
    }

    private static EnginePacket badLength(String what, byte[] body, int at) {
        return new EnginePacket.Malformed(
                what + ErrorText.showAt(body, at, body.length) + " at byte " + at + " of the body");
    }

    /// Writes a packet in its text form, a message of bytes as `b4` and base64.
    ///
    /// @throws IllegalArgumentException for [EnginePacket.Malformed], which is no packet
    public static byte[] encodeText(EnginePacket packet) {
        return packet instanceof EnginePacket.Binary(byte[] data)
                ? base64(data)
                : Engine4.encodeText(packet);
    }

    /// Writes a message in its text form: `4` and the text, or `b4` and base64.
    public static byte[] encodeText(EngineMessage message) {
        return switch (message) {
            case EngineMessage.Text ignored -> Engine4.encodeText(message);
            case EngineMessage.Binary(byte[] data) -> base64(data);
        };
    }

    /// Writes a message as a WebSocket frame or as a packet for [#joinBinaryPayload]: `4` and the
    /// text, or the byte 4 and the bytes.
    public static EngineMessage encode(EngineMessage message) {
        return switch (message) {
            case EngineMessage.Text ignored -> new EngineMessage.Text(Engine4.encodeText(message));
            case EngineMessage.Binary(byte[] data) -> {
                byte[] framed = new byte[1 + data.length];
                framed[0] = MESSAGE;
                System.arraycopy(data, 0, framed, 1, data.length);
                yield new EngineMessage.Binary(framed);
            }
        };
    }

    /// Joins packets in their text form into a body in the string framing. Their text must be
    /// UTF-8.
    public static byte[] joinPayload(List<byte[]> packets) {
        if (packets.isEmpty()) {
            return "0:".getBytes(US_ASCII);
        }
        ByteBuilder body = new ByteBuilder(sum(packets));
        for (byte[] packet : packets) {
            body.ascii(Integer.toString(Utf8.units(packet)));
            body.add(':');
            body.add(packet, 0, packet.length);
        }
        return body.toArray();
    }

    /// Joins packets into a body in the binary framing: texts in their text form, binary ones with
    /// their leading 4, as [#encode] makes them.
    public static byte[] joinBinaryPayload(List<EngineMessage> packets) {
        ByteBuilder body = new ByteBuilder(64);
        for (EngineMessage packet : packets) {
            switch (packet) {
                case EngineMessage.Text(byte[] utf8) -> framed(body, 0, utf8);
                case EngineMessage.Binary(byte[] data) -> framed(body, 1, data);
            }
        }
        return body.toArray();
    }

    private static void framed(ByteBuilder body, int kind, byte[] packet) {
        body.add(kind);
        String length = Integer.toString(packet.length);
        for (int i = 0; i < length.length(); i++) {
            body.add(length.charAt(i) - '0');
        }
        body.add(END_OF_LENGTH);
        body.add(packet, 0, packet.length);
    }

    private static int sum(List<byte[]> packets) {
        int sum = 0;
        for (byte[] packet : packets) {
            sum = Math.addExact(sum, packet.length + 8);
        }
        return sum;
    }

    private static byte[] base64(byte[] data) {
        return Base64Text.encode("b4", data);
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
