package io.natter.engine;

import static io.natter.engine.Fixture.POLLING;
import static io.natter.engine.Fixture.WEBSOCKET;
import static io.natter.engine.Fixture.known;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.natter.host.Cors;
import io.natter.host.HttpRequest;
import io.natter.host.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Which pages may use the server: the origin check and CORS.
class OriginTest {
    private static final Map<String, String> FOREIGN = Map.of("origin", "http://evil.example");
    private static final String REASON =
            "Origin http://evil.example is not allowed: name it in the cors option, or turn"
                    + " checkOrigin off";

    @Test
    void aForeignOriginIsRefusedOnPolling() {
        var f = new Fixture();
        var get = f.host.request("GET", POLLING, FOREIGN, new byte[0]);
        assertThat(get.status()).isEqualTo(403);
        assertThat(get.text()).isEqualTo("{\"code\":4,\"message\":\"" + REASON + "\"}");
        assertThat(f.sessions).isEmpty();
    }

    @Test
    void aForeignOriginIsRefusedOnWebSocket() {
        var f = new Fixture();
        var refusal = known(f.host.webSocket(WEBSOCKET, FOREIGN).refusal());
        assertThat(refusal.status()).isEqualTo(400);
        assertThat(new String(refusal.body(), UTF_8)).isEqualTo(REASON);
    }

    @Test
    void aForeignOriginIsRefusedEvenWithASession() {
        var f = new Fixture();
        var target = f.openPolling();
        var post = f.host.request("POST", target, FOREIGN, "4a".getBytes(UTF_8));
        assertThat(post.status()).isEqualTo(403);
        assertThat(f.host.webSocket(f.upgradeTarget(), FOREIGN).refusal()).isNotNull();
        assertThat(f.heard()).isEmpty();
        assertThat(f.session().state()).isEqualTo(SessionState.POLLING);
    }

    @Test
    void theCheckCanBeTurnedOff() {
        var f = new Fixture(o -> o.checkOrigin(false));
        assertThat(f.host.request("GET", POLLING, FOREIGN, new byte[0]).status()).isEqualTo(200);
    }

    @Test
    void corsLetsAForeignOriginIn() {
        var f = new Fixture(o -> o.cors(Cors.origins("http://evil.example")));
        assertThat(f.host.request("GET", POLLING, FOREIGN, new byte[0]).status()).isEqualTo(200);
        assertThat(f.host.webSocket(WEBSOCKET, FOREIGN).refusal()).isNull();
    }

    @Test
    void theOriginOfAWebSocketCountsAsThatOfItsPage() {
        var f = new Fixture(o -> o.cors(Cors.origins("https://a.example")));
        assertThat(f.host.webSocket(WEBSOCKET, Map.of("origin", "wss://a.example")).refusal())
                .isNull();
        assertThat(f.host.webSocket(WEBSOCKET, Map.of("origin", "ws://a.example")).refusal())
                .isNotNull();
    }

    @Test
    void anyOriginIsAnsweredWithAStar() {
        assertThat(headers(Cors.anyOrigin(), "http://a"))
                .isEqualTo(Map.of("Access-Control-Allow-Origin", List.of("*")));
    }

    @Test
    void oneOriginIsToldToEverybody() {
        var cors = Cors.builder().origin("http://a").credentials(true).build();
        var told =
                Map.of(
                        "Access-Control-Allow-Origin", List.of("http://a"),
                        "Access-Control-Allow-Credentials", List.of("true"),
                        "Vary", List.of("Origin"));
        assertThat(headers(cors, "http://a")).isEqualTo(told);
        assertThat(headers(cors, "http://b")).isEqualTo(told);
        assertThat(cors.allows("http://b")).isFalse();
    }

    @Test
    void ofSeveralOriginsTheClientsOwnIsTold() {
        var cors =
                Cors.builder()
                        .origins("http://a", "http://b")
                        .originPatterns(Pattern.compile("\\.example$"))
                        .exposedHeaders("X-A", "X-B")
                        .build();
        assertThat(headers(cors, "http://b"))
                .containsEntry("Access-Control-Allow-Origin", List.of("http://b"))
                .containsEntry("Access-Control-Expose-Headers", List.of("X-A,X-B"));
        assertThat(headers(cors, "https://x.example"))
                .containsEntry("Access-Control-Allow-Origin", List.of("https://x.example"));
        assertThat(headers(cors, "http://c"))
                .containsOnlyKeys("Vary", "Access-Control-Expose-Headers");
    }

