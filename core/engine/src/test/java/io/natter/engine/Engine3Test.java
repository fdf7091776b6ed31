package io.natter.engine;

import static io.natter.engine.Fixture.array;
import static io.natter.engine.Fixture.bytes;
import static io.natter.engine.Fixture.known;
import static io.natter.engine.Fixture.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Sessions of protocol 3, which Socket.IO 2 clients speak.
class Engine3Test {
    private static final String POLLING = "/engine.io/?EIO=3&transport=polling";
    private static final String WEBSOCKET = "/engine.io/?EIO=3&transport=websocket";
    private static final Map<String, String> OCTETS =
            Map.of("content-type", "application/octet-stream");

    /// Origins are not checked, for JSONP would ask for a page that is known.
    private final Fixture f = new Fixture(o -> o.allowEio3(true).checkOrigin(false));

    @Test
    void pollingHandshakeStandsBehindItsLength() {
        var get = f.host.get(POLLING);
        var open =
                "0{\"sid\":\""
                        + f.session().id()
                        + "\",\"upgrades\":[\"websocket\"],\"pingInterval\":300,"
                        + "\"pingTimeout\":200,\"maxPayload\":1000000}";
        assertThat(get.text()).isEqualTo(open.length() + ":" + open);
        assertThat(get.header("content-type")).isEqualTo("text/plain; charset=UTF-8");
        assertThat(f.session().protocol()).isEqualTo(3);
    }

    @Test
    void anEioOtherThanFourIsProtocolThree() {
        for (var query : new String[] {"", "EIO=2&", "EIO=5&", "EIO=&"}) {
            f.host.get("/engine.io/?" + query + "transport=polling");
            assertThat(f.session().protocol()).isEqualTo(3);
        }
    }

    @Test
    void pollingCarriesTextWithLengthsAsJavaScriptCounts() {
        var target = f.openPolling(POLLING);
        assertThat(f.host.post(target, "6:4hello2:4€3:4😀").text()).isEqualTo("ok");
        assertThat(f.heard()).containsExactly("text hello", "text €", "text 😀");
        f.session().send(text("a€"));
        f.session().send(text("😀"));
        assertThat(f.host.get(target).text()).isEqualTo("3:4a€3:4😀");
    }

    @Test
    void pollingAnswersBytesInTheBinaryFraming() {
        var target = f.openPolling(POLLING);
        f.session().send(text("a"));
        f.session().send(bytes(1, 2));
        var get = f.host.get(target);
        assertThat(get.header("content-type")).isEqualTo("application/octet-stream");
        assertThat(get.response().body()).isEqualTo(array(0, 2, 255, '4', 'a', 1, 3, 255, 4, 1, 2));
    }

    @Test
    void pollingReadsTheBinaryFraming() {
        var target = f.openPolling(POLLING);
        var post =
                f.host.request(
                        "POST", target, OCTETS, array(0, 2, 255, '4', 'a', 1, 3, 255, 4, 1, 2));
        assertThat(post.text()).isEqualTo("ok");
        assertThat(f.heard()).containsExactly("text a", "binary 0x0102");
    }

    @Test
    void pollingAnswersBase64ToClientsThatAskForIt() {
        var target = f.openPolling(POLLING + "&b64=1");
        f.session().send(text("a"));
        f.session().send(bytes(1, 2, 3));
        var get = f.host.get(target);
        assertThat(get.header("content-type")).isEqualTo("text/plain; charset=UTF-8");
        assertThat(get.text()).isEqualTo("2:4a6:b4AQID");
        f.host.post(target, "6:b4AQID");
        assertThat(f.heard()).containsExactly("binary 0x010203");
    }

    @ParameterizedTest
    @CsvSource({"abc", "3:4a", "''", "x:4a", "1:9"})
    void pollingClosesOnAMalformedBody(String body) {
        f.host.post(f.openPolling(POLLING), body);
        assertThat(f.heard()).singleElement().asString().startsWith("closed parse error: ");
    }

    @Test
    void webSocketCarriesTextAndBytesBehindA4() {
        f.echo = true;
        var socket = f.host.webSocket(WEBSOCKET);
        socket.received();
        socket.send("4hello");
        socket.send(array(4, 1, 2));
        socket.send("b4AQID");
        assertThat(f.heard()).containsExactly("text hello", "binary 0x0102", "binary 0x010203");
        assertThat(socket.received()).containsExactly("4hello", "0x040102", "0x04010203");
    }

    @Test
    void webSocketSendsBase64ToClientsThatAskForIt() {
        var socket = f.host.webSocket(WEBSOCKET + "&b64=1");
        socket.received();
        f.session().send(bytes(1, 2, 3));
        assertThat(socket.received()).containsExactly("b4AQID");
    }

