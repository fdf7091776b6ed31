package io.natter.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.host.Query;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every line of `vectors.txt`.
class VectorsTest {

    static Stream<Vectors> engine4() {
        return Vectors.of("engine4");
    }

    @ParameterizedTest
    @MethodSource
    void engine4(Vectors vector) {
        // Bytes around the packet must not matter.
        byte[] wire = vector.bytes();
        byte[] buffer = new byte[wire.length + 2];
        System.arraycopy(wire, 0, buffer, 1, wire.length);
        EnginePacket packet = Engine4.decodeText(buffer, 1, buffer.length - 1);
        says(vector, List.of(Described.packet(packet)));
        if (vector.both()) {
            assertThat(Engine4.encodeText(packet)).isEqualTo(wire);
        }
    }

    static Stream<Vectors> engine4Payload() {
        return Vectors.of("engine4-payload");
    }

    @ParameterizedTest
    @MethodSource
    void engine4Payload(Vectors vector) {
        List<EnginePacket> packets = Engine4.decodePayload(vector.bytes());
        says(vector, packets.stream().map(Described::packet).toList());
        if (vector.both()) {
            assertThat(Engine4.joinPayload(packets.stream().map(Engine4::encodeText).toList()))
                    .isEqualTo(vector.bytes());
        }
    }

    static Stream<Vectors> json() {
        return Vectors.of("json");
    }

    @ParameterizedTest
    @MethodSource
    void json(Vectors vector) {
        parser(vector, Parsers.json());
    }

    static Stream<Vectors> messagePack() {
        return Vectors.of("msgpack");
    }

    @ParameterizedTest
    @MethodSource
    void messagePack(Vectors vector) {
        parser(vector, Parsers.messagePack());
    }

    static Stream<Vectors> socketIo2() {
        return Vectors.of("socketio2");
    }

    @ParameterizedTest
    @MethodSource
    void socketIo2(Vectors vector) {
        parser(vector, Parsers.socketIo2(Parsers.json(), Query::lists));
    }

    static Stream<Vectors> engine3() {
        return Vectors.of("engine3");
    }

    @ParameterizedTest
    @MethodSource
    void engine3(Vectors vector) {
        byte[] wire = vector.bytes();
        EnginePacket packet = Engine3.decodeText(wire, 0, wire.length);
        says(vector, List.of(Described.packet(packet)));
        if (vector.both()) {
            assertThat(Engine3.encodeText(packet)).isEqualTo(wire);
        }
    }

    static Stream<Vectors> engine3Binary() {
        return Vectors.of("engine3-binary");
    }

    @ParameterizedTest
    @MethodSource
    void engine3Binary(Vectors vector) {
        EnginePacket packet = Engine3.decodeBinary(vector.bytes());
        says(vector, List.of(Described.packet(packet)));
        if (vector.both()) {
            assertThat(Described.frames(List.of(Engine3.encode(message(packet)))))
                    .isEqualTo(Described.frames(vector.wire()));
        }
    }

    static Stream<Vectors> engine3Payload() {
        return Vectors.of("engine3-payload");
    }

    @ParameterizedTest
    @MethodSource
    void engine3Payload(Vectors vector) {
        List<EnginePacket> packets = Engine3.decodePayload(vector.bytes());
        says(vector, packets.stream().map(Described::packet).toList());
        if (vector.both()) {
            assertThat(Engine3.joinPayload(packets.stream().map(Engine3::encodeText).toList()))
                    .isEqualTo(vector.bytes());
        }
    }

    static Stream<Vectors> engine3BinaryPayload() {
        return Vectors.of("engine3-binary-payload");
    }

    @ParameterizedTest
    @MethodSource
    void engine3BinaryPayload(Vectors vector) {
        List<EnginePacket> packets = Engine3.decodeBinaryPayload(vector.bytes());
        says(vector, packets.stream().map(Described::packet).toList());
        if (vector.both()) {
            List<EngineMessage> frames =
                    packets.stream().map(packet -> Engine3.encode(message(packet))).toList();
            assertThat(Engine3.joinBinaryPayload(frames)).isEqualTo(vector.bytes());
        }
    }

    private static EngineMessage message(EnginePacket packet) {
        return packet instanceof EnginePacket.Binary(byte[] data)
                ? new EngineMessage.Binary(data)
                : new EngineMessage.Text(
                        Arrays.copyOfRange(
                                Engine4.encodeText(packet), 1, Engine4.encodeText(packet).length));
    }

    private static void parser(Vectors vector, Parser parser) {
        Parser.Decoder decoder = parser.newDecoder(Parser.Limits.DEFAULT);
        List<String> said = new ArrayList<>();
        List<EngineMessage> again = new ArrayList<>();
        for (EngineMessage frame : vector.wire()) {
            Parser.Step step =
                    switch (frame) {
                        case EngineMessage.Text(byte[] utf8) -> decoder.text(utf8, 0, utf8.length);
                        case EngineMessage.Binary(byte[] data) -> decoder.binary(data);
                    };
            if (step instanceof Parser.Step.Decoded(Packet packet)) {
                said.removeIf(before -> before.startsWith("incomplete"));
                again.addAll(parser.encode(packet));
            }
            said.add(Described.step(step));
        }
        says(vector, said);
        if (vector.both()) {
            assertThat(Described.frames(again)).isEqualTo(Described.frames(vector.wire()));
        }
    }

    private static void says(Vectors vector, List<String> said) {
        String meaning = vector.expected();
        String[] expected = meaning.isEmpty() ? new String[0] : meaning.split(" ; ", -1);
        assertThat(said).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            if (expected[i].startsWith("malformed ")) {
                assertThat(said.get(i)).startsWith("malformed ");
                assertThat(said.get(i)).contains(expected[i].substring("malformed ".length()));
            } else {
                assertThat(said.get(i)).isEqualTo(expected[i]);
            }
        }
    }

    @Test
    void everyLineIsReadBySomeTest() {
        assertThat(Vectors.all())
                .extracting(Vectors::codec)
                .isSubsetOf(
                        Set.of(
                                "engine4",
                                "engine4-payload",
                                "engine3",
                                "engine3-binary",
                                "engine3-payload",
                                "engine3-binary-payload",
                                "json",
                                "msgpack",
                                "socketio2"));
    }
}
