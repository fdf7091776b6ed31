package io.natter.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PreparedMessageTest {
    @Test
    void isDecodedOnceForAllConnections() {
        var message = new PreparedMessage("é€");
        assertThat(message.string(false)).isEqualTo("é€").isSameAs(message.string(false));
        assertThat(message.string(true)).isSameAs(message.string(false));
    }

    @Test
    void beginsWithItsPrefixWhereThatIsAskedFor() {
        var message =
                new PreparedMessage(PreparedMessage.TEXT, "2[\"é\"]".getBytes(UTF_8), '4', true);
        assertThat(message.string(true)).isEqualTo("42[\"é\"]").isSameAs(message.string(true));
        assertThat(message.string(false)).isEqualTo("2[\"é\"]");
    }
}
