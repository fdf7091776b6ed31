package io.natter.webtransport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramesTest {
    /// Notes what it is given.
    private static final class Notes implements Frames.Sink {
        private final List<String> all = new ArrayList<>();
        private int wanted = Integer.MAX_VALUE;

        @Override
        public void frame(byte[] payload, boolean isBinary) {
            all.add((isBinary ? "binary " : "text ") + payload.length);
        }

        @Override
        public void refused(String reason, boolean isTooLarge) {
            all.add(reason);
        }

        @Override
        public boolean wantsMore() {
            return all.size() < wanted;
        }
    }

    private static byte[] frame(int size, boolean isBinary) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(Frames.header(size, isBinary));
        out.writeBytes("x".repeat(size).getBytes(UTF_8));
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100_000})
    void framesOfEachLengthComeWholeHoweverTheyAreCut(int piece) {
        var all = new ByteArrayOutputStream();
        for (int size : List.of(1, 125, 126, 65_535, 65_536)) {
            all.writeBytes(frame(size, size % 2 == 0));
        }
        var notes = new Notes();
        var frames = new Frames(70_000);
        var bytes = all.toByteArray();
        for (int at = 0; at < bytes.length; at += piece) {
            frames.read(ByteBuffer.wrap(bytes, at, Math.min(piece, bytes.length - at)), notes);
        }
        assertThat(notes.all)
                .containsExactly("text 1", "text 125", "binary 126", "text 65535", "binary 65536");
        assertThat(frames.heldBytes()).isZero();
    }

    @Test
    void theHeadersAreThoseOfEngineIo() {
        assertThat(Frames.header(6, false)).containsExactly(6);
        assertThat(Frames.header(125, true)).containsExactly(0xfd);
        assertThat(Frames.header(300, false)).containsExactly(126, 1, 44);
        assertThat(Frames.header(65_536, true)).containsExactly(0xff, 0, 0, 0, 0, 0, 1, 0, 0);
    }

    @Test
    void anEmptyFrameAndOneThatIsTooLargeEndTheReading() {
        var notes = new Notes();
        new Frames(10).read(ByteBuffer.wrap(new byte[] {0, 1, 'x'}), notes);
        new Frames(10).read(ByteBuffer.wrap(new byte[] {11}), notes);
        new Frames(Integer.MAX_VALUE)
                .read(ByteBuffer.wrap(new byte[] {127, -1, 0, 0, 0, 0, 0, 0, 0}), notes);
        assertThat(notes.all)
                .containsExactly(
                        "an empty frame",
                        "a message of more than 10 bytes",
                        "a message of more than 2147483647 bytes");
    }

    @Test
    void aLengthAloneTakesNoMemory() {
        var frames = new Frames(1_000_000);
        frames.read(ByteBuffer.wrap(Frames.header(1_000_000, false)), new Notes());
        frames.read(ByteBuffer.wrap(new byte[3]), new Notes());
        assertThat(frames.heldBytes()).isLessThan(1000);
    }

    @Test
    void framesWaitUntilTheyAreWanted() {
        var notes = new Notes();
        notes.wanted = 1;
        var bytes = ByteBuffer.wrap(new byte[] {1, 'a', 1, 'b'});
        var frames = new Frames(10);
        frames.read(bytes, notes);
        assertThat(notes.all).hasSize(1);
        assertThat(bytes.remaining()).isEqualTo(2);
        notes.wanted = 2;
        frames.read(bytes, notes);
        assertThat(notes.all).hasSize(2);
    }
}
