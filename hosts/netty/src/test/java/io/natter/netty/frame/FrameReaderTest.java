package io.natter.netty.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.netty.RawClient;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
    /// Writes down what is read.
    private static class Notes implements FrameReader.Sink {
        final List<String> read = new ArrayList<>();

        private void note(String what, byte[] bytes) {
            read.add(what + HexFormat.of().formatHex(bytes));
        }

        @Override
        public void text(byte[] utf8) {
            note("text ", utf8);
        }

        @Override
        public void binary(byte[] data) {
            note("binary ", data);
        }

        @Override
        public void pinged(byte[] payload) {
            note("ping ", payload);
        }

        @Override
        public void ponged(byte[] payload) {
            note("pong ", payload);
        }

        @Override
        public void closing(int code, String reason) {
            read.add("close " + code + " " + reason);
        }

        @Override
        public byte[] inflate(byte[] data, int length, int max) {
            return Arrays.copyOf(data, length);
        }

        @Override
        public boolean hadEnough(int bytes) {
            return bytes >= 5;
        }
    }

    @Test
    void readsWhatWasWrittenHoweverItIsCut() throws Exception {
        for (int seed = 0; seed < 3000; seed++) {
            var random = new Random(seed);
            var wire = new ByteArrayOutputStream();
            var expected = new Notes();
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                writeMessage(random, wire, expected);
            }
            var got = new Notes();
            var reader = new FrameReader(300_000, false);
            var bytes = wire.toByteArray();
            for (int at = 0; at < bytes.length; ) {
                int count =
                        Math.min(
                                bytes.length - at,
                                random.nextBoolean()
                                        ? random.nextInt(1, 5)
                                        : random.nextInt(1, 100_000));
                reader.read(Unpooled.wrappedBuffer(bytes, at, count), got);
                at += count;
            }
            assertThat(got.read).as("seed %d", seed).isEqualTo(expected.read);
        }
    }

    @Test
    void stopsBehindAnyFrameWhenThatWasEnough() throws Exception {
        // A ping, "Hello", a pong.
        var in =
                Unpooled.wrappedBuffer(
                        HexFormat.of()
                                .parseHex(
                                        "898000000000"
                                                + "818500000000"
                                                + "48656c6c6f"
                                                + "8a8000000000"));
        var got =
                new Notes() {
                    @Override
                    public boolean hadEnough(int inflated) {
                        return true;
                    }
                };
        var reader = new FrameReader(100, false);
        for (int i = 1; i <= 3; i++) {
            reader.read(in, got);
            assertThat(got.read).hasSize(i);
            assertThat(reader.isPaused()).isTrue();
        }
        assertThat(in.isReadable()).isFalse();
    }

    // "Hello" twice, not compressed, then compressed messages between which it may stop.
    @Test
    void stopsBehindACompressedMessageWhenThatWasEnough() throws Exception {
        var in =
                Unpooled.wrappedBuffer(
                        HexFormat.of()
                                .parseHex(
                                        "818500000000"
                                                + "48656c6c6f"
                                                + "818500000000"
                                                + "48656c6c6f"
                                                + "c18400000000"
                                                + "48656c6c"
                                                + "c18500000000"
                                                + "48656c6c6f"
                                                + "818100000000"
                                                + "21"));
        var got = new Notes();
        var reader = new FrameReader(100, true);
        reader.read(in, got);
        assertThat(got.read).hasSize(4);
        assertThat(reader.isPaused()).isTrue();
        assertThat(in.readableBytes()).isEqualTo(7);
        reader.read(in, got);
        assertThat(got.read).hasSize(5).endsWith("text 21");
        assertThat(reader.isPaused()).isFalse();
    }

    @Test
    void saysHowMuchAMessageHoldsThatIsNotWhole() throws Exception {
        var reader = new FrameReader(100_000, false);
        assertThat(reader.held()).isZero();
        reader.read(Unpooled.wrappedBuffer(HexFormat.of().parseHex("81850000000048")), new Notes());
        assertThat(reader.held()).isEqualTo(5);
        var got = new Notes();
        reader.read(Unpooled.wrappedBuffer(HexFormat.of().parseHex("656c6c6f")), got);
        assertThat(got.read).containsExactly("text 48656c6c6f");
        assertThat(reader.held()).isZero();
    }

    private static void writeMessage(Random random, ByteArrayOutputStream wire, Notes expected) {
        boolean text = random.nextBoolean();
        var payload = text ? randomText(random) : new byte[randomLength(random)];
        if (!text) {
            random.nextBytes(payload);
        }
        int fragments = random.nextInt(1, 5);
        int at = 0;
        var controls = new ArrayList<byte[]>();
        for (int i = 0; i < fragments; i++) {
            boolean last = i == fragments - 1;
            int to = last ? payload.length : random.nextInt(at, payload.length + 1);
            wire.writeBytes(
                    RawClient.masked(
                            (last ? 0x80 : 0) | (i > 0 ? 0 : text ? 1 : 2),
                            Arrays.copyOfRange(payload, at, to)));
            at = to;
            if (!last && random.nextBoolean()) {
                var ping = new byte[random.nextInt(126)];
                random.nextBytes(ping);
                controls.add(ping);
                wire.writeBytes(RawClient.masked(0x89, ping));
            }
        }
        controls.forEach(expected::pinged);
        if (text) {
            expected.text(payload);
        } else {
            expected.binary(payload);
        }
    }

    private static int randomLength(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> random.nextInt(3);
            case 1 -> 125 + random.nextInt(3);
            case 2 -> 65_535 + random.nextInt(3);
            case 3 -> random.nextInt(300_000);
            default -> random.nextInt(1000);
        };
    }

    private static byte[] randomText(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(300); i > 0; i--) {
            int point =
                    switch (random.nextInt(4)) {
                        case 0 -> random.nextInt(0x80, 0x800);
                        case 1 -> random.nextInt(0x800, 0xd800);
                        case 2 -> random.nextInt(0x10000, 0x110000);
                        default -> random.nextInt(0x80);
                    };
            text.appendCodePoint(point);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void saysOfEveryByteStringWhatTheJdkSays() {
        var random = new Random(1);
        for (int i = 0; i < 300_000; i++) {
            var bytes = random.nextBoolean() ? randomText(random) : new byte[random.nextInt(12)];
            if (bytes.length < 12) {
                for (int at = 0; at < bytes.length; at++) {
                    // Bytes near the borders of the grammar come up often.
                    bytes[at] =
                            (byte)
                                    new int[] {
                                                0xc1, 0xc2, 0xe0, 0x9f, 0xa0, 0xed, 0xf0, 0x8f,
                                                0x90, 0xf4, 0x80, 0xbf, 0x7f, 0xf5, 0xef, 0xec
                                            }
                                            [random.nextInt(16)];
                }
            } else if (random.nextBoolean()) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            int cut = random.nextInt(bytes.length + 1);
            int state = Utf8Validator.next(Utf8Validator.BETWEEN, bytes, 0, cut);
            if (state != Utf8Validator.WRONG) {
                state = Utf8Validator.next(state, bytes, cut, bytes.length);
            }
            assertThat(state == Utf8Validator.BETWEEN)
                    .as(HexFormat.of().formatHex(bytes))
                    .isEqualTo(isUtf8(bytes));
        }
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            var _ = StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(bytes));
            return true;
        } catch (java.nio.charset.CharacterCodingException _) {
            return false;
        }
    }

    @Test
    void answersRandomBytesWithMessagesOrOneOfTheThreeCodes() {
        var random = new Random(2);
        for (int i = 0; i < 100_000; i++) {
            var bytes = new byte[random.nextInt(1, 40)];
            random.nextBytes(bytes);
            // Most opening bytes are refused at once; let half be the start of a masked frame.
            if (random.nextBoolean() && bytes.length > 2) {
                bytes[0] &= (byte) 0x8f;
                bytes[1] = (byte) (0x80 | (bytes[1] & 0x1f));
            }
            try {
                new FrameReader(1000, false).read(Unpooled.wrappedBuffer(bytes), new Notes());
            } catch (FrameException e) {
                assertThat(e.code()).isIn(1002, 1007, 1009);
            }
        }
    }
}
