package io.natter.webtransport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CapsulesTest {
    private final List<String> notes = new ArrayList<>();
    private final Capsules capsules =
            new Capsules(
                    new Capsules.Sink() {
                        @Override
                        public void closed(int code, String reason) {
                            notes.add(code + " " + reason);
                        }

                        @Override
                        public void malformed(String reason) {
                            notes.add(reason);
                        }
                    });

    private void readByteByByte(ByteBuf all) {
        while (all.isReadable()) {
            capsules.read(all.readSlice(1));
        }
    }

    @Test
    void aCloseCapsuleBehindOthersIsRead() {
        // A capsule of an unknown type with 70 bytes, then the one that closes.
        var all = Unpooled.buffer().writeBytes(new byte[] {0x17, 0x40, 70}).writeZero(70);
        readByteByByte(all.writeBytes(Capsules.close(4711, "grüße")));
        assertThat(notes).containsExactly("4711 grüße");
    }

    @Test
    void aCloseCapsuleOfAnImpossibleLengthIsRefused() {
        capsules.read(Unpooled.wrappedBuffer(new byte[] {0x68, 0x43, 3, 0, 0, 0}));
        assertThat(notes).containsExactly("a close capsule of 3 bytes");
    }

    @Test
    void nothingIsReadBehindTheEnd() {
        var twice = Unpooled.wrappedBuffer(Capsules.close(1, "a"), Capsules.close(2, "b"));
        capsules.read(twice);
        assertThat(notes).containsExactly("1 a");
    }

    @Test
    void theReasonIsCut() {
        capsules.read(Capsules.close(1, "x".repeat(5000)));
        assertThat(notes).containsExactly("1 " + "x".repeat(1024));
    }
}
