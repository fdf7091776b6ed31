package io.natter.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.natter.protocol.json.ByteBuilder;
import io.natter.protocol.json.JsNumber;
import io.natter.protocol.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A written packet is read as the same packet, for random packets. Each case names its seed, so a
/// failure can be had again by putting that seed alone into [#seeds].
class RoundTripTest {
    private static final int PACKETS_PER_SEED = 500;
    private static final String[] TEXTS = {
        "",
        "a",
        "\"",
        "\\",
        "\n",
        "\u0000",
        "/",
        ",",
        "€",
        "😀",
        "message",
        "x".repeat(300),
        "_placeholder"
    };

    static LongStream seeds() {
        return LongStream.concat(LongStream.range(0, 8), LongStream.of(new Random().nextLong()));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void packetsSurviveJson(long seed) {
        packetsSurvive(Parsers.json(), seed);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void packetsSurviveMessagePack(long seed) {
        packetsSurvive(Parsers.messagePack(), seed);
    }

    private static void packetsSurvive(Parser parser, long seed) {
        Random random = new Random(seed);
        Parser.Decoder decoder = parser.newDecoder(Parser.Limits.DEFAULT);
        for (int i = 0; i < PACKETS_PER_SEED; i++) {
            Packet packet = packet(random);
            List<EngineMessage> frames = parser.encode(packet);
            Parser.Step last = new Parser.Step.Malformed("nothing was written");
            for (int at = 0; at < frames.size(); at++) {
                last =
                        switch (frames.get(at)) {
                            case EngineMessage.Text(byte[] utf8) ->
                                    decoder.text(utf8, 0, utf8.length);
                            case EngineMessage.Binary(byte[] data) -> decoder.binary(data);
                        };
                if (at < frames.size() - 1) {
                    assertThat(last).isEqualTo(new Parser.Step.Incomplete(frames.size() - 1 - at));
                }
            }
            assertThat(Described.step(last)).isEqualTo(Described.packet(packet));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void payloadsSurviveEveryFraming(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < PACKETS_PER_SEED; i++) {
            List<EngineMessage> messages =
                    Stream.generate(() -> message(random)).limit(1 + random.nextInt(5)).toList();
            List<EnginePacket> packets = messages.stream().map(RoundTripTest::packet).toList();
            String expected = Described.packets(packets);

            byte[] four = Engine4.joinPayload(messages.stream().map(Engine4::encodeText).toList());
            assertThat(Described.packets(Engine4.decodePayload(four))).isEqualTo(expected);

            byte[] text = Engine3.joinPayload(messages.stream().map(Engine3::encodeText).toList());
            assertThat(Described.packets(Engine3.decodePayload(text))).isEqualTo(expected);

            byte[] binary =
                    Engine3.joinBinaryPayload(messages.stream().map(Engine3::encode).toList());
            assertThat(Described.packets(Engine3.decodeBinaryPayload(binary))).isEqualTo(expected);
        }
    }

    private static EnginePacket packet(EngineMessage message) {
        return switch (message) {
            case EngineMessage.Text(byte[] utf8) -> new EnginePacket.Text(utf8, 0, utf8.length);
            case EngineMessage.Binary(byte[] data) -> new EnginePacket.Binary(data);
        };
    }

    private static EngineMessage message(Random random) {
        return random.nextBoolean()
                ? new EngineMessage.Binary(bytes(random))
                : new EngineMessage.Text(
                        (text(random) + text(random)).replace('\u001e', ' ').getBytes(UTF_8));
    }

    private static Packet packet(Random random) {
        String nsp = random.nextBoolean() ? "/" : "/" + text(random).replace(",", "");
        long id = random.nextBoolean() ? Packet.NO_ID : random.nextLong(1L << 53);
        return switch (random.nextInt(5)) {
            case 0 -> new Packet.Connect(nsp, random.nextBoolean() ? null : object(random));
            case 1 -> new Packet.Disconnect(nsp);
            case 2 -> new Packet.ConnectError(nsp, object(random));
            case 3 -> new Packet.Ack(nsp, id, args(random, ""));
            default -> {
                String name = text(random);
                yield new Packet.Event(nsp, id, name, args(random, quoted(name) + ","));
            }
        };
    }

    private static Payload object(Random random) {
        return Payload.of(
                ("{\"a\":" + value(random, 3, new ArrayList<>(), 0) + "}").getBytes(UTF_8));
    }

    private static Payload args(Random random, String first) {
        List<byte[]> attachments = new ArrayList<>();
        String value = value(random, 4, attachments, 10);
        byte[] json = ("[" + first + value + "]").getBytes(UTF_8);
        return new Payload(json, 0, json.length, List.copyOf(attachments));
    }

    private static String value(Random random, int depth, List<byte[]> attachments, int most) {
        StringBuilder text = new StringBuilder();
        int elements = random.nextInt(random.nextInt(10) == 0 ? 40 : 4);
        switch (random.nextInt(depth == 0 ? 6 : 9)) {
            case 0 -> text.append(quoted(text(random)));
            case 1 -> text.append(random.nextLong() >> random.nextInt(64));
            case 2 ->
                    text.append(
                            JsNumber.text(
                                    random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20)));
            case 3 -> text.append(random.nextBoolean());
            case 4 -> text.append("null");
            case 5 -> {
                if (attachments.size() < most) {
                    text.append("{\"_placeholder\":true,\"num\":")
                            .append(attachments.size())
                            .append('}');
                    attachments.add(bytes(random));
                } else {
                    text.append("\"no more\"");
                }
            }
            case 6 -> {
                text.append('{');
                for (int i = 0; i < elements; i++) {
                    text.append(i > 0 ? "," : "").append("\"k").append(i).append("\":");
                    text.append(value(random, depth - 1, attachments, most));
                }
                text.append('}');
            }
            default -> {
                text.append('[');
                for (int i = 0; i < elements; i++) {
                    text.append(i > 0 ? "," : "")
                            .append(value(random, depth - 1, attachments, most));
                }
                text.append(']');
            }
        }
        return text.toString();
    }

    private static String text(Random random) {
        return TEXTS[random.nextInt(TEXTS.length)];
    }

    private static String quoted(String text) {
        ByteBuilder json = new ByteBuilder(16);
        JsonWriter.string(json, text);
        return new String(json.toArray(), UTF_8);
    }

    private static byte[] bytes(Random random) {
        byte[] bytes =
                new byte[random.nextInt(8) == 0 ? random.nextInt(70_000) : random.nextInt(8)];
        random.nextBytes(bytes);
        return bytes;
    }
}
