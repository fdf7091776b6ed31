package io.natter.chat.web.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.CapturedLog;
import io.natter.chat.web.IntegrationTest;
import io.natter.chat.web.TestClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Programs that post into a room.
class IncomingWebhookTest extends IntegrationTest {
    private String path = "";
    private String id = ""; // both of the webhook of each test

    @BeforeEach
    void make() throws Exception {
        JsonNode made = made("/api/webhooks/incoming", "{'room':'general','name':'Alerts'}");
        path = made.at("/path").asString();
        id = made.at("/webhook/person/id").asString();
    }

    private HttpResponse<String> post(String type, String body) throws Exception {
        return send(
                HttpRequest.newBuilder(uri(path))
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> postJson(String quoted) throws Exception {
        return post("application/json", json(quoted));
    }

    @Test
    void aPayloadOfSlackBecomesAMessage() throws Exception {
        var answer = postJson("{'text':'*down*','username':'Deploy','icon_emoji':':rocket:'}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("ok");
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("text/plain; charset=utf-8");
        JsonNode message = olga.next("ev").at("/m");
        assertThat(message.at("/text").asString()).isEqualTo("🚀 **Deploy**\n**down**");
        assertThat(message.at("/sender/name").asString()).isEqualTo("Alerts");
        assertThat(message.at("/sender/bot").asBoolean()).isTrue();
    }

    @Test
    void formsAndPlainTextAreMessagesToo() throws Exception {
        String form = "application/x-www-form-urlencoded";
        assertThat(post(form, "payload=%7B%22text%22%3A%22a%20%2B%20b%22%7D").body())
                .isEqualTo("ok");
        assertThat(olga.next("ev").at("/m/text").asString()).isEqualTo("a + b");
        assertThat(post(form, "text=from+a+form").body()).isEqualTo("ok");
        assertThat(olga.next("ev").at("/m/text").asString()).isEqualTo("from a form");
        assertThat(post("text/plain", "**as it is** *so*\n").body()).isEqualTo("ok");
        assertThat(olga.next("ev").at("/m/text").asString()).isEqualTo("**as it is** *so*");
        assertThat(postJson("{'attachments':[{'fallback':'only an attachment'}]}").body())
                .isEqualTo("ok");
        assertThat(olga.next("ev").at("/m/text").asString()).isEqualTo("only an attachment");
    }

    @Test
    void faultsAreNamedInTheWordsOfSlack() throws Exception {
        assertFault(postJson("{'text':' '}"), 400, "no_text");
        assertFault(post("application/json", "{"), 400, "invalid_payload");
        assertFault(post("application/x-www-form-urlencoded", "payload=x"), 400, "invalid_payload");
        assertFault(post("text/plain", ""), 400, "no_text");
        assertFault(post("text/plain", "x".repeat(65_537)), 413, "too_large");
        assertFault(send(HttpRequest.newBuilder(uri(path))), 405, "use_post");
        String right = path;
        path = "/hooks/" + "A".repeat(43);
        assertFault(postJson("{'text':'x'}"), 404, "no_service");
        path = "/hooks/x";
        assertFault(postJson("{'text':'x'}"), 404, "no_service");
        path = right;
        for (int i = 0; i < 10; i++) {
            assertThat(postJson("{'text':'x'}").statusCode()).isBetween(200, 429);
        }
        var refused = postJson("{'text':'x'}");
        assertFault(refused, 429, "rate_limited");
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    }

    private static void assertFault(HttpResponse<String> answer, int status, String word) {
        assertThat(answer.body()).isEqualTo(word);
        assertThat(answer.statusCode()).isEqualTo(status);
    }

    @Test
    void aRevokedWebhookEndsAndItsNameIsFree() throws Exception {
        assertThat(postJson("{'text':'before'}").body()).isEqualTo("ok");
        JsonNode listed = json(get(cookie, "/api/webhooks")).at("/incoming/0");
        assertThat(listed.at("/room/name").asString()).isEqualTo("General");
        assertThat(listed.has("used_at")).isTrue();
        assertThat(listed.toString()).doesNotContain(path.substring("/hooks/".length()));
        var revoked = post(cookie, "/api/webhooks/incoming/revoke", "{'id':'%s'}", id);
        assertThat(revoked.statusCode()).isEqualTo(204);
        assertFault(postJson("{'text':'after'}"), 404, "no_service");
        assertThat(json(get(cookie, "/api/webhooks")).at("/incoming")).isEmpty();
        made("/api/webhooks/incoming", "{'room':'general','name':'Alerts'}");
        assertThat(done(olga, "history", "{'room':'general'}").at("/messages/0/sender/name"))
                .hasToString("\"Alerts\"");
    }

    @Test
    void aModeratorMakesOneForARoomOfTheirOwn() throws Exception {
        String mia = signUp("Mia");
        String wish = "{'room':'%s','name':'Spy'}";
        assertThat(code(post(mia, "/api/webhooks/incoming", wish, "general")))
                .isEqualTo("forbidden");
        TestClient client = greet(mia);
        String room = create(client, "private", "Orchard");
        assertThat(code(post(cookie, "/api/webhooks/incoming", wish, room)))
                .as("the owner is no member")
                .isEqualTo("room_unknown");
        done(olga, "role.set", "{'person':'%s','role':'moderator'}", id(client));
        assertThat(post(mia, "/api/webhooks/incoming", wish, room).statusCode()).isEqualTo(200);
        JsonNode seen = json(get(cookie, "/api/webhooks")).at("/incoming");
        assertThat(seen.findValuesAsString("name")).doesNotContain("Orchard");
        assertThat(json(get(mia, "/api/webhooks")).has("outgoing")).isFalse();
        String direct =
                done(client, "room.create", "{'kind':'direct','people':['%s']}", id(olga))
                        .at("/room/id")
                        .asString();
        clock.advance(Duration.ofSeconds(5));
        assertThat(code(post(mia, "/api/webhooks/incoming", wish, direct)))
                .isEqualTo("not_allowed");
    }

    @Test
    void theSecretIsNeitherStoredNorLogged() throws Exception {
        String secret = path.substring("/hooks/".length());
        try (CapturedLog log = new CapturedLog()) {
            assertThat(postJson("{'text':'x'}").body()).isEqualTo("ok");
            assertThat(post("application/json", "[[[").statusCode()).isEqualTo(400);
            stop();
            assertThat(log.lines()).noneMatch(line -> line.contains(secret));
        }
        try (var files = Files.list(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertThat(bytes.contains(secret)).as("%s", file).isFalse();
            }
        }
    }

    @Test
    void anArchivedRoomTakesNothing() throws Exception {
        String room = create(olga, "public", "Old");
        path =
                made("/api/webhooks/incoming", "{'room':'%s','name':'Second'}", room)
                        .at("/path")
                        .asString();
        done(olga, "room.archive", "{'room':'%s','on':true}", room);
        assertFault(postJson("{'text':'x'}"), 410, "channel_is_archived");
    }
}
