package io.natter.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.natter.host.Query;
import io.natter.protocol.Parser.Limits;
import io.natter.protocol.Parser.Step;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The bounds of a decoder, and its message when they are exceeded.
class BoundsTest {
    private static final Parser JSON = Parsers.json();

    private static Step text(Parser.Decoder decoder, String text) {
        byte[] utf8 = text.getBytes(UTF_8);
        return decoder.text(utf8, 0, utf8.length);
    }

    private static Step text(String text) {
        return text(JSON.newDecoder(Limits.DEFAULT), text);
    }

    @Test
    void jsonNestsAsDeepAsTheLimitAndNoDeeper() {
        String deepest = "2[\"a\"," + "[".repeat(63) + "]".repeat(63) + "]";
        String deeper = "2[\"a\"," + "[".repeat(64) + "]".repeat(64) + "]";
        assertThat(text(deepest)).isInstanceOf(Step.Decoded.class);
        assertThat(text(deeper))
                .isEqualTo(
                        new Step.Malformed("payload of EVENT: JSON nests deeper than 64 levels"));
    }

    @Test
    void aMegabyteOfOpeningBracketsIsRefusedAtTheLimit() {
        assertThat(text("2" + "[".repeat(1_000_000))).isInstanceOf(Step.Malformed.class);
        assertThat(text("2" + "[{\"a\":".repeat(200_000))).isInstanceOf(Step.Malformed.class);
    }

    @Test
    void theDeepestLimitFitsTheStack() {
        Parser.Decoder decoder = JSON.newDecoder(new Limits(10, 100, 500));
        assertThat(text(decoder, "2[1," + "[".repeat(499) + "]".repeat(500)))
                .isInstanceOf(Step.Decoded.class);
        assertThatThrownBy(() -> new Limits(10, 100, 501)).hasMessageContaining("depth 501");
    }

    @Test
    void attachmentsAreCountedInBytes() {
        Parser.Decoder decoder = JSON.newDecoder(new Limits(10, 5, 64));
        text(decoder, "52-[\"a\"]");
        assertThat(decoder.binary(new byte[3])).isEqualTo(new Step.Incomplete(1));
        assertThat(decoder.binary(new byte[3]))
                .isEqualTo(new Step.Malformed("attachments of 6 bytes, allowed are 5"));
    }

    @Test
    void anUnfinishedPacketSaysWhatItKeeps() {
        for (Parser parser : List.of(JSON, Parsers.socketIo2(JSON, Query::lists))) {
            Parser.Decoder decoder = parser.newDecoder(Limits.DEFAULT);
            assertThat(decoder.heldBytes()).isZero();
            text(decoder, "52-[\"a\",{\"_placeholder\":true,\"num\":1}]");
            assertThat(decoder.heldBytes()).isBetween(37L, 200L);
            decoder.binary(new byte[5000]);
            assertThat(decoder.heldBytes()).isBetween(5037L, 5300L);
            decoder.binary(new byte[1]);
            assertThat(decoder.heldBytes()).isZero();
            text(decoder, "51-[\"a\"]");
            text(decoder, "2[\"what is no attachment\"]");
            assertThat(decoder.heldBytes()).isZero();
        }
        assertThat(Parsers.messagePack().newDecoder(Limits.DEFAULT).heldBytes()).isZero();
    }

    @Test
    void aSmallPartOfALargeMessageKeepsNoMoreThanItself() {
        byte[] body = new byte[100_000];
        body[50_000] = '[';
        body[50_001] = ']';
        Payload part = new Payload(body, 50_000, 50_002, List.of(new byte[1000]));
        assertThat(part.compact().buffer()).hasSize(2);
        assertThat(part.compact().attachments()).isSameAs(part.attachments());
        assertThat(part.compact().heldBytes()).isBetween(1002L, 1200L);
        Payload most = new Payload(body, 10, 90_000, List.of());
        assertThat(most.compact()).isSameAs(most);
    }

    @Test
    void aMemberIsFoundWithoutReadingTheOthers() {
        Payload object =
                Payload.of(
                        ("{\"a\":" + "1".repeat(5000) + ",\"\\ud800\":{\"pid\":1},\"pid\":\"x\"}")
                                .getBytes(UTF_8));
        Payload pid = Objects.requireNonNull(object.member("pid"));
        assertThat(new String(pid.buffer(), pid.from(), pid.length(), UTF_8)).isEqualTo("\"x\"");
        assertThat(object.member("b")).isNull();
        assertThat(Payload.of("[]".getBytes(UTF_8)).member("b")).isNull();
    }

