package io.natter.chat.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.CapturedLog;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {
    private final Origins origins = new Origins("127.0.0.1", List.of("https://Chat.example.com"));

    OriginsTest() {
        origins.bound(3000, false);
    }

    @Test
    void tellsWhoRunsItOnceWhichOriginWasRefused() {
        try (CapturedLog log = new CapturedLog()) {
            for (int i = 0; i < 3; i++) {
                origins.allow("https://other.example.com", "same-origin");
                origins.allow("http://a\u001b[2J", null);
                origins.allow("null", null);
            }
            assertThat(log.lines())
                    .containsExactly(
                            "WARN A page of https://other.example.com was refused. If that is an"
                                    + " address of this chat, start it with --origin"
                                    + " https://other.example.com",
                            "WARN A page of http://a\\u001b[2J was refused. If that is an address of"
                                    + " this chat, start it with --origin http://a\\u001b[2J");
            for (int i = 0; i < 1000; i++) {
                origins.allow("https://" + i + ".example.com", null);
            }
            assertThat(log.lines()).hasSize(50);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:3000",
                "http://127.0.0.1:3000",
                "http://[::1]:3000",
                "https://chat.example.com"
            })
    void letsItsOwnPagesIn(String origin) {
        assertThat(origins.allow(origin, "same-origin")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "",
                "http://localhost",
                "http://localhost:30000",
                "https://localhost:3000",
                "http://localhost:3000.evil.com",
                "http://evil.com:3000",
                "http://chat.example.com",
                "https://chat.example.com:444",
                "https://evil.chat.example.com",
                "https://chat.example.com.evil.com",
                "https://evilchat.example.com",
                "https://chat.example.com@evil.com"
            })
    void refusesEveryOther(String origin) {
        assertThat(origins.allow(origin, "same-origin")).isFalse();
        assertThat(origins.allow(origin, null)).isFalse();
    }

    @Test
    void withoutOriginTheBrowserMustSayThatThePageIsOurs() {
        assertThat(origins.allow(null, "same-origin")).isTrue();
        assertThat(origins.allow(null, "none")).isTrue();
        assertThat(origins.allow(null, null)).as("no browser").isTrue();
        assertThat(origins.allow(null, "cross-site")).isFalse();
        assertThat(origins.allow(null, "same-site")).isFalse();
    }

    @Test
    void aWildcardHostKnowsTheMachinesAddresses() {
        Origins everywhere = new Origins("0.0.0.0", List.of());
        assertThat(everywhere.allow("http://127.0.0.1:8080", null)).as("not bound yet").isFalse();
        everywhere.bound(8080, false);
        assertThat(everywhere.allow("http://127.0.0.1:8080", null)).isTrue();
        everywhere.bound(80, false);
        assertThat(everywhere.allow("http://localhost", null)).isTrue();
    }

    @Test
    void onlyAnHttpsOriginMakesAHostSecure() {
        assertThat(origins.secure("chat.example.com")).isTrue();
        assertThat(origins.secure("localhost:3000")).isFalse();
        assertThat(origins.secure(null)).isFalse();
    }
}