    @Test
    void theClientPingsAndTheServerAnswers() {
        var socket = f.host.webSocket(WEBSOCKET);
        socket.received();
        for (int i = 0; i < 5; i++) {
            f.strand.advanceMillis(499);
            socket.send("2");
            assertThat(socket.received()).containsExactly("3");
        }
        f.strand.advanceMillis(499);
        socket.send("4no ping");
        assertThat(f.heard()).containsExactly("text no ping");
        f.strand.advanceMillis(1);
        assertThat(f.heard()).containsExactly("closed ping timeout: no ping came in time");
        assertThat(socket.closeCode()).isEqualTo(1005);
    }

    @Test
    void theClientsPingOnPollingIsAnsweredByTheGet() {
        var target = f.openPolling(POLLING);
        var get = f.host.get(target);
        f.host.post(target, "1:2");
        assertThat(get.text()).isEqualTo("1:3");
    }

    @Test
    void aPongFromTheClientCloses() {
        f.host.post(f.openPolling(POLLING), "1:3");
        assertThat(f.heard())
                .containsExactly("closed transport error: invalid heartbeat direction");
    }

    @Test
    void upgrades() {
        var target = f.openPolling(POLLING);
        var get = f.host.get(target);
        var socket = f.host.webSocket(f.upgradeTarget());
        socket.send("2probe");
        f.strand.advanceMillis(100);
        assertThat(get.text()).isEqualTo("1:6");
        f.session().send(bytes(7));
        socket.send("5");
        assertThat(socket.received()).containsExactly("3probe", "0x0407");
        for (int i = 0; i < 5; i++) {
            f.strand.advanceMillis(400);
            socket.send("2");
        }
        assertThat(f.heard()).containsExactly("upgraded");
    }

    @Test
    void jsonpAnswersACallAndReadsAForm() {
        var target = f.openPolling(POLLING + "&j=7x");
        var get = f.host.get(target);
        var post =
                f.host.request(
                        "POST",
                        target,
                        Map.of("content-type", "application/x-www-form-urlencoded"),
                        "d=8%3A4%22hi%22%2B+%5Cn".getBytes(UTF_8));
        assertThat(post.text()).isEqualTo("ok");
        assertThat(f.heard()).containsExactly("text \"hi\"+ \n");
        f.session().send(text("a\"\u2028"));
        f.session().send(bytes(1, 2, 3));
        f.strand.run();
        assertThat(get.text()).isEqualTo("___eio[7](\"4:4a\\\"\\u20286:b4AQID\");");
        assertThat(get.header("content-type")).isEqualTo("text/javascript; charset=UTF-8");
    }

    @Test
    void jsonpHandshakeIsACall() {
        assertThat(f.host.get(POLLING + "&j=0").text())
                .matches("___eio\\[0]\\(\"\\d+:0\\{\\\\\"sid.*}\"\\);");
        assertThat(f.host.get("/engine.io/?EIO=4&transport=polling&j=1").text())
                .startsWith("___eio[1](\"0{\\\"sid\\\"");
    }

    @Test
    void jsonpTellsANewlineFromABackslashAndAnN() {
        var target = f.openPolling("/engine.io/?EIO=4&transport=polling&j=0");
        f.host.post(target, "d=4a%5Cnb%5C%5Cnc%5Cd");
        assertThat(f.heard()).containsExactly("text a\nb\\nc\\d");
        assertThat(f.host.post(target, "x=1").text()).isEqualTo("ok");
        assertThat(f.heard()).isEmpty();
    }

    @Test
    void aGetThatTakesTheLastMessagesLeavesTheCloseToTheNext() {
        var target = f.openPolling(POLLING);
        var get = f.host.get(target);
        f.session().send(text("last"));
        f.session().close();
        f.strand.run();
        assertThat(get.text()).isEqualTo("5:4last");
        assertThat(f.host.get(target).text()).isEqualTo("1:61:1");
    }

    @Test
    void closingAnswersInItsOwnFraming() {
        var target = f.openPolling(POLLING);
        f.session().close();
        assertThat(f.host.get(target).text()).isEqualTo("1:61:1");
    }

    @Test
    void isRefusedWhereItIsNotAllowed() {
        var strict = new Fixture();
        assertThat(strict.host.get(POLLING).text())
                .isEqualTo("{\"code\":5,\"message\":\"Unsupported protocol version\"}");
        assertThat(known(strict.host.webSocket(WEBSOCKET).refusal()).status()).isEqualTo(400);
    }
}
