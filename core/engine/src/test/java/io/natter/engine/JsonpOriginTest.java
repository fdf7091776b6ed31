package io.natter.engine;

import static io.natter.engine.Fixture.POLLING;
import static org.assertj.core.api.Assertions.assertThat;

import io.natter.host.Cors;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A page fetches JSONP by a script, which names no `Origin`: other evidence has to say whose page
/// it is.
class JsonpOriginTest {
    private static final String JSONP3 = "/engine.io/?EIO=3&transport=polling&j=0";

    private static Fixture fixture(Cors cors) {
        return new Fixture(o -> o.allowEio3(true).cors(cors));
    }

    private static int status(Fixture f, String target, Map<String, String> headers) {
        return f.host.request("GET", target, headers, new byte[0]).status();
    }

    @ParameterizedTest
    @CsvSource({
        "sec-fetch-site, same-origin, 200",
        "sec-fetch-site, none, 200",
        "sec-fetch-site, same-site, 403",
        "sec-fetch-site, cross-site, 403",
        "referer, http://localhost/page?x=1, 200",
        "referer, https://localhost/page, 200",
        "referer, http://localhost.evil.example/, 403",
        "referer, http://localhost@evil.example/, 403",
        "referer, http://evil.example/http://localhost/, 403",
        "referer, localhost, 403",
        "referer, about:blank, 403",
        "referer, https://let.in.example/a, 200",
        "origin, http://localhost, 200",
        "origin, https://let.in.example, 200",
        "origin, https://evil.example, 403",
        "origin, null, 403",
        "accept, text/javascript, 403",
    })
    void isAnsweredToOwnAndAllowedPagesOnly(String header, String value, int status) {
        var f = fixture(Cors.origins("https://let.in.example"));
        assertThat(status(f, JSONP3, Map.of(header, value))).isEqualTo(status);
        assertThat(status(f, POLLING + "&j=1", Map.of(header, value))).isEqualTo(status);
        assertThat(f.sessions).hasSize(status == 200 ? 2 : 0);
    }

    @Test
    void aForeignPageIsNotLetInByItsReferrerWhereTheBrowserSaysCrossSite() {
        var f = fixture(Cors.origins("https://let.in.example"));
        var headers = new LinkedHashMap<String, String>();
        headers.put("sec-fetch-site", "cross-site");
        headers.put("referer", "https://let.in.example/");
        assertThat(status(f, JSONP3, headers)).isEqualTo(200);
        headers.put("referer", "https://evil.example/");
        assertThat(status(f, JSONP3, headers)).isEqualTo(403);
    }

    @Test
    void theRequestsOfASessionAreHeldToItAsWell() {
        var f = fixture(Cors.origins("https://let.in.example"));
        f.host.request("GET", JSONP3, Map.of("sec-fetch-site", "same-origin"), new byte[0]);
        var target = JSONP3 + "&sid=" + f.session().id();
        f.session().send(Fixture.text("secret"));
        assertThat(status(f, target, Map.of("sec-fetch-site", "cross-site"))).isEqualTo(403);
        assertThat(status(f, target, Map.of("sec-fetch-site", "same-origin"))).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whereEveryOriginIsAllowedACookieStillAsksForEvidence(boolean cookie) {
        var f = fixture(Cors.anyOrigin());
        Map<String, String> headers = cookie ? Map.of("cookie", "session=1") : Map.of();
        assertThat(status(f, JSONP3, headers)).isEqualTo(cookie ? 403 : 200);
    }

    @Test
    void isFreeWhereOriginsAreNotChecked() {
        var f = new Fixture(o -> o.checkOrigin(false));
        assertThat(status(f, POLLING + "&j=0", Map.of("sec-fetch-site", "cross-site")))
                .isEqualTo(200);
    }

    @Test
    void isScriptAndNothingElse() {
        var f = new Fixture(o -> o.checkOrigin(false));
        var get = f.host.get(POLLING + "&j=0");
        assertThat(get.header("content-type")).isEqualTo("text/javascript; charset=UTF-8");
    }

    @Test
    void noPollingAnswerMayBeTakenForAnotherType() {
        var f = new Fixture();
        var target = f.openPolling();
        f.session().send(Fixture.text("a"));
        assertThat(f.host.get(POLLING).header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(f.host.get(target).header("x-content-type-options")).isNotNull();
        target = POLLING + "&sid=" + f.sessions.getFirst().id();
        for (var answer :
                new io.natter.host.inprocess.InProcessRequest[] {
                    f.host.get(target + "x"),
                    f.host.post(target, "4a"),
                    f.host.post(target, "x".repeat(1_000_001)),
                    f.host.request("PUT", target, Map.of(), new byte[0])
                }) {
            assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
        }
    }
}
