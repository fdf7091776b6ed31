package io.natter.chat.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.domain.person.SessionToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionCookieTest {
    private static final String SECRET = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    private static final SessionToken TOKEN = SessionToken.parse(SECRET).orElseThrow();

    @Test
    void belowABasePathItIsForThatPathAlone() {
        assertThat(SessionCookie.set(TOKEN, new SessionCookie.Scope(true, "/chat")))
                .startsWith("__Secure-natter_session=" + SECRET)
                .contains("; Path=/chat;")
                .endsWith("; Secure");
        assertThat(
                        SessionCookie.read(
                                "__Secure-natter_session=" + SECRET,
                                new SessionCookie.Scope(true, "/chat")))
                .isPresent();
    }

    @Test
    void isOutOfReachOfScriptsAndOtherSites() {
        assertThat(SessionCookie.set(TOKEN, false))
                .isEqualTo(
                        "natter_session=%s; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax"
                                .formatted(SECRET));
    }

    @Test
    void isBoundToItsHostUnderTls() {
        assertThat(SessionCookie.set(TOKEN, true))
                .startsWith("__Host-natter_session=" + SECRET)
                .contains("; Path=/;")
                .endsWith("; Secure");
        assertThat(SessionCookie.read("natter_session=" + SECRET, true)).isEmpty();
        assertThat(SessionCookie.read("__Host-natter_session=" + SECRET, true)).isPresent();
    }

    @Test
    void isFoundAmongOthers() {
        var found = SessionCookie.read("a=b; natter_session=" + SECRET + "; c=d", false);
        assertThat(found).map(SessionToken::secret).contains(SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "natter_session=",
                "natter_session=short",
                "xnatter_session=" + SECRET,
                "natter_session=" + SECRET + "A",
                "natter_session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/",
            })
    void isNothingWhenItHasNotTheForm(String header) {
        assertThat(SessionCookie.read(header, false)).isEmpty();
    }

    @Test
    void theTokenDoesNotPrintItself() {
        assertThat(TOKEN.toString()).doesNotContain(SECRET);
    }
}
