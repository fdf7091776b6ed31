package io.natter.engine;

import static io.natter.engine.ConnectionError.Code.BAD_REQUEST;
import static io.natter.engine.ConnectionError.Code.FORBIDDEN;
import static io.natter.engine.ConnectionError.Code.UNKNOWN_SID;
import static io.natter.engine.Fixture.POLLING;
import static io.natter.engine.Fixture.WEBSOCKET;
import static io.natter.engine.Fixture.known;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.natter.host.HttpRequest;
import io.natter.host.HttpResponse;
import io.natter.protocol.EngineMessage;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The way into a session: the checks in their order, and the answers.
class HandshakeTest {

    @Test
    void pollingAnswersTheFiveKeysAndOffersWebSocket() {
        var f = new Fixture();
        var get = f.host.get(POLLING);
        assertThat(get.status()).isEqualTo(200);
        assertThat(get.header("content-type")).isEqualTo("text/plain; charset=UTF-8");
        assertThat(get.header("cache-control")).isEqualTo("no-store");
        assertThat(get.text())
                .isEqualTo(
                        "0{\"sid\":\""
                                + f.session().id()
                                + "\",\"upgrades\":[\"websocket\"],\"pingInterval\":300,"
                                + "\"pingTimeout\":200,\"maxPayload\":1000000}");
        assertThat(f.session().id()).matches("[A-Za-z0-9_-]{20}");
    }

    @Test
    void webSocketAnswersTheFiveKeysAndOffersNothing() {
        var f = new Fixture();
        var socket = f.host.webSocket(WEBSOCKET);
        assertThat(socket.received())
                .containsExactly(
                        "0{\"sid\":\""
                                + f.session().id()
                                + "\",\"upgrades\":[],\"pingInterval\":300,\"pingTimeout\":200,"
                                + "\"maxPayload\":1000000}");
    }

    @Test
    void offersNoUpgradeWhereThereIsNone() {
        assertThat(new Fixture(o -> o.allowUpgrades(false)).host.get(POLLING).text())
                .contains("\"upgrades\":[]");
        assertThat(new Fixture(o -> o.transports(TransportName.POLLING)).host.get(POLLING).text())
                .contains("\"upgrades\":[]");
    }

    @Test
    void thePollingHandshakeOffersTheTransportsThatAreServed() {
        var f = new Fixture(o -> o.transports(TransportName.values()));
        assertThat(f.host.get(POLLING).text())
                .contains("\"upgrades\":[\"websocket\",\"webtransport\"]");
    }

