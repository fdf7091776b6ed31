package io.natter.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.natter.host.Query;
import io.natter.protocol.json.JsonScanner;
import io.natter.protocol.json.Utf8;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// A codec answers any input. It writes each packet that it has read so that the packet is read the
/// same again. In a test run the vectors and the kept findings are replayed; `docs/fuzzing.md`
/// tells how to search for new ones.
class CodecFuzzTest {
    /// Ends a message where several are made of one input. No UTF-8 has this byte.
    private static final byte END = (byte) 0xf8;

    /// Begins a message of bytes.
    private static final byte BINARY = (byte) 0xf9;

    private static final JsonFactory JACKSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNumberLength(Integer.MAX_VALUE)
                                    .maxNameLength(Integer.MAX_VALUE)
                                    .build())
                    .build();

    static Stream<byte[]> engine4Inputs() {
        return Stream.concat(Vectors.of("engine4"), Vectors.of("engine4-payload"))
                .map(Vectors::bytes);
    }

    @MethodSource("engine4Inputs")
    @FuzzTest(maxDuration = "1h")
    void engine4(byte[] input) {
        again(
                List.of(Engine4.decodeText(input, 0, input.length)),
                packets -> {
                    byte[] text = Engine4.encodeText(packets.getFirst());
                    return List.of(Engine4.decodeText(text, 0, text.length));
                });
        again(
                Engine4.decodePayload(input),
                packets ->
                        Engine4.decodePayload(
                                Engine4.joinPayload(
                                        packets.stream().map(Engine4::encodeText).toList())));
    }

    static Stream<byte[]> engine3Inputs() {
        return Stream.of("engine3", "engine3-binary", "engine3-payload", "engine3-binary-payload")
                .flatMap(Vectors::of)
                .map(Vectors::bytes);
    }

    @MethodSource("engine3Inputs")
    @FuzzTest(maxDuration = "1h")
    void engine3(byte[] input) {
        again(
                List.of(Engine3.decodeText(input, 0, input.length)),
                packets -> {
                    byte[] text = Engine3.encodeText(packets.getFirst());
                    return List.of(Engine3.decodeText(text, 0, text.length));
                });
        again(List.of(Engine3.decodeBinary(input)), packets -> packets);
        again(
                Engine3.decodePayload(input),
                packets ->
                        Engine3.decodePayload(
                                Engine3.joinPayload(
                                        packets.stream().map(Engine3::encodeText).toList())));
        again(
                Engine3.decodeBinaryPayload(input),
                packets ->
                        Engine3.decodeBinaryPayload(
                                Engine3.joinBinaryPayload(
                                        packets.stream().map(CodecFuzzTest::frame).toList())));
    }

    private static EngineMessage frame(EnginePacket packet) {
        return packet instanceof EnginePacket.Binary(byte[] data)
                ? Engine3.encode(new EngineMessage.Binary(data))
                : new EngineMessage.Text(Engine3.encodeText(packet));
    }

    static Stream<byte[]> jsonInputs() {
        return Stream.concat(Vectors.of("json"), Vectors.of("socketio2"))
                .map(vector -> joined(vector.wire()));
    }

    @MethodSource("jsonInputs")
    @FuzzTest(maxDuration = "1h")
    void json(byte[] input) {
        for (Packet packet : decoded(Parsers.json(), split(input))) {
            sameAgain(Parsers.json(), packet);
            Payload payload = payload(packet);
            assertThat(payload == null || jacksonReads(payload, true)).isTrue();
        }
        Parser two = Parsers.socketIo2(Parsers.json(), Query::lists);
        // The packet for such a client differs from its own form, but it is written.
        decoded(two, split(input)).forEach(two::encode);
    }

    @MethodSource("jsonInputs")
    @FuzzTest(maxDuration = "1h")
    void jsonIsWhatJacksonTakes(byte[] input) {
        // Jackson guesses UTF-16 and UTF-32 by zeros and skips a byte order mark. We do neither,
        // and
        // it tells broken UTF-8 apart otherwise.
        boolean taken = new JsonScanner(500).check(input, 0, input.length, 0) == null;
        boolean comparable = Utf8.malformedAt(input, 0, input.length) < 0;
        for (byte b : input) {
            comparable &= b != 0 && b != (byte) 0xef;
        }
        assertThat(taken).isEqualTo(comparable ? jacksonReads(Payload.of(input), taken) : taken);
    }

    static Stream<byte[]> messagePackInputs() {
        return Vectors.of("msgpack").map(Vectors::bytes);
    }

    @MethodSource("messagePackInputs")
    @FuzzTest(maxDuration = "1h")
    void messagePack(byte[] input) {
        for (Packet packet :
                decoded(Parsers.messagePack(), List.of(new EngineMessage.Binary(input)))) {
            sameAgain(Parsers.messagePack(), packet);
            Payload payload = payload(packet);
            assertThat(payload == null || jacksonReads(payload, true)).isTrue();
        }
    }

    /// Where all packets are well-formed, `round` must bring the same ones.
    private static void again(List<EnginePacket> packets, UnaryOperator<List<EnginePacket>> round) {
        if (packets.stream().noneMatch(EnginePacket.Malformed.class::isInstance)) {
            assertThat(Described.packets(round.apply(packets)))
                    .isEqualTo(Described.packets(packets));
        }
    }

    private static void sameAgain(Parser parser, Packet packet) {
        assertThat(decoded(parser, parser.encode(packet)).stream().map(Described::packet))
                .containsExactly(Described.packet(packet));
    }

    private static List<Packet> decoded(Parser parser, List<EngineMessage> frames) {
        Parser.Decoder decoder = parser.newDecoder(Parser.Limits.DEFAULT);
        List<Packet> packets = new ArrayList<>();
        for (EngineMessage frame : frames) {
            Parser.Step step =
                    switch (frame) {
                        case EngineMessage.Text(byte[] utf8) -> decoder.text(utf8, 0, utf8.length);
                        case EngineMessage.Binary(byte[] data) -> decoder.binary(data);
                    };
            switch (step) {
                case Parser.Step.Decoded(Packet packet) -> packets.add(packet);
                case Parser.Step.Incomplete(int missing) -> assertThat(missing).isPositive();
                case Parser.Step.Malformed(String reason) -> {
                    assertThat(reason.length()).isBetween(1, 300);
                    return packets;
                }
            }
        }
        return packets;
    }

    private static @Nullable Payload payload(Packet packet) {
        return switch (packet) {
            case Packet.Connect(_, Payload data) -> data;
            case Packet.Disconnect _ -> null;
            case Packet.Event(_, _, _, Payload args) -> args;
            case Packet.Ack(_, _, Payload args) -> args;
            case Packet.ConnectError(_, Payload data) -> data;
        };
    }

    /// JSON.parse takes half a surrogate pair anywhere; Jackson does not in a property name, and
    /// stops there: then the answer is `halfAPair`.
    private static boolean jacksonReads(Payload payload, boolean halfAPair) {
        try (JsonParser parser =
                JACKSON.createParser(
                        ObjectReadContext.empty(),
                        payload.buffer(),
                        payload.from(),
                        payload.length())) {
            int values = 0;
            while (parser.nextToken() != null) {
                if (parser.streamReadContext().inRoot()) {
                    values += parser.currentToken().isStructStart() ? 0 : 1;
                }
                if (parser.currentToken().isScalarValue()) {
                    parser.getString();
                }
            }
            return values == 1;
        } catch (JacksonException refusal) {
            String why = refusal.getOriginalMessage().toLowerCase(Locale.ROOT);
            return halfAPair && why.contains("property name") && why.contains("surrogate");
        }
    }

    private static byte[] joined(List<EngineMessage> frames) {
        var input = new ByteArrayOutputStream();
        for (EngineMessage frame : frames) {
            switch (frame) {
                case EngineMessage.Text(byte[] utf8) -> input.writeBytes(utf8);
                case EngineMessage.Binary(byte[] data) -> {
                    input.write(BINARY);
                    input.writeBytes(data);
                }
            }
            input.write(END);
        }
        return input.toByteArray();
    }

    private static List<EngineMessage> split(byte[] input) {
        List<EngineMessage> frames = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= input.length; i++) {
            if (i == input.length || input[i] == END) {
                frames.add(
                        from < i && input[from] == BINARY
                                ? new EngineMessage.Binary(Arrays.copyOfRange(input, from + 1, i))
                                : new EngineMessage.Text(Arrays.copyOfRange(input, from, i)));
                from = i + 1;
            }
        }
        return frames;
    }
}
