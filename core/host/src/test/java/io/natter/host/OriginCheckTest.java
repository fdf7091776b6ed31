package io.natter.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginCheckTest {

    @ParameterizedTest
    @CsvSource({
        "http://localhost, localhost, false, true",
        "http://localhost:3000, localhost:3000, false, true",
        "http://LOCALHOST:80, localhost, false, true",
        "http://localhost:3000, localhost:3001, false, false",
        "http://localhost, 127.0.0.1, false, false",
        "https://chat.example, chat.example, true, true",
        "https://chat.example:443, chat.example, true, true",
        "https://chat.example, chat.example, false, true",
        "http://chat.example, chat.example, true, false",
        "https://chat.example.evil, chat.example, true, false",
        "null, localhost, false, false",
        "file://, localhost, false, false",
        "chrome-extension://localhost, localhost, false, false",
        "'', localhost, false, false",
        "http://localhost, , false, false",
        "http://[::1]:3000, [::1]:3000, false, true",
        "ws://localhost:3000, localhost:3000, false, true",
        "WS://localhost:80, localhost, false, true",
        "wss://chat.example, chat.example, true, true",
        "wss://chat.example, chat.example, false, true",
        "ws://chat.example, chat.example, true, false",
        "ws://localhost:3000, localhost:3001, false, false",
        "wss://chat.example.evil, chat.example, true, false",
    })
    void theServersOwnPagesAreKnownByHostPortAndScheme(
            String origin, String host, boolean secure, boolean same) {
        assertThat(OriginCheck.isSame(origin, host, secure)).isEqualTo(same);
    }

    @Test
    void theOriginOfAWebSocketIsThatOfItsPage() {
        assertThat(OriginCheck.ofPage("ws://a:1")).isEqualTo("http://a:1");
        assertThat(OriginCheck.ofPage("WSS://a")).isEqualTo("https://a");
        assertThat(OriginCheck.ofPage("http://a")).isEqualTo("http://a");
        assertThat(OriginCheck.ofPage("null")).isEqualTo("null");
    }
}