    @Test
    void onlyAHostWithWebTransportBringsItsClients() {
        var f = new Fixture(o -> o.transports(TransportName.values()));
        assertThat(f.host.get("/engine.io/?EIO=4&transport=webtransport").text())
                .isEqualTo("{\"code\":0,\"message\":\"Transport unknown\"}");
        assertThat(f.host.webSocket("/engine.io/?EIO=4&transport=webtransport").refusal())
                .isNotNull();
        assertThat(f.sessions).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | EIO=4 | 400 | 0 | Transport unknown",
                "GET | EIO=4&transport=abc | 400 | 0 | Transport unknown",
                "GET | EIO=4&transport=webtransport | 400 | 0 | Transport unknown",
                "GET | EIO=4&transport=abc&sid=nobody | 400 | 0 | Transport unknown",
                "GET | EIO=4&transport=polling&sid=nobody | 400 | 1 | Session ID unknown",
                "GET | EIO=4&transport=websocket&sid=nobody | 400 | 1 | Session ID unknown",
                "POST | EIO=4&transport=polling | 400 | 2 | Bad handshake method",
                "OPTIONS | EIO=4&transport=polling | 400 | 2 | Bad handshake method",
                "POST | EIO=9&transport=polling | 400 | 2 | Bad handshake method",
                "POST | EIO=4&transport=websocket | 400 | 2 | Bad handshake method",
                "GET | EIO=4&transport=websocket | 400 | 3 | Bad request",
                "GET | EIO=3&transport=websocket | 400 | 3 | Bad request",
                "GET | EIO=3&transport=polling | 400 | 5 | Unsupported protocol version",
                "GET | transport=polling | 400 | 5 | Unsupported protocol version",
                "GET | EIO=4x&transport=polling | 400 | 5 | Unsupported protocol version",
            })
    void refusesWithTheFirstRuleBroken(
            String method, String query, int status, int code, String message) {
        var f = new Fixture();
        var answer = f.host.request(method, "/engine.io/?" + query, Map.of(), new byte[0]);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.text())
                .isEqualTo("{\"code\":" + code + ",\"message\":\"" + message + "\"}");
        assertThat(f.errors).hasSize(1);
        assertThat(f.errors.getFirst().code().number()).isEqualTo(code);
        assertThat(f.server.metrics().refusals(f.errors.getFirst().code())).isEqualTo(1);
        assertThat(f.sessions).isEmpty();
    }

    @Test
    void refusesAnotherTransportOrProtocolThanTheSessions() {
        var f = new Fixture();
        f.openPolling();
        var sid = "&sid=" + f.session().id();
        assertThat(f.host.get(WEBSOCKET + sid).text())
                .isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
        assertThat(f.host.get("/engine.io/?EIO=3&transport=polling" + sid).status()).isEqualTo(400);
        assertThat(f.errors)
                .extracting(ConnectionError::detail)
                .containsExactly("TRANSPORT_MISMATCH", "PROTOCOL_MISMATCH");
        assertThat(f.session().state()).isEqualTo(SessionState.POLLING);
    }

    @Test
    void refusesAnOriginThatIsNoHeaderValue() {
        var f = new Fixture();
        var answer =
                f.host.request(
                        "GET", POLLING + "&sid=nobody", Map.of("origin", "a\u0001b"), new byte[0]);
        assertThat(answer.text()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
        assertThat(f.errors.getFirst().detail()).isEqualTo("INVALID_ORIGIN");
    }

    @Test
    void refusesAWebSocketWith400AndTheBareMessage() {
        var f = new Fixture();
        var refusal = known(f.host.webSocket(WEBSOCKET + "&sid=nobody").refusal());
        assertThat(refusal.status()).isEqualTo(400);
        assertThat(refusal.headers()).containsEntry("Content-Type", List.of("text/html"));
        assertThat(new String(refusal.body(), UTF_8)).isEqualTo("Session ID unknown");
        assertThat(f.errors.getFirst().code()).isEqualTo(UNKNOWN_SID);

        var old = known(f.host.webSocket("/engine.io/?EIO=3&transport=websocket").refusal());
        assertThat(new String(old.body(), UTF_8)).isEqualTo("Unsupported protocol version");
    }

    @Test
    void acceptsAndClosesAnUpgradeOfAnythingButWebSocket() {
        var f = new Fixture();
        var socket = f.host.webSocket(POLLING);
        assertThat(socket.acceptance()).isNotNull();
        assertThat(socket.closeCode()).isEqualTo(1005);
        assertThat(f.sessions).isEmpty();
    }

    @Test
    void takesTheFirstSubprotocolOffered() {
        var f = new Fixture();
        var socket = f.host.webSocket(WEBSOCKET, Map.of("sec-websocket-protocol", "one, two"));
        assertThat(known(socket.acceptance()).subprotocol()).isEqualTo("one");
        assertThat(known(f.host.webSocket(WEBSOCKET).acceptance()).subprotocol()).isNull();
    }

    @Test
    void answersOtherMethodsOfASessionWith500() {
        var f = new Fixture();
        var target = f.openPolling();
        for (var method : List.of("PUT", "DELETE", "OPTIONS")) {
            var answer = f.host.request(method, target, Map.of(), new byte[0]);
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.text()).isEmpty();
        }
        assertThat(f.session().state()).isEqualTo(SessionState.POLLING);
    }

    @Test
    void allowRequestDecidesOnHandshakesOnly() {
        var f =
                new Fixture(
                        o ->
                                o.allowRequest(
                                        request -> {
                                            Thread.sleep(10);
                                            return request.rawQuery().contains("deny")
                                                    ? AllowRequest.deny("go \"away\"")
                                                    : AllowRequest.allow();
                                        }));
        var refused = f.host.get(POLLING + "&deny=1");
        f.strand.runUntil(refused::isAnswered, Duration.ofSeconds(10));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text()).isEqualTo("{\"code\":4,\"message\":\"go \\\"away\\\"\"}");

        var let = f.host.get(POLLING);
        f.strand.runUntil(let::isAnswered, Duration.ofSeconds(10));
        var target = POLLING + "&sid=" + f.session().id();
        assertThat(f.host.post(target + "&deny=1", "4hi").text()).isEqualTo("ok");

        var socket = f.host.webSocket(WEBSOCKET + "&deny=1");
        f.strand.runUntil(() -> socket.refusal() != null, Duration.ofSeconds(10));
        assertThat(known(socket.refusal()).status()).isEqualTo(400);
        assertThat(new String(known(socket.refusal()).body(), UTF_8)).isEqualTo("go \"away\"");
    }

    @Test
    void allowRequestThatThrowsForbids() {
        var f =
                new Fixture(
                        o ->
                                o.allowRequest(
                                        _ -> {
                                            throw new IllegalStateException("broken on purpose");
                                        }));
        var refused = f.host.get(POLLING);
        f.strand.runUntil(refused::isAnswered, Duration.ofSeconds(10));
        assertThat(refused.text()).isEqualTo("{\"code\":4,\"message\":\"Forbidden\"}");
    }

    @Test
    void generateIdNamesTheSession() {
        var f = new Fixture(o -> o.generateId(request -> "id of " + request.rawQuery().length()));
        var get = f.host.get(POLLING);
        f.strand.runUntil(get::isAnswered, Duration.ofSeconds(10));
        assertThat(f.session().id()).isEqualTo("id of 23");
        var again = f.host.get(POLLING);
        f.strand.runUntil(again::isAnswered, Duration.ofSeconds(10));
        assertThat(again.text()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
        assertThat(f.errors.getLast().detail()).isEqualTo("ID_GENERATION_ERROR");
        assertThat(f.server.clientsCount()).isEqualTo(1);
    }

    @Test
    void initialPacketStandsBehindTheHandshake() {
        var f = new Fixture(o -> o.initialPacket(new EngineMessage.Text("hi".getBytes(UTF_8))));
        assertThat(f.host.get(POLLING).text()).startsWith("0{").endsWith("}\u001e4hi");
        assertThat(f.host.webSocket(WEBSOCKET).received()).element(1).isEqualTo("4hi");
    }

    @Test
    void cookieGoesOutWithAPollingHandshakeOnly() {
        var f = new Fixture(o -> o.cookie(CookieOptions.DEFAULT));
        var get = f.host.get(POLLING);
        var sid = f.session().id();
        assertThat(get.header("set-cookie"))
                .isEqualTo("io=" + sid + "; Path=/; HttpOnly; SameSite=Lax");
        var post = f.host.post(POLLING + "&sid=" + sid, "4a");
        assertThat(post.header("set-cookie")).isNull();
        assertThat(known(f.host.webSocket(WEBSOCKET).acceptance()).headers()).isEmpty();
    }

    @Test
    void cookieCanBeShapedInEveryPart() {
        var cookie =
                new CookieOptions(
                        "s", "/x", "example.com", false, true, "None", Duration.ofMinutes(1));
        assertThat(cookie.header("1"))
                .isEqualTo("s=1; Max-Age=60; Domain=example.com; Path=/x; Secure; SameSite=None");
    }

    @Test
    void headersHooksSeeHandshakesAndEveryAnswer() {
        var f = new Fixture();
        f.server.onInitialHeaders((headers, _) -> headers.put("X-First", List.of("1")));
        f.server.onHeaders((headers, _) -> headers.put("X-Each", List.of("2")));
        var get = f.host.get(POLLING);
        assertThat(get.header("X-First")).isEqualTo("1");
        assertThat(get.header("X-Each")).isEqualTo("2");
        var post = f.host.post(POLLING + "&sid=" + f.session().id(), "4a");
        assertThat(post.header("X-First")).isNull();
        assertThat(post.header("X-Each")).isEqualTo("2");
        assertThat(known(f.host.webSocket(f.upgradeTarget()).acceptance()).headers())
                .doesNotContainKey("X-First")
                .containsKey("X-Each");
        assertThat(known(f.host.webSocket(WEBSOCKET).acceptance()).headers())
                .containsKey("X-First");
    }

    @Test
    void middlewareSeesEveryRequestAddsHeadersAnswersOrRefuses() {
        var f = new Fixture();
        f.server.use(
                (request, headers) -> {
                    headers.put("X-Seen", List.of(request.method()));
                    if (request.rawQuery().contains("own")) {
                        return new HttpResponse(418, Map.of(), "tea".getBytes(UTF_8));
                    } else if (request.rawQuery().contains("fail")) {
                        throw new IllegalStateException("broken on purpose");
                    }
                    return null;
                });
        var get = f.host.get(POLLING);
        f.strand.runUntil(get::isAnswered, Duration.ofSeconds(10));
        assertThat(get.header("x-seen")).isEqualTo("GET");
        var own = f.host.get(POLLING + "&own=1");
        f.strand.runUntil(own::isAnswered, Duration.ofSeconds(10));
        assertThat(own.status()).isEqualTo(418);
        assertThat(own.header("x-seen")).isEqualTo("GET");
        var fail = f.host.post(POLLING + "&sid=" + f.session().id() + "&fail=1", "4a");
        f.strand.runUntil(fail::isAnswered, Duration.ofSeconds(10));
        assertThat(fail.text()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
        assertThat(f.errors.getLast().detail()).isEqualTo("MIDDLEWARE_FAILURE");
        var socket = f.host.webSocket(WEBSOCKET);
        f.strand.runUntil(socket::isOpen, Duration.ofSeconds(10));
        assertThat(known(socket.acceptance()).headers()).containsKey("X-Seen");
    }

    @Test
    void answersBelowItsPathOnly() {
        var slash = new EngineServer(EngineOptions.DEFAULT, _ -> known(null));
        assertThat(slash.matches("/engine.io/")).isTrue();
        assertThat(slash.matches("/engine.io/x")).isTrue();
        assertThat(slash.matches("/engine.io")).isFalse();
        var options = EngineOptions.builder().path("/a/").addTrailingSlash(false).build();
        assertThat(new EngineServer(options, _ -> known(null)).matches("/a")).isTrue();
    }

    @Test
    void connectionsPerAddressAreBounded() {
        var f = new Fixture(o -> o.maxConnectionsPerAddress(2));
        f.host.get(POLLING);
        f.host.webSocket(WEBSOCKET);
        var third = f.host.get(POLLING);
        assertThat(third.text())
                .isEqualTo("{\"code\":4,\"message\":\"Too many connections from this address\"}");
        assertThat(f.limits)
                .extracting(LimitExceeded::limit)
                .containsExactly(LimitExceeded.Limit.CONNECTIONS_PER_ADDRESS);
        assertThat(f.host.from("10.0.0.1").get(POLLING).status()).isEqualTo(200);
        f.sessions.getFirst().discard(CloseReason.FORCED_CLOSE, "");
        assertThat(f.host.get(POLLING).status()).isEqualTo(200);
    }

    @Test
    void theClientAddressMayComeFromAHeaderOrBeLeftUncounted() {
        var f =
                new Fixture(
                        o ->
                                o.maxConnectionsPerAddress(1)
                                        .clientAddress(HandshakeTest::forwardedFor));
        assertThat(forwarded(f, "203.0.113.1")).isEqualTo(200);
        assertThat(forwarded(f, "203.0.113.1")).isEqualTo(403);
        assertThat(forwarded(f, "203.0.113.2")).isEqualTo(200);
        assertThat(f.host.get(POLLING).status()).isEqualTo(200);
        assertThat(f.host.get(POLLING).status()).isEqualTo(200);
        f.sessions.getFirst().discard(CloseReason.FORCED_CLOSE, "");
        assertThat(forwarded(f, "203.0.113.1")).isEqualTo(200);
    }

    private static @Nullable InetAddress forwardedFor(HttpRequest request) {
        var header = request.header("x-forwarded-for");
        return header == null ? null : InetAddress.ofLiteral(header);
    }

    private static int forwarded(Fixture f, String address) {
        var headers = Map.of("x-forwarded-for", address);
        return f.host.request("GET", POLLING, headers, new byte[0]).status();
    }

    @Test
    void handshakesInFlightAreBounded() throws Exception {
        var gate = new java.util.concurrent.CountDownLatch(1);
        var f =
                new Fixture(
                        o ->
                                o.maxHandshakesInFlight(1)
                                        .allowRequest(
                                                _ -> {
                                                    gate.await();
                                                    return AllowRequest.allow();
                                                }));
        var first = f.host.get(POLLING);
        var second = f.host.get(POLLING);
        assertThat(second.status()).isEqualTo(403);
        assertThat(f.errors.getFirst().code()).isEqualTo(FORBIDDEN);
        assertThat(f.limits).hasSize(1);
        gate.countDown();
        f.strand.runUntil(first::isAnswered, Duration.ofSeconds(10));
        var third = f.host.get(POLLING);
        f.strand.runUntil(third::isAnswered, Duration.ofSeconds(10));
        assertThat(third.status()).isEqualTo(200);
    }

    @Test
    void refusesNewcomersWhenClosing() {
        var f = new Fixture();
        f.server.close();
        assertThat(f.host.get(POLLING).status()).isEqualTo(403);
        assertThat(f.server.metrics().refusals(BAD_REQUEST)).isZero();
    }
}
