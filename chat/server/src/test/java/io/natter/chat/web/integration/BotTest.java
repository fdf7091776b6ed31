package io.natter.chat.web.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.web.IntegrationTest;
import io.natter.chat.web.TestClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Bots: their making and their end, their way into rooms, and their calls.
class BotTest extends IntegrationTest {

    @Test
    void aBotTalksOverSocketIo() throws Exception {
        TestBot echo = bot("Echo");
        TestClient client = botClient(echo.token());
        JsonNode hello = client.hello();
        assertThat(hello.at("/me/id").asString()).isEqualTo(echo.id());
        assertThat(hello.at("/me/bot").asBoolean()).isTrue();
        assertThat(hello.at("/you/role").asString()).isEqualTo("member");
        assertThat(client.say("c1", "beep").has("ok")).isTrue();
        JsonNode message = olga.next("ev").at("/m");
        assertThat(message.at("/text").asString()).isEqualTo("beep");
        assertThat(message.at("/sender/name").asString()).isEqualTo("Echo");
        assertThat(message.at("/sender/bot").asBoolean()).isTrue();
        JsonNode members = done(olga, "members", "{'room':'general','q':'echo'}");
        assertThat(members.at("/people/0/bot").asBoolean()).isTrue();
        assertThat(olga.hello().at("/me").has("bot")).as("a person").isFalse();
        assertThat(send(olga, "general", "<@" + echo.id() + "> hello")).isEqualTo(2);
        assertThat(client.next("ev").at("/m/text").asString()).isEqualTo("beep");
        assertThat(client.next("ev").at("/m/mentions/0/id").asString()).isEqualTo(echo.id());
    }

    @Test
    void membersTakeABotIntoRoomsAndItGoesNowhereByItself() throws Exception {
        TestBot echo = bot("Echo");
        TestClient client = botClient(echo.token());
        client.hello();
        String room = create(olga, "public", "Machines");
        assertThat(code(ask(client, "room.join", "{'room':'%s'}", room)))
                .isEqualTo("bot_not_added");
        assertThat(code(ask(client, "room.create", "{'kind':'public','name':'Mine'}")))
                .isEqualTo("bot_not_added");
        assertThat(code(ask(client, "room.invite", "{'room':'general','people':['%s']}", id(olga))))
                .isEqualTo("not_allowed");
        done(olga, "room.invite", "{'room':'%s','people':['%s']}", room, echo.id());
        assertThat(client.next("me.ev").at("/head/id").asString()).isEqualTo(room);
        assertThat(json(read(echo.token(), "/rooms")).at("/rooms")).hasSize(2);
    }

    @Test
    void aTokenIsShownOnceAndStoredAsAHash() throws Exception {
        TestBot echo = bot("Echo");
        JsonNode listed = json(get(cookie, "/api/bots")).at("/bots/0");
        assertThat(listed.at("/created_by").asString()).isEqualTo("Olga");
        assertThat(listed.has("used_at")).isFalse();
        assertThat(listed.toString()).doesNotContain(echo.token());
        assertThat(echo.token()).matches("natter_bot_[A-Za-z0-9_-]{43}");
        assertThat(read(echo.token(), "/me").statusCode()).isEqualTo(200);
        stop();
        try (var files = Files.list(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertThat(bytes.contains(echo.token())).as("%s", file).isFalse();
            }
        }
    }

    @Test
    void renewingAndRevokingEndTheOldTokenAndItsSockets() throws Exception {
        TestBot echo = bot("Echo");
        TestClient client = botClient(echo.token());
        client.hello();
        String renewed = made("/api/bots/renew", "{'id':'%s'}", echo.id()).at("/token").asString();
        assertThat(client.next("session.ended").at("/reason").asString()).isEqualTo("revoked");
        client.next("disconnect");
        assertThat(code(read(echo.token(), "/me"))).isEqualTo("token_unknown");
        assertThat(read(renewed, "/me").statusCode()).isEqualTo(200);
        assertThat(post(cookie, "/api/bots/revoke", "{'id':'%s'}", echo.id()).statusCode())
                .isEqualTo(204);
        assertThat(read(renewed, "/me").statusCode()).isEqualTo(401);
        assertThat(botClient(renewed).next("connect_error").toString()).contains("Sign in first");
        assertThat(json(get(cookie, "/api/bots")).at("/bots/0/revoked").asBoolean()).isTrue();
        assertThat(done(olga, "audit", "{}").at("/entries").findValuesAsString("action"))
                .contains("bot", "bot_renewed", "bot_revoked");
    }

    @Test
    void aBannedBotIsOut() throws Exception {
        TestBot echo = bot("Echo");
        TestClient client = botClient(echo.token());
        client.hello();
        done(olga, "mod.ban", "{'person':'%s'}", echo.id());
        assertThat(client.next("session.ended").at("/reason").asString()).isEqualTo("banned");
        assertThat(read(echo.token(), "/me").statusCode()).isEqualTo(401);
    }

