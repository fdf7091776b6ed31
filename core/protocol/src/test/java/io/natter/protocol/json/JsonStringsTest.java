package io.natter.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonStringsTest {
    @Test
    void everyByteEndsARunOrDoesNotWhereverItStands() {
        for (int value = 0; value < 256; value++) {
            boolean plain = value >= ' ' && value < 0x80 && value != '"' && value != '\\';
            for (int length = 1; length <= 20; length++) {
                for (int at = 0; at < length; at++) {
                    byte[] bytes = new byte[length];
                    Arrays.fill(bytes, (byte) 'a');
                    bytes[at] = (byte) value;
                    assertThat(JsonStrings.end(bytes, 0, length))
                            .as("%02x at %d of %d", value, at, length)
                            .isEqualTo(plain ? length : at);
                }
            }
        }
    }

    @Test
    void findsTheFirstOfAnyMixture() {
        var random = new Random(1);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            if (round % 2 == 0) {
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = (byte) (0x20 + (bytes[i] & 0x3f));
                }
            }
            int from = random.nextInt(bytes.length + 1);
            int expected = from;
            while (expected < bytes.length
                    && bytes[expected] >= ' '
                    && bytes[expected] != '"'
                    && bytes[expected] != '\\') {
                expected++;
            }
            assertThat(JsonStrings.end(bytes, from, bytes.length)).isEqualTo(expected);
        }
    }
}
