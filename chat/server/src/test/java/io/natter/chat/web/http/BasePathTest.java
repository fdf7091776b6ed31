package io.natter.chat.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.web.ChatConfig;
import io.natter.chat.web.Operating;
import io.natter.chat.web.ServerTest;
import io.natter.chat.web.TestClient;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BasePathTest extends ServerTest {
    private static final String BASE = "/team/chat";

    @Override
    protected ChatConfig config() {
        return new ChatConfig("127.0.0.1", 0, directory, List.of(), List.of())
                .withOperating(Operating.DEFAULT.withBasePath(BASE));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    private HttpResponse<String> signIn(String name) throws Exception {
        return send(
                HttpRequest.newBuilder(uri(BASE + "/api/session"))
                        .header("Content-Type", "application/json")
                        .header("X-Natter", "1")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"" + name + "\"}")));
    }

    @ParameterizedTest
    @CsvSource({
        "/team/chat/,200",
        "/team/chat/r/general/12,200",
        "/team/chat/admin,200",
        "/team/chat/readyz,200",
        "/readyz,200",
        "/healthz,200",
        "/team/chat/api/session,401",
        "/api/session,404",
        "/,404",
        "/r/general,404",
        "/team/chatter/,404",
        "/team/chat/nothing,404"
    })
    void isBeforeEveryAddress(String path, int status) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(status);
    }

    @Test
    void withoutItsSlashLeadsToThePage() throws Exception {
        HttpResponse<String> answer = get(BASE);
        assertThat(answer.statusCode()).isBetween(300, 399);
        assertThat(answer.headers().firstValue("Location")).contains(BASE + "/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/team/chat/%zz", "/a|b"})
    void leavesTargetsThatAreNoUriToTheirRefusal(String target) throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream()
                    .write(
                            ("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            byte[] head = socket.getInputStream().readNBytes(12);
            assertThat(new String(head, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 400");
        }
    }

    @Test
    void theCookieIsForThePathAlone() throws Exception {
        assertThat(signIn("Ann").headers().firstValue("Set-Cookie").orElse(""))
                .startsWith("natter_session=")
                .contains("; Path=" + BASE + ";");
    }

    @Test
    void clientsConnectBelowIt() throws Exception {
        String cookie = cookie(signIn("Ann"));
        try (TestClient ann = new TestClient(origin(), cookie, BASE)) {
            assertThat(ann.hello().has("ok")).isTrue();
            assertThat(ann.say("c1", "hi").at("/seq").asLong()).isEqualTo(1);
        }
    }
}