    @Test
    void onlyModeratorsMakeBots() throws Exception {
        String mia = signUp("Mia");
        assertThat(code(post(mia, "/api/bots", "{'name':'Spy'}"))).isEqualTo("forbidden");
        assertThat(get(mia, "/api/bots").statusCode()).isEqualTo(403);
        assertThat(get(mia, "/api/webhooks").statusCode()).isEqualTo(403);
        TestBot echo = bot("Echo");
        assertThat(code(post(mia, "/api/bots/revoke", "{'id':'%s'}", echo.id())))
                .isEqualTo("forbidden");
        assertThat(code(post(mia, "/api/bots/renew", "{'id':'%s'}", echo.id())))
                .isEqualTo("forbidden");
        assertThat(code(post(cookie, "/api/bots", "{'name':'Echo'}"))).isEqualTo("name_taken");
        assertThat(code(post(cookie, "/api/bots/renew", "{'id':'%s'}", id(olga))))
                .as("a person is no bot")
                .isEqualTo("bot_unknown");
        assertThat(guestNamed("Echo")).isEqualTo("name_taken");
        var foreign =
                posting("/api/bots", "{'name':'X'}")
                        .header("Cookie", cookie)
                        .header("Origin", "https://evil.example");
        assertThat(code(send(foreign))).isEqualTo("foreign_origin");
    }

    private String guestNamed(String name) throws Exception {
        return code(send(signingIn("{\"name\":\"" + name + "\"}")));
    }

