package io.natter.chat.web.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.natter.chat.CapturedLog;
import io.natter.chat.events.ChatEvents;
import io.natter.chat.web.ChatServer;
import io.natter.chat.web.ServerTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A client's fault gets an answer, and no line in the log.
class BadRequestsTest extends ServerTest {
    @Override
    protected ChatServer.Tuning tuning() {
        return new ChatServer.Tuning(
                Duration.ofMillis(50),
                Duration.ofSeconds(1),
                ChatEvents.EVENTS_PER_SECOND,
                List.of());
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(30_000);
        return socket;
    }

    private static void write(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
    }

    private static String all(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }

    private String get(String target) {
        return "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n".formatted(target, server.port());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%zz",
                "/a|b",
                "/\\evil",
                "/a^b",
                "/x?q=%",
                "/assets/%c3%28|",
                "/\u001b[31m",
                "http://[::1",
                "//|",
                "/.malformed-request-target"
            })
    void aTargetThatIsNoUriGetsAnAnswer(String target) throws Exception {
        try (CapturedLog log = new CapturedLog();
                Socket socket = connect()) {
            write(socket, get(target));
            String answer = all(socket);
            assertThat(answer).startsWith("HTTP/1.1 400 Bad Request\r\n");
            assertThat(log.lines()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/healthz", "/", "/api/session", "/socket.io/?EIO=4&transport=polling"})
    void moreThanAHundredHeadersAreRefused(String target) throws Exception {
        try (CapturedLog log = new CapturedLog();
                Socket socket = connect()) {
            write(
                    socket,
                    "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n".formatted(target, server.port())
                            + "a: b\r\n".repeat(100)
                            + "\r\n");
            assertThat(all(socket)).startsWith("HTTP/1.1 431 ");
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void aHundredHeadersAreTaken() throws Exception {
        try (Socket socket = connect()) {
            write(
                    socket,
                    "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                            + "a: b\r\n".repeat(98)
                            + "\r\n");
            assertThat(all(socket)).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void aBadTargetBehindOthersGetsItsAnswerInItsTurn() throws Exception {
        try (CapturedLog log = new CapturedLog();
                Socket socket = connect()) {
            write(socket, get("/api/session") + get("/healthz") + get("/%zz"));
            String answers = all(socket);
            assertThat(answers.indexOf("401 Unauthorized")).isNotNegative();
            assertThat(answers.indexOf("200 OK"))
                    .isGreaterThan(answers.indexOf("401 Unauthorized"));
            assertThat(answers.indexOf("400 Bad Request")).isGreaterThan(answers.indexOf("200 OK"));
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void aBodyThatIsTooSlowIsTimedOut() throws Exception {
        try (CapturedLog log = new CapturedLog();
                Socket socket = connect()) {
            write(
                    socket,
                    "POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: 20\r\n\r\n{\"name\"");
            String answer = all(socket);
            assertThat(answer).startsWith("HTTP/1.1 408 Request Timeout\r\n");
            assertThat(answer).contains("\"code\":\"request_timeout\"");
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void aClientThatLeavesInTheMiddleOfItsBodyIsNoError() throws Exception {
        try (CapturedLog log = new CapturedLog()) {
            for (int i = 0; i < 20; i++) {
                try (Socket socket = connect()) {
                    socket.setSoLinger(true, 0); // a reset
                    write(
                            socket,
                            "POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: 20\r\n\r\n{");
                }
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> server.connections() == 0);
            assertThat(log.lines()).isEmpty();
        }
    }
}
