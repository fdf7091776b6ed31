package io.natter.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// An origin that no browser sends would match no page, and is refused when it is given.
class CorsOriginsTest {
    @ParameterizedTest
    @CsvSource({
        "https://x.org/, without the slash at its end: https://x.org",
        "x.org, 'with its scheme, as in https://x.org'",
        "://x.org, with its scheme",
        "https://x.org/chat, 'a scheme, a host and perhaps a port'",
        "https://, 'a scheme, a host and perhaps a port'",
        "https://a@x.org, 'a scheme, a host and perhaps a port'",
        "https://X.org, in lower case: https://x.org",
        "https://x.org:443, leave out the scheme's own port: https://x.org",
        "http://x.org:80, leave out the scheme's own port: http://x.org"
    })
    void isRefusedWithTheRightForm(String origin, String advice) {
        assertThatThrownBy(() -> Cors.origins("https://fine.example", origin))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cors: the origin \"" + origin + "\" matches no page: ")
                .hasMessageContaining(advice);
        assertThatThrownBy(() -> Cors.builder().origin(origin))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://x.org",
                "http://127.0.0.1:5500",
                "http://[::1]:3000",
                "https://x.org:80",
                "capacitor://localhost",
                "chrome-extension://abcdef",
                "null"
            })
    void isTakenAsBrowsersSendIt(String origin) {
        assertThat(Cors.origins(origin).allows(origin)).isTrue();
    }

    @Test
    void everyOriginIsAStar() {
        assertThat(Cors.origins("*").allows("https://x.org")).isTrue();
        assertThat(Cors.builder().origin("*").build().allows("https://x.org")).isTrue();
    }
}
