package io.natter.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class OpeningHandshakeTest {
    private static final String KEY = "AAAAAAAAAAAAAAAAAAAAAA==";

    private static String refusal(String method, boolean isHttp11, String key, String version) {
        var answer =
                Objects.requireNonNull(
                        OpeningHandshake.refusal(method, isHttp11, key, version), "no refusal");
        return answer.status() + " " + new String(answer.body(), UTF_8).strip();
    }

    @Test
    void tokensStandAnywhereInAnyCase() {
        assertThat(
                        OpeningHandshake.isRequestedBy(
                                List.of("WebSocket"), List.of("keep-alive, Upgrade")))
                .isTrue();
        assertThat(OpeningHandshake.isRequestedBy(List.of("h2c", "websocket"), List.of("upgrade")))
                .isTrue();
        assertThat(OpeningHandshake.isRequestedBy(List.of("websocket"), List.of("close")))
                .isFalse();
        assertThat(OpeningHandshake.isRequestedBy(List.of("websocket2"), List.of("upgrade")))
                .isFalse();
        assertThat(OpeningHandshake.isRequestedBy(List.of(), List.of("upgrade"))).isFalse();
    }

    @Test
    void aCorrectHandshakeIsNotRefused() {
        assertThat(OpeningHandshake.refusal("GET", true, KEY, "13")).isNull();
    }

    @Test
    void eachFaultHasItsReason() {
        assertThat(refusal("POST", true, KEY, "13"))
                .isEqualTo("400 Bad Request: a WebSocket handshake is a GET request");
        assertThat(refusal("GET", false, KEY, "13"))
                .isEqualTo("400 Bad Request: a WebSocket handshake needs HTTP/1.1");
        for (var key : List.of("", "short", "not base64 but 24 chars.", KEY + "AAAA")) {
            assertThat(refusal("GET", true, key, "13"))
                    .isEqualTo(
                            "400 Bad Request: Sec-WebSocket-Key is missing or not 16 bytes in base64");
        }
        assertThat(refusal("GET", true, KEY, "8"))
                .isEqualTo("426 Upgrade Required: this server speaks WebSocket version 13");
        var headers =
                Objects.requireNonNull(OpeningHandshake.refusal("GET", true, KEY, null)).headers();
        assertThat(headers)
                .containsEntry("Sec-WebSocket-Version", List.of("13"))
                .containsEntry("Upgrade", List.of("websocket"));
    }
}
