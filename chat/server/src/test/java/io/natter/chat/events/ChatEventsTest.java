package io.natter.chat.events;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.domain.person.Session;
import io.natter.chat.web.ServerTest;
import io.natter.chat.web.TestClient;
import io.natter.chat.wire.WireJson;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ChatEventsTest extends ServerTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "natter_session=nonsense",
                "natter_session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void nobodyConnectsWithoutASession(String cookie) throws Exception {
        JsonNode refused = client(cookie).next("connect_error");
        assertThat(refused.at("/message").asString()).isEqualTo("Sign in first");
        assertThat(refused.at("/data/code").asString()).isEqualTo("no_session");
    }

    @Test
    void aSessionThatIsOverConnectsNoMore() throws Exception {
        String cookie = guest("Ann");
        clock.advance(Session.MAX_IDLE);
        JsonNode refused = client(cookie).next("connect_error");
        assertThat(refused.at("/data/code").asString()).isEqualTo("no_session");
    }

    @Test
    void helloTellsWhereOneStands() throws Exception {
        TestClient ann = greeted("Ann");
        ann.say("c1", "first");
        TestClient bob = client(guest("Bob"));
        JsonNode welcome = bob.hello();
        assertThat(welcome.at("/ok").asBoolean()).isTrue();
        assertThat(welcome.at("/epoch").asString()).isNotBlank();
        assertThat(welcome.at("/me/name").asString()).isEqualTo("Bob");
        assertThat(welcome.at("/now").asLong()).isEqualTo(clock.millis());
        assertThat(welcome.at("/limits"))
                .isEqualTo(tree("{\"message\":8000,\"name\":32,\"room_name\":40,\"topic\":250}"));
        assertThat(welcome.at("/rooms"))
                .isEqualTo(
                        tree(
                                "[{\"id\":\"general\",\"kind\":\"public\",\"last_seq\":1,\"last_ver\":1,\"level\":\"all\",\"mentions\":0,\"name\":\"General\",\"read_seq\":1,\"slug\":\"general\",\"unread\":0}]"));
        assertThat(welcome.at("/delta")).isEmpty();
        assertThat(welcome.at("/me/hue").asInt()).isEqualTo(1);
        JsonNode page = bob.ask("history", "{\"room\":\"general\"}");
        assertThat(page.at("/messages/0/text").asString()).isEqualTo("first");
        assertThat(page.at("/messages/0/sender/name").asString()).isEqualTo("Ann");
        assertThat(page.at("/ver").asLong()).isEqualTo(1);
        assertThat(page.at("/more").asBoolean()).isFalse();
        assertThat(welcome.at("/online").findValuesAsString("name")).containsExactly("Ann", "Bob");
        assertThat(welcome.at("/count").asInt()).isEqualTo(2);
    }

    @Test
    void whoComesBackGetsWhatWasMissed() throws Exception {
        TestClient ann = greeted("Ann");
        ann.say("c1", "first");
        String epoch = ann.hello().at("/epoch").asString();
        String bob = guest("Bob");
        ann.say("c2", "second");
        JsonNode welcome =
                client(bob)
                        .ask(
                                "hello",
                                "{\"proto\":2,\"device\":\"d\",\"epoch\":\"%s\",\"rooms\":{\"general\":1}}"
                                        .formatted(epoch));
        assertThat(welcome.at("/delta/general/from").asLong()).isEqualTo(1);
        assertThat(welcome.at("/delta/general/to").asLong()).isEqualTo(2);
        assertThat(welcome.at("/delta/general/changes").findValuesAsString("text"))
                .containsExactly("second");
    }

    @Test
    void nothingGoesBeforeHello() throws Exception {
        TestClient ann = client(guest("Ann"));
        assertThat(code(ann.say("c1", "hi"))).isEqualTo("hello_first");
        ann.hello();
        assertThat(ann.say("c1", "hi").at("/ok").asBoolean()).isTrue();
    }

    @Test
    void aMessageReachesEverybodyOnceTheSenderToo() throws Exception {
        TestClient ann = greeted("Ann");
        TestClient bob = greeted("Bob");
        JsonNode sent = ann.say("c1", "hello 👋");
        assertThat(sent)
                .isEqualTo(
                        tree(
                                "{\"ok\":true,\"seq\":1,\"ts\":%d,\"ver\":1}"
                                        .formatted(clock.millis())));
        for (TestClient each : List.of(ann, bob)) {
            JsonNode ev = each.next("ev");
            assertThat(ev.at("/room").asString()).isEqualTo("general");
            assertThat(ev.at("/kind").asString()).isEqualTo("msg");
            assertThat(ev.at("/seq").asLong()).isEqualTo(1);
            assertThat(ev.at("/ver").asLong()).isEqualTo(1);
            assertThat(ev.at("/m/cmid").asString()).isEqualTo("c1");
            assertThat(ev.at("/m/text").asString()).isEqualTo("hello 👋");
            assertThat(ev.at("/m/sender/name").asString()).isEqualTo("Ann");
        }
        assertThat(ann.say("c1", "hello 👋").at("/dup").asBoolean()).isTrue();
        ann.say("c2", "next");
        assertThat(bob.next("ev").at("/m/cmid").asString()).isEqualTo("c2");
    }

    @Test
    void everybodySeesOneOrder() throws Exception {
        TestClient ann = greeted("Ann");
        TestClient bob = greeted("Bob");
        for (int i = 0; i < 9; i++) {
            ann.tell("msg.send", message("a" + i));
            bob.tell("msg.send", message("b" + i));
        }
        List<Long> seenByAnn = new ArrayList<>();
        List<String> textsOfAnn = new ArrayList<>();
        List<String> textsOfBob = new ArrayList<>();
        for (int i = 0; i < 18; i++) {
            JsonNode ev = ann.next("ev");
            seenByAnn.add(ev.at("/seq").asLong());
            textsOfAnn.add(ev.at("/m/cmid").asString());
            textsOfBob.add(bob.next("ev").at("/m/cmid").asString());
        }
        assertThat(seenByAnn).isSorted().doesNotHaveDuplicates().startsWith(1L).endsWith(18L);
        assertThat(textsOfBob).isEqualTo(textsOfAnn);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"room\":\"general\",\"cmid\":\"c\",\"text\":\" \"}; text_empty; true",
                "{\"room\":\"nowhere\",\"cmid\":\"c\",\"text\":\"x\"}; room_unknown; true",
                "{\"room\":\"general\",\"cmid\":\"\",\"text\":\"x\"}; cmid_invalid; true",
                "{\"room\":\"general\",\"cmid\":\"c\"}; bad_request; true",
                "{\"room\":\"general\",\"cmid\":\"c\",\"text\":{}}; bad_request; true",
            })
    void aBadMessageIsExplained(String json, String code, boolean permanent) throws Exception {
        JsonNode refused = greeted("Ann").ask("msg.send", json);
        assertThat(code(refused)).isEqualTo(code);
        assertThat(refused.at("/err/permanent").asBoolean()).isEqualTo(permanent);
        assertThat(refused.at("/err/message").asString()).isNotBlank();
    }

    @Test
    void aMessageOverTheBoundIsTooLong() throws Exception {
        TestClient ann = greeted("Ann");
        assertThat(code(ann.say("c1", "x".repeat(8001)))).isEqualTo("text_too_long");
        assertThat(ann.say("c1", "x".repeat(8000)).at("/ok").asBoolean()).isTrue();
    }

    @Test
    void anUnknownEventIsRefused() throws Exception {
        TestClient ann = greeted("Ann");
        assertThat(code(ann.ask("msg.steal", "{}"))).isEqualTo("unknown");
        assertThat(ann.say("c1", "still here").at("/ok").asBoolean()).isTrue();
    }

    @Test
    void tooManyMessagesAreToldHowLongToWait() throws Exception {
        TestClient ann = greeted("Ann");
        for (int i = 0; i < 10; i++) {
            assertThat(ann.say("c" + i, "hi").at("/ok").asBoolean()).isTrue();
        }
        JsonNode refused = ann.say("c10", "hi");
        assertThat(code(refused)).isEqualTo("rate");
        assertThat(refused.at("/err/retry_after_ms").asLong()).isEqualTo(200);
        assertThat(refused.at("/err/permanent").asBoolean()).isFalse();
        clock.advance(Duration.ofMillis(200));
        assertThat(ann.say("c10", "hi").at("/seq").asLong()).isEqualTo(11);
    }

    @Test
    void historyAndSyncGiveWhatIsAskedFor() throws Exception {
        TestClient ann = greeted("Ann");
        for (int i = 1; i <= 5; i++) {
            ann.say("c" + i, "m" + i);
        }
        JsonNode page = ann.ask("history", "{\"room\":\"general\",\"before\":5,\"limit\":2}");
        assertThat(page.at("/messages").findValuesAsString("text")).containsExactly("m3", "m4");
        assertThat(page.at("/more").asBoolean()).isTrue();
        JsonNode around = ann.ask("history", "{\"room\":\"general\",\"around\":3,\"limit\":3}");
        assertThat(around.at("/messages").findValuesAsString("text"))
                .containsExactly("m2", "m3", "m4");
        JsonNode sync = ann.ask("sync", "{\"room\":\"general\",\"since_ver\":3,\"limit\":100}");
        assertThat(sync.at("/changes").findValuesAsString("text")).containsExactly("m4", "m5");
        assertThat(sync.at("/to").asLong()).isEqualTo(5);
        assertThat(sync.at("/more").asBoolean()).isFalse();
    }

    @Test
    void whatIsReadHereIsReadInTheOtherTabs() throws Exception {
        TestClient ann = greeted("Ann");
        ann.say("c1", "hi");
        ann.say("c2", "hi");
        String cookie = guest("Bob");
        TestClient one = client(cookie);
        one.hello();
        TestClient two = client(cookie);
        two.hello();
        ann.say("c3", "hi");
        assertThat(one.ask("read", "{\"room\":\"general\",\"seq\":3}"))
                .isEqualTo(tree("{\"ok\":true,\"read_seq\":3}"));
        assertThat(two.next("me.ev"))
                .isEqualTo(
                        tree(
                                "{\"kind\":\"read\",\"mentions\":0,\"read_seq\":3,\"room\":\"general\",\"unread\":0,\"ver\":2}"));
    }

    @Test
    void typingReachesTheOthersOnly() throws Exception {
        TestClient ann = greeted("Ann");
        TestClient bob = greeted("Bob");
        ann.tell("typing", "{\"room\":\"general\"}");
        ann.tell("typing", "{\"room\":\"general\"}");
        JsonNode typing = bob.next("typing");
        assertThat(typing.at("/room").asString()).isEqualTo("general");
        assertThat(typing.at("/who/name").asString()).isEqualTo("Ann");
        ann.say("c1", "done");
        bob.next("ev"); // what was sent before it is here by now
        assertThat(bob.has("typing")).as("once in three seconds").isFalse();
        assertThat(ann.has("typing")).isFalse();
    }

    @Test
    void comingAndGoingIsToldPeopleNotSockets() throws Exception {
        TestClient ann = greeted("Ann");
        await(ann, "joined", "Ann");
        String cookie = guest("Bob");
        TestClient bob = client(cookie);
        bob.hello();
        JsonNode came = await(ann, "joined", "Bob");
        assertThat(came.at("/count").asInt()).isEqualTo(2);
        bob.close();
        TestClient reloaded = client(cookie);
        reloaded.hello();
        TestClient carl = greeted("Carl");
        assertThat(await(ann, "joined", "Carl").at("/left")).isEmpty();
        reloaded.close();
        carl.close();
        // The server learns of it a moment later, and the grace runs from then.
        List<String> left = new ArrayList<>();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> {
                            clock.advance(Presence.GRACE);
                            while (ann.has("presence")) {
                                JsonNode change = ann.next("presence");
                                left.addAll(change.at("/left").findValuesAsString("name"));
                            }
                            return left.size() == 2;
                        });
        assertThat(left).containsExactlyInAnyOrder("Bob", "Carl");
    }

    private static JsonNode await(TestClient client, String what, String name)
            throws InterruptedException {
        JsonNode change = client.next("presence");
        while (!change.at("/" + what).findValuesAsString("name").contains(name)) {
            change = client.next("presence");
        }
        return change;
    }

    @Test
    void signingOutClosesTheSocketsOfThatSession() throws Exception {
        String cookie = guest("Ann");
        TestClient one = client(cookie);
        one.hello();
        TestClient other = greeted("Bob");
        var out =
                HttpRequest.newBuilder(uri("/api/session"))
                        .header("X-Natter", "1")
                        .header("Cookie", cookie)
                        .DELETE();
        assertThat(send(out).statusCode()).isEqualTo(204);
        one.next("disconnect");
        assertThat(client(cookie).next("connect_error").at("/data/code").asString())
                .isEqualTo("no_session");
        assertThat(other.say("c1", "still here").at("/ok").asBoolean()).isTrue();
    }

    @Test
    void aPersonHasTwentySocketsAtMost() throws Exception {
        String cookie = guest("Ann");
        for (int i = 0; i < 20; i++) {
            client(cookie).next("connect");
        }
        JsonNode refused = client(cookie).next("connect_error");
        assertThat(refused.at("/data/code").asString()).isEqualTo("too_many_sockets");
        assertThat(refused.at("/data/retry_after_ms").asLong()).isPositive();
    }

    @Test
    void aLockedDatabaseIsToldAndHealsByItself() throws Exception {
        TestClient ann = greeted("Ann");
        try (Connection other =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + directory.resolve("natter.db"));
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            JsonNode refused = ann.say("c1", "hi");
            assertThat(code(refused)).isEqualTo("storage");
            assertThat(refused.at("/err/permanent").asBoolean()).isFalse();
            assertThat(readiness()).isEqualTo(503);
            statement.execute("ROLLBACK");
        }
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> readiness() == 200);
        assertThat(ann.say("c1", "hi").at("/seq").asLong()).isEqualTo(1);
    }

    @Test
    void aFloodOfMalformedEventsIsCutOff() throws Exception {
        String cookie = guest("Ann");
        List<TestClient> tabs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            tabs.add(client(cookie));
            tabs.getLast().hello();
        }
        // Fewer a socket than what one socket may say in a second.
        for (int i = 0; i < 320; i++) {
            tabs.get(i % 4).tell("msg.send", "{\"room\":{}}");
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> tabs.stream().anyMatch(tab -> tab.has("disconnect")));
    }

    @Test
    void whyItIsNotReadyIsACodeAndASentence() throws Exception {
        TestClient ann = greeted("Ann");
        try (Connection other =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + directory.resolve("natter.db"));
                Statement statement = other.createStatement()) {
            statement.execute(
                    "CREATE TRIGGER no BEFORE INSERT ON message BEGIN SELECT RAISE(FAIL, 'no'); END");
        }
        assertThat(code(ann.say("c1", "my PIN is 4711, tell nobody"))).isEqualTo("storage");
        assertThat(send(HttpRequest.newBuilder(uri("/readyz"))).body())
                .isEqualTo(
                        "not ready: storage\nThe database takes no writes: see the server's log.\n");
    }

    @Test
    void refusedHistorySaysHowLongToWait() throws Exception {
        TestClient ann = greeted("Ann");
        try (Connection other =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + directory.resolve("natter.db"));
                Statement statement = other.createStatement()) {
            statement.execute("ALTER TABLE message RENAME TO hidden");
        }
        JsonNode refused = ann.ask("history", "{\"room\":\"general\"}");
        assertThat(code(refused)).isEqualTo("storage");
        assertThat(refused.at("/err/retry_after_ms").asLong()).isEqualTo(5000);
        JsonNode fast = refused;
        for (int i = 0; i < 30 && !code(fast).equals("rate"); i++) {
            fast = ann.ask("history", "{\"room\":\"general\"}");
        }
        assertThat(code(fast)).isEqualTo("rate");
        assertThat(fast.at("/err/retry_after_ms").asLong()).isPositive();
    }

    private int readiness() throws Exception {
        return send(HttpRequest.newBuilder(uri("/readyz"))).statusCode();
    }

    @Test
    void closingIsToldAndKeepsWhatWasSaid() throws Exception {
        String cookie = guest("Ann");
        TestClient ann = client(cookie);
        ann.hello();
        ann.say("c1", "before");
        server.close();
        assertThat(ann.next("server.closing").at("/in_ms").asLong()).isEqualTo(50);
        // That the line has ended this client does not notice: behind a close frame it reads no
        // more. The next test sees it.
        start();
        TestClient again = client(cookie);
        JsonNode welcome = again.hello();
        assertThat(welcome.at("/rooms/0/last_seq").asLong()).isEqualTo(1);
        assertThat(again.say("c1", "before").at("/dup").asBoolean()).isTrue();
    }

    @Test
    void closingEndsTheLineOfAClientThatAnswersNothing() throws Exception {
        try (Socket deaf = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            deaf.setSoTimeout(20_000);
            deaf.getOutputStream().write(handshake(guest("Ann")).getBytes(ISO_8859_1));
            int first = 0;
            while (first != 0x81 && first != -1) { // the first frame behind the 101
                first = deaf.getInputStream().read();
            }
            server.close();
            assertThat(deaf.getInputStream().readAllBytes())
                    .as("a close frame, then the end")
                    .endsWith(0x88, 0);
        }
    }

    private String handshake(String cookie) {
        return """
        GET /socket.io/?EIO=4&transport=websocket HTTP/1.1
        Host: 127.0.0.1:%d
        Origin: %s
        Cookie: %s
        Upgrade: websocket
        Connection: Upgrade
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

        """
                .formatted(server.port(), origin(), cookie)
                .replace("\n", "\r\n");
    }

    private static String message(String cmid) {
        return "{\"room\":\"general\",\"cmid\":\"%s\",\"text\":\"x\"}".formatted(cmid);
    }

    private static JsonNode tree(String json) {
        return WireJson.JSON.readTree(json);
    }

    private static String code(JsonNode answer) {
        return answer.at("/err/code").asString();
    }
}