    @Test
    void attachmentBytesAreCountedForEachPacketAnew() {
        Parser.Decoder decoder = JSON.newDecoder(new Limits(10, 5, 64));
        for (int i = 0; i < 3; i++) {
            text(decoder, "51-[\"a\"]");
            assertThat(decoder.binary(new byte[5])).isInstanceOf(Step.Decoded.class);
        }
    }

    @Test
    void tenAttachmentsAreTakenAndAsManyAsAllowed() {
        assertThat(text("510-[\"a\"]")).isEqualTo(new Step.Incomplete(10));
        Parser.Decoder none = JSON.newDecoder(new Limits(0, 5, 64));
        assertThat(text(none, "51-[\"a\"]")).isInstanceOf(Step.Malformed.class);
    }

    @Test
    void messagePackByteStringsAreBounded() {
        Parser.Decoder decoder = Parsers.messagePack().newDecoder(new Limits(0, 5, 64));
        byte[] json = "[1,{\"_placeholder\":true,\"num\":0}]".getBytes(UTF_8);
        Payload six = new Payload(json, 0, json.length, List.of(new byte[6]));
        byte[] wire = binary(Parsers.messagePack().encode(new Packet.Event("/", 1, "1", six)));
        assertThat(decoder.binary(wire))
                .isEqualTo(new Step.Malformed("byte strings of 6 bytes, allowed are 5"));
    }

    @Test
    void aLongNameIsCutInTheReason() {
        String name = "x".repeat(10_000);
        Parser.Decoder decoder = JSON.newDecoder(Limits.DEFAULT);
        text(decoder, "51-[\"" + name + "\"]");
        assertThat(text(decoder, "2[\"a\"]"))
                .isEqualTo(
                        new Step.Malformed(
                                "text message while 1 more attachments of event '"
                                        + "x".repeat(60)
                                        + "…' on / were awaited"));
    }

    @Test
    void aKnownNameMakesNoNewString() {
        Parser.Decoder decoder = JSON.newDecoder(Limits.DEFAULT);
        Packet.Event first = event(text(decoder, "2/admin,[\"chat message\",1]"));
        Packet.Event second = event(text(decoder, "2/admin,[\"chat message\",2]"));
        assertThat(second.name()).isSameAs(first.name());
        assertThat(second.namespace()).isSameAs(first.namespace());
    }

    @Test
    void aPayloadSharesTheBufferItCameIn() {
        byte[] buffer = "..2[\"a\"]..".getBytes(UTF_8);
        Step step = JSON.newDecoder(Limits.DEFAULT).text(buffer, 2, buffer.length - 2);
        assertThat(event(step).args().buffer()).isSameAs(buffer);
        assertThat(event(step).args().length()).isEqualTo(5);
    }

    @Test
    void aSocketIo2ClientIsToldTheMessageAloneOrTheData() {
        assertThat(refusal("{\"message\":\"no\"}")).isEqualTo("4\"no\"");
        assertThat(refusal("{\"message\":\"no\",\"data\":{\"a\":1}}")).isEqualTo("4{\"a\":1}");
        assertThat(refusal("{ \"data\" : null , \"message\" : \"no\" }")).isEqualTo("4\"no\"");
        assertThat(refusal("{\"message\":\"no\",\"data\":\"\"}")).isEqualTo("4\"no\"");
        assertThat(refusal("{}")).isEqualTo("4{}");
        assertThat(refusal("\"no\"")).isEqualTo("4\"no\"");
    }

    @Test
    void aSocketIo2ClientGetsAConnectWithoutPayload() {
        Packet welcome = new Packet.Connect("/a", Payload.of("{\"sid\":\"x\"}".getBytes(UTF_8)));
        assertThat(Described.frames(Parsers.socketIo2(JSON, Query::lists).encode(welcome)))
                .isEqualTo("0/a,");
    }

    @Test
    void messagePackSaysWhichPayloadItCannotWrite() {
        Packet broken = new Packet.Ack("/", 1, Payload.of("[1,".getBytes(UTF_8)));
        assertThatThrownBy(() -> Parsers.messagePack().encode(broken))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("JSON value expected, found the end");
    }

    private static String refusal(String error) {
        Packet packet = new Packet.ConnectError("/", Payload.of(error.getBytes(UTF_8)));
        return Described.frames(Parsers.socketIo2(JSON, Query::lists).encode(packet));
    }

    private static Packet.Event event(Step step) {
        return (Packet.Event) ((Step.Decoded) step).packet();
    }

    private static byte[] binary(List<EngineMessage> frames) {
        return ((EngineMessage.Binary) frames.getFirst()).data();
    }
}
