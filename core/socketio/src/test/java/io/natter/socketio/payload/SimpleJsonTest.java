package io.natter.socketio.payload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.natter.protocol.Payload;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class SimpleJsonTest {
    private static final JsonMapper JACKSON = JsonMapper.shared();

    private static String array(@Nullable Object... values) {
        Payload payload = SimpleJson.array(values);
        assertThat(payload).isNotNull();
        return new String(payload.buffer(), payload.from(), payload.length(), UTF_8);
    }

    @Test
    void writesWhatJsonStringifyWrites() {
        assertThat(array()).isEqualTo("[]");
        assertThat(array("e", "", null, true, false, -1, Long.MIN_VALUE))
                .isEqualTo("[\"e\",\"\",null,true,false,-1,-9223372036854775808]");
        assertThat(array("\"\\/\b\t\n\f\r\0\u001f\u007f"))
                .isEqualTo("[\"\\\"\\\\/\\b\\t\\n\\f\\r\\u0000\\u001f\u007f\"]");
        assertThat(array("é€😀", "x")).isEqualTo("[\"é€😀\",\"x\"]");
    }

    @Test
    void escapesHalfASurrogatePair() {
        assertThat(array("a\ud83d", "\ude00b", "\ud83dx"))
                .isEqualTo("[\"a\\ud83d\",\"\\ude00b\",\"\\ud83dx\"]");
    }

    @Test
    void leavesOtherValuesToJackson() {
        assertThat(SimpleJson.array(new Object[] {"e", 1.5})).isNull();
        assertThat(SimpleJson.array(new Object[] {"e", new byte[1]})).isNull();
    }

    @Test
    void whatIsWrittenJacksonReadsTheSame() {
        var random = new Random(1);
        String[] kinds = {"a", "\"", "\\", "\n", "\u0001", "ü", "€", "😀", "\u2028", "\u007f"};
        for (int i = 0; i < 5000; i++) {
            var texts = new Object[1 + random.nextInt(4)];
            for (int t = 0; t < texts.length; t++) {
                var text = new StringBuilder();
                for (int k = random.nextInt(12); k > 0; k--) {
                    text.append(kinds[random.nextInt(random.nextInt(kinds.length) + 1)]);
                }
                texts[t] = text.toString();
            }
            assertThat(JACKSON.readValue(array(texts), Object[].class)).isEqualTo(texts);
        }
    }
}