    @Test
    void starAmongOriginsIsAnyOrigin() {
        assertThat(Cors.origins("*").allows("http://a")).isTrue();
        assertThat(headers(Cors.builder().reflectOrigin().build(), "http://a"))
                .containsEntry("Access-Control-Allow-Origin", List.of("http://a"));
    }

    @Test
    void preflightIsAnsweredBeforeTheChecks() {
        var f = new Fixture(o -> o.cors(Cors.anyOrigin()));
        var options =
                f.host.request(
                        "OPTIONS",
                        "/engine.io/",
                        Map.of("origin", "http://a", "access-control-request-headers", "X-Y"),
                        new byte[0]);
        assertThat(options.status()).isEqualTo(204);
        assertThat(options.response().headers())
                .isEqualTo(
                        Map.of(
                                "Access-Control-Allow-Origin", List.of("*"),
                                "Access-Control-Allow-Methods",
                                        List.of("GET,HEAD,PUT,PATCH,POST,DELETE"),
                                "Access-Control-Allow-Headers", List.of("X-Y"),
                                "Vary", List.of("Access-Control-Request-Headers")));
    }

    @Test
    void preflightCanBeShaped() {
        var cors =
                Cors.builder()
                        .origins("http://a")
                        .methods("GET", "POST")
                        .allowedHeaders("X-1", "X-2")
                        .maxAge(Duration.ofMinutes(5))
                        .optionsSuccessStatus(200)
                        .build();
        var f = new Fixture(o -> o.cors(cors));
        var options = f.host.request("OPTIONS", POLLING, Map.of("origin", "http://a"), new byte[0]);
        assertThat(options.status()).isEqualTo(200);
        assertThat(options.header("access-control-allow-methods")).isEqualTo("GET,POST");
        assertThat(options.header("access-control-allow-headers")).isEqualTo("X-1,X-2");
        assertThat(options.header("access-control-max-age")).isEqualTo("300");
        assertThat(options.header("vary")).isEqualTo("Origin");
    }

    @Test
    void preflightMayGoOnToAMiddlewareWithItsHeaders() {
        var f = new Fixture(o -> o.cors(Cors.builder().preflightContinue(true).build()));
        var refused = f.host.request("OPTIONS", POLLING, Map.of("origin", "http://a"), new byte[0]);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).isEqualTo("{\"code\":2,\"message\":\"Bad handshake method\"}");
        f.server.use(
                (request, _) ->
                        request.method().equals("OPTIONS")
                                ? new HttpResponse(200, Map.of(), new byte[] {'!'})
                                : null);
        var answered =
                f.host.request("OPTIONS", POLLING, Map.of("origin", "http://a"), new byte[0]);
        f.strand.runUntil(answered::isAnswered, Duration.ofSeconds(10));
        assertThat(answered.text()).isEqualTo("!");
        assertThat(answered.header("access-control-allow-methods"))
                .isEqualTo("GET,HEAD,PUT,PATCH,POST,DELETE");
    }

    @Test
    void corsHeadersAreOnErrorsTooButForWebSockets() {
        var f = new Fixture(o -> o.cors(Cors.anyOrigin()));
        var get = f.host.get(POLLING + "&sid=nobody");
        assertThat(get.status()).isEqualTo(400);
        assertThat(get.header("access-control-allow-origin")).isEqualTo("*");
        var refusal = known(f.host.webSocket(WEBSOCKET + "&sid=nobody").refusal());
        assertThat(refusal.headers()).containsOnlyKeys("Content-Type");
        assertThat(known(f.host.webSocket(WEBSOCKET).acceptance()).headers())
                .containsKey("Access-Control-Allow-Origin");
    }

    private static Map<String, List<String>> headers(Cors cors, String origin) {
        var headers = new java.util.HashMap<String, List<String>>();
        var request =
                new HttpRequest(
                        "GET",
                        "/",
                        "",
                        Map.of("origin", List.of(origin)),
                        new java.net.InetSocketAddress(0),
                        false);
        cors.apply(request, headers);
        return headers;
    }
}
