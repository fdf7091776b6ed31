package io.natter.chat.web.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.CapturedLog;
import io.natter.chat.web.ServerTest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionApiTest extends ServerTest {
    @Test
    void aNameIsAllItTakes() throws Exception {
        HttpResponse<String> in = send(signingIn("{\"name\":\" Ａnn \"}"));
        assertThat(in.statusCode()).isEqualTo(200);
        assertThat(json(in).at("/me/name").asString()).isEqualTo("Ann");
        assertThat(in.headers().firstValue("Set-Cookie").orElse(""))
                .startsWith("natter_session=")
                .contains("HttpOnly")
                .contains("SameSite=Lax");
        HttpResponse<String> me = send(get("/api/session").header("Cookie", cookie(in)));
        assertThat(me.statusCode()).isEqualTo(200);
        assertThat(json(me)).isEqualTo(json(in));
        assertThat(me.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void withoutASessionOneIsNobody() throws Exception {
        HttpResponse<String> nobody = send(get("/api/session"));
        assertThat(nobody.statusCode()).isEqualTo(401);
        assertThat(nobody.body())
                .isEqualTo(
                        "{\"err\":{\"code\":\"no_session\",\"message\":\"Sign in first.\",\"permanent\":true},"
                                + "\"place\":{\"policy\":\"open\",\"owned\":false}}");
    }

    @Test
    void aProxyThatNobodyTrustsIsToldOnce() throws Exception {
        try (CapturedLog log = new CapturedLog()) {
            for (int i = 0; i < 70; i++) {
                var request =
                        signingIn("{\"name\":\"Guest %d\"}".formatted(i))
                                .header("X-Forwarded-For", "192.0.2.1");
                assertThat(send(request).statusCode()).isEqualTo(200);
            }
            assertThat(log.lines())
                    .containsExactly(
                            "WARN A proxy on this machine names its clients, but is not trusted, so"
                                    + " there are no limits per address. Start with"
                                    + " --trusted-proxies loopback");
        }
    }

    @Test
    void whoseAnswerWasLostAsksAgainAndIsTheSame() throws Exception {
        String body = "{\"name\":\"Ann\",\"device\":\"0123456789abcdef\"}";
        HttpResponse<String> lost = send(signingIn(body));
        HttpResponse<String> again = send(signingIn(body));
        assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
        assertThat(json(again)).isEqualTo(json(lost));
        HttpResponse<String> other =
                send(signingIn("{\"name\":\"Ann\",\"device\":\"fedcba9876543210\"}"));
        assertThat(code(other)).isEqualTo("name_taken");
    }

    @Test
    void aNameWhoseOwnerOpenedASocketIsHeldAndAnotherIsFreeAfterAMinute() throws Exception {
        client(guest("Ann")).next("connect");
        guest("Bob");
        clock.advance(Duration.ofMinutes(1));
        assertThat(code(send(signingIn("{\"name\":\"Ann\"}")))).isEqualTo("name_taken");
        guest("Bob");
    }

    @Test
    void signingOutEndsTheSession() throws Exception {
        String cookie = guest("Ann");
        HttpResponse<String> out = send(delete().header("Cookie", cookie));
        assertThat(out.statusCode()).isEqualTo(204);
        assertThat(out.headers().firstValue("Set-Cookie").orElse("")).contains("Max-Age=0");
        assertThat(send(get("/api/session").header("Cookie", cookie)).statusCode()).isEqualTo(401);
        guest("Ann");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"name\":\"  \"}; 400; name_empty",
                "{\"name\":\"a\\u0007b\"}; 400; name_invalid",
                "{\"nom\":\"Ann\"}; 400; bad_request",
                "{\"name\":{}}; 400; bad_request",
                "no json; 400; bad_request",
                "''; 400; bad_request",
                "null; 400; bad_request",
                "{\"name\":\"Ann\",\"device\":\"short\"}; 400; bad_request",
                "{\"name\":\"Admin\"}; 400; name_reserved",
            })
    void aBadNameIsExplained(String body, int status, String code) throws Exception {
        HttpResponse<String> refused = send(signingIn(body));
        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(code(refused)).isEqualTo(code);
        assertThat(json(refused).at("/err/message").asString()).isNotBlank();
    }

    @Test
    void aNameOfTenThousandCharactersIsTooLong() throws Exception {
        HttpResponse<String> refused = send(signingIn("{\"name\":\"" + "x".repeat(10_000) + "\"}"));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(code(refused)).isEqualTo("name_too_long");
        guest("Ann");
    }

    @Test
    void aNameIsTakenInAnyCase() throws Exception {
        guest("Ann");
        HttpResponse<String> refused = send(signingIn("{\"name\":\"aNN\"}"));
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(code(refused)).isEqualTo("name_taken");
    }

    @Test
    void aBodyOverTheBoundIsRefused() throws Exception {
        HttpResponse<String> refused = send(signingIn("{\"name\":\"" + "x".repeat(70_000) + "\"}"));
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(code(refused)).isEqualTo("body_too_large");
        guest("Ann");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "http://evil.example",
                "http://127.0.0.1",
                "http://127.0.0.1:1",
                "http://127.0.0.1.evil.example:3000"
            })
    void aForeignPageCannotSignIn(String origin) throws Exception {
        HttpResponse<String> refused =
                send(signingIn("{\"name\":\"Ann\"}").header("Origin", origin));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(code(refused)).isEqualTo("foreign_origin");
        String cookie = guest("Ann");
        assertThat(send(delete().header("Cookie", cookie).header("Origin", origin)).statusCode())
                .isEqualTo(403);
        assertThat(send(get("/api/session").header("Cookie", cookie)).statusCode()).isEqualTo(200);
    }

    @Test
    void ourOwnPageCan() throws Exception {
        var request =
                signingIn("{\"name\":\"Ann\"}")
                        .header("Origin", origin())
                        .header("Sec-Fetch-Site", "same-origin");
        assertThat(send(request).statusCode()).isEqualTo(200);
    }

    @Test
    void aFormOfAnotherPageCannot() throws Exception {
        var form =
                HttpRequest.newBuilder(uri("/api/session"))
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString("{\"name\":\"Ann\"}"));
        assertThat(send(form).statusCode()).isEqualTo(400);
        var crossSite = signingIn("{\"name\":\"Ann\"}").header("Sec-Fetch-Site", "cross-site");
        assertThat(send(crossSite).statusCode()).isEqualTo(403);
    }

    @Test
    void saysWhetherItRunsAndIsReady() throws Exception {
        assertThat(send(get("/healthz")).body().strip()).isEqualTo("ok");
        assertThat(send(get("/readyz")).body().strip()).isEqualTo("ready");
    }

    @Test
    void whatIsNotThereIsNotFound() throws Exception {
        assertThat(code(send(get("/api/nothing")))).isEqualTo("unknown");
        assertThat(send(get("/nothing")).statusCode()).isEqualTo(404);
        var post = HttpRequest.newBuilder(uri("/")).POST(BodyPublishers.ofString("x"));
        assertThat(send(post).statusCode()).isEqualTo(405);
    }

    @Test
    void thePageIsBesideSocketIoOnOnePort() throws Exception {
        assertThat(send(get("/")).body()).contains("Natter");
        HttpResponse<String> open = send(get("/socket.io/?EIO=4&transport=polling"));
        assertThat(open.statusCode()).isEqualTo(200);
        assertThat(open.body()).startsWith("0{\"sid\":");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "http://evil.example", "http://127.0.0.1:1"})
    void aForeignPageCannotConnect(String origin) throws Exception {
        HttpResponse<String> polling =
                send(get("/socket.io/?EIO=4&transport=polling").header("Origin", origin));
        assertThat(polling.statusCode()).isEqualTo(403);
        var socket =
                http.newWebSocketBuilder()
                        .header("Origin", origin)
                        .buildAsync(
                                URI.create(
                                        uri("/socket.io/?EIO=4&transport=websocket")
                                                .toString()
                                                .replace("http:", "ws:")),
                                new WebSocket.Listener() {});
        assertThat(socket.handle((_, failure) -> failure).join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        e -> assertThat(e.getResponse().statusCode()).isEqualTo(403));
    }

    private HttpRequest.Builder get(String path) {
        return HttpRequest.newBuilder(uri(path));
    }

    private HttpRequest.Builder delete() {
        return HttpRequest.newBuilder(uri("/api/session")).header("X-Natter", "1").DELETE();
    }
}