    @Test
    void theApiTakesTokensOnlyAndAnswersNoOtherSite() throws Exception {
        TestBot echo = bot("Echo");
        var withCookie = get(cookie, "/api/v1/me");
        assertThat(withCookie.statusCode()).isEqualTo(401);
        assertThat(withCookie.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        var fromPage = send(asking(echo.token(), "/me").header("Origin", "https://page.example"));
        assertThat(fromPage.statusCode()).isEqualTo(200);
        assertThat(fromPage.headers().map().keySet())
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control"));
        assertThat(fromPage.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(
                        send(asking(echo.token(), "/me").method("OPTIONS", BodyPublishers.noBody()))
                                .statusCode())
                .isEqualTo(405);
        assertThat(read(echo.token(), "/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void aKeySendsAMessageOnce() throws Exception {
        TestBot echo = bot("Echo");
        for (int i = 0; i < 2; i++) {
            var sent =
                    send(
                            asking(echo.token(), "/rooms/general/messages")
                                    .header("Content-Type", "application/json")
                                    .header("Idempotency-Key", "k-1")
                                    .POST(BodyPublishers.ofString("{\"text\":\"once\"}")));
            assertThat(sent.statusCode()).isEqualTo(i == 0 ? 201 : 200);
            assertThat(json(sent).at("/seq").asLong()).isEqualTo(1);
            assertThat(json(sent).has("dup")).isEqualTo(i == 1);
        }
        var other =
                send(
                        asking(echo.token(), "/rooms/general/messages")
                                .header("Content-Type", "application/json")
                                .header("Idempotency-Key", "k-1")
                                .POST(BodyPublishers.ofString("{\"text\":\"another\"}")));
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(code(other)).isEqualTo("cmid_reused");
    }

    @Test
    void limitsSayHowLongToWait() throws Exception {
        TestBot echo = bot("Echo");
        for (int i = 0; i < 10; i++) {
            assertThat(
                            change(echo.token(), "POST", "/rooms/general/messages", "{'text':'a'}")
                                    .statusCode())
                    .isEqualTo(201);
        }
        var refused = change(echo.token(), "POST", "/rooms/general/messages", "{'text':'a'}");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        assertThat(json(refused).at("/err/retry_after_ms").asLong()).isPositive();
        clock.advance(Duration.ofSeconds(1));
        assertThat(
                        change(echo.token(), "POST", "/rooms/general/messages", "{'text':'a'}")
                                .statusCode())
                .isEqualTo(201);
    }

    @Test
    void pagesGoBackAndForth() throws Exception {
        TestBot echo = bot("Echo");
        for (int i = 1; i <= 5; i++) {
            send(olga, "general", "m" + i);
        }
        String path = "/rooms/general/messages";
        assertThat(texts(read(echo.token(), path + "?limit=2"))).containsExactly("m4", "m5");
        assertThat(texts(read(echo.token(), path + "?limit=2&before=4")))
                .containsExactly("m2", "m3");
        var last = json(read(echo.token(), path + "?after=3"));
        assertThat(last.at("/messages").findValuesAsString("text")).containsExactly("m4", "m5");
        assertThat(last.at("/more").asBoolean()).isFalse();
        assertThat(json(read(echo.token(), path + "/2")).at("/text").asString()).isEqualTo("m2");
        assertThat(read(echo.token(), path + "/9").statusCode()).isEqualTo(404);
        assertThat(read(echo.token(), path + "?before=x").statusCode()).isEqualTo(400);
        assertThat(read(echo.token(), path + "?before=1&after=1").statusCode()).isEqualTo(400);
        JsonNode first = json(read(echo.token(), "/rooms/general/members?limit=1"));
        assertThat(first.at("/more").asBoolean()).isTrue();
        String after = first.at("/people/0/id").asString();
        JsonNode second = json(read(echo.token(), "/rooms/general/members?limit=1&after=" + after));
        assertThat(second.at("/more").asBoolean()).isFalse();
        assertThat(
                        List.of(
                                first.at("/people/0/name").asString(),
                                second.at("/people/0/name").asString()))
                .containsExactlyInAnyOrder("Olga", "Echo");
    }

    private static List<String> texts(java.net.http.HttpResponse<String> response) {
        return json(response).at("/messages").findValuesAsString("text");
    }

    @Test
    void aRoomOfOthersIsUnknown() throws Exception {
        TestBot echo = bot("Echo");
        String room = create(olga, "private", "Secret");
        send(olga, room, "hidden");
        for (String path : List.of("", "/members", "/messages", "/messages/1")) {
            var refused = read(echo.token(), "/rooms/" + room + path);
            assertThat(refused.statusCode()).as(path).isEqualTo(404);
            assertThat(refused.body()).doesNotContain("hidden");
        }
        assertThat(
                        change(echo.token(), "POST", "/rooms/" + room + "/messages", "{'text':'a'}")
                                .statusCode())
                .isEqualTo(404);
    }

    @Test
    void editsAndReactionsAreThoseOfPeople() throws Exception {
        TestBot echo = bot("Echo");
        send(olga, "general", "of Olga");
        change(echo.token(), "POST", "/rooms/general/messages", "{'text':'first'}");
        assertThat(
                        change(echo.token(), "PATCH", "/rooms/general/messages/1", "{'text':'x'}")
                                .statusCode())
                .isEqualTo(403);
        assertThat(
                        change(
                                        echo.token(),
                                        "PATCH",
                                        "/rooms/general/messages/2",
                                        "{'text':'second'}")
                                .statusCode())
                .isEqualTo(200);
        var conflict =
                change(
                        echo.token(),
                        "PATCH",
                        "/rooms/general/messages/2",
                        "{'text':'third','base_ver':2}");
        assertThat(conflict.statusCode()).isEqualTo(409);
        assertThat(json(conflict).at("/message/text").asString()).isEqualTo("second");
        var reacted =
                send(
                        asking(echo.token(), "/rooms/general/messages/1/reactions/%F0%9F%91%8D")
                                .PUT(BodyPublishers.noBody()));
        assertThat(reacted.statusCode()).as(reacted.body()).isEqualTo(200);
        assertThat(
                        json(read(echo.token(), "/rooms/general/messages/1"))
                                .at("/reactions/0/emoji")
                                .asString())
                .isEqualTo("👍");
        assertThat(change(echo.token(), "DELETE", "/rooms/general/messages/2", "").statusCode())
                .isEqualTo(200);
        assertThat(
                        change(echo.token(), "PATCH", "/rooms/general/messages/2", "{'text':'x'}")
                                .statusCode())
                .isEqualTo(410);
    }

    @Test
    void aFileOfSeveralPartsArrivesWhole() throws Exception {
        TestBot echo = bot("Echo");
        byte[] bytes = new byte[(5 << 20) / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 + (i >> 12));
        }
        var uploaded =
                send(
                        asking(echo.token(), "/files?name=log%20one.bin")
                                .POST(BodyPublishers.ofByteArray(bytes)));
        assertThat(uploaded.statusCode()).as(uploaded.body()).isEqualTo(201);
        String id = json(uploaded).at("/id").asString();
        assertThat(json(uploaded).at("/file/name").asString()).isEqualTo("log one.bin");
        assertThat(
                        change(
                                        echo.token(),
                                        "POST",
                                        "/rooms/general/messages",
                                        "{'files':[{'id':'%s'}]}",
                                        id)
                                .statusCode())
                .isEqualTo(201);
        var back =
                http.send(
                        asking(echo.token(), "/files/" + id).build(),
                        java.net.http.HttpResponse.BodyHandlers.ofByteArray());
        assertThat(back.body()).isEqualTo(bytes);
        assertThat(read(echo.token(), "/files/" + "x".repeat(22)).statusCode()).isEqualTo(404);
        assertThat(
                        send(asking(echo.token(), "/files").POST(BodyPublishers.ofByteArray(bytes)))
                                .statusCode())
                .as("without a name")
                .isEqualTo(400);
    }
}
