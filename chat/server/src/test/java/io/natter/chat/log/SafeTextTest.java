package io.natter.chat.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SafeTextTest {
    @Test
    void controlsAreWrittenOut() {
        assertThat(SafeText.line("a\u001b[31mb\r\nERROR forged\u0000\u202e\u2028"))
                .isEqualTo("a\\u001b[31mb\\u000d\\u000aERROR forged\\u0000\\u202e\\u2028");
        assertThat(SafeText.line("Ann 👋 läuft")).isEqualTo("Ann 👋 läuft");
    }

    @Test
    void aLongTextIsCut() {
        assertThat(SafeText.line("x".repeat(5000))).isEqualTo("x".repeat(1000) + "… (4000 more)");
    }

    @Test
    void stackTracesKeepTheirLines() {
        assertThat(SafeText.lines("a\n\tat b\r\u001b", 100)).isEqualTo("a\n\tat b\\u000d\\u001b");
    }
}
