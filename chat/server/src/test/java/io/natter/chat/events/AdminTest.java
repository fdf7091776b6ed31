package io.natter.chat.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.natter.chat.CapturedLog;
import io.natter.chat.web.AccountTest;
import io.natter.chat.web.TestClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The events of the admin page.
class AdminTest extends AccountTest {
    private static final List<String> FOR_OWNERS =
            List.of(
                    "admin.rooms; {}",
                    "admin.sessions; {}",
                    "admin.status; {}",
                    "admin.end_session; {'id':'x'}",
                    "admin.archive; {'room':'general','on':true}",
                    "admin.delete; {'person':'x','messages':true}",
                    "room.retention; {'room':'general','days':1}");

    private TestClient olga; // the owner; all set before each test
    private TestClient mod;
    private TestClient mia; // a member
    private String miasCookie = "";
    private String olgasId = "";
    private String miasId = "";

    @BeforeEach
    void people() throws Exception {
        olga = greet(owner("Olga"));
        mod = greet(signUp("Mo"));
        miasCookie = signUp("Mia");
        mia = greet(miasCookie);
        olgasId = olga.hello().at("/me/id").asString();
        miasId = mia.hello().at("/me/id").asString();
        String modsId = mod.hello().at("/me/id").asString();
        ok(olga, "role.set", "{'person':'%s','role':'moderator'}", modsId);
    }

    private static JsonNode ok(TestClient client, String event, String quoted, Object... values) {
        JsonNode answer = client.ask(event, json(quoted, values));
        assertThat(answer.at("/ok").asBoolean()).as(answer.toString()).isTrue();
        return answer;
    }

    private static String code(TestClient client, String event, String quoted, Object... values) {
        return client.ask(event, json(quoted, values)).at("/err/code").asString();
    }

    private static List<String> names(JsonNode answer) {
        return answer.at("/people").valueStream().map(each -> each.at("/name").asString()).toList();
    }

    @Test
    void onlyOwnersSeeRoomsSessionsAndSettings() {
        for (TestClient client : List.of(mia, mod)) {
            for (String request : FOR_OWNERS) {
                clock.advance(Duration.ofSeconds(1)); // for the rate limit
                String[] parts = request.split("; ", 2);
                assertThat(code(client, parts[0], parts[1])).as(request).isEqualTo("forbidden");
            }
        }
    }

    @Test
    void moderatorsSeeThePeopleAndMembersDoNot() throws Exception {
        greeted("Gus");
        assertThat(code(mia, "admin.people", "{}")).isEqualTo("forbidden");
        assertThat(names(ok(mod, "admin.people", "{}")))
                .containsExactly("Gus", "Mia", "Mo", "Olga");
        assertThat(names(ok(mod, "admin.people", "{'q':'M'}"))).containsExactly("Mia", "Mo");
        assertThat(names(ok(mod, "admin.people", "{'role':'owner'}"))).containsExactly("Olga");
        JsonNode page = ok(mod, "admin.people", "{'limit':2,'skip':1}");
        assertThat(names(page)).containsExactly("Mia", "Mo");
        assertThat(page.at("/more").asBoolean()).isTrue();
        JsonNode first = ok(mod, "admin.people", "{'q':'mia'}").at("/people/0");
        assertThat(first.at("/sessions").asInt()).isEqualTo(1);
        assertThat(first.at("/online").asBoolean()).isTrue();
        assertThat(first.at("/role").asString()).isEqualTo("member");
    }

    @Test
    void theStatusTellsNumbersSpaceAndSettings() {
        olga.say("c1", "hi");
        JsonNode status = ok(olga, "admin.status", "{}");
        assertThat(status.at("/totals/messages").asInt()).isEqualTo(1);
        assertThat(status.at("/totals/accounts").asInt()).isEqualTo(3);
        assertThat(status.at("/sockets").asInt()).isEqualTo(3);
        assertThat(status.at("/database_bytes").asLong()).isPositive();
        assertThat(status.at("/limits").size()).isPositive();
        assertThat(status.has("last_backup_at")).isFalse();
    }

    @Test
    void anOwnerEndsASession() throws Exception {
        JsonNode sessions = ok(olga, "admin.sessions", "{'person':'%s'}", miasId).at("/sessions");
        assertThat(sessions.size()).isEqualTo(1);
        assertThat(sessions.at("/0/person/name").asString()).isEqualTo("Mia");
        ok(olga, "admin.end_session", "{'id':'%s'}", sessions.at("/0/id").asString());
        assertThat(mia.next("session.ended").at("/reason").asString()).isEqualTo("revoked");
        assertThat(isIn(miasCookie)).isFalse();
        assertThat(ok(mod, "audit", "{}").at("/entries/0/action").asString())
                .isEqualTo("session_ended");
    }

    @Test
    void anOwnerArchivesARoomOfSomebodyElse() {
        String room =
                ok(mia, "room.create", "{'kind':'private','name':'Plans'}")
                        .at("/room/id")
                        .asString();
        JsonNode listed = ok(olga, "admin.rooms", "{}").at("/rooms");
        assertThat(listed.valueStream().map(each -> each.at("/name").asString()))
                .containsExactly("General", "Plans");
        ok(olga, "admin.archive", "{'room':'%s','on':true}", room);
        assertThat(code(mia, "msg.send", "{'room':'%s','cmid':'c1','text':'x'}", room))
                .isEqualTo("room_archived");
        assertThat(code(olga, "admin.archive", "{'room':'general','on':true}"))
                .isEqualTo("not_allowed");
    }

    // ---- deletion

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDeletedPersonLosesTheNameAndOnDemandTheTexts(boolean messages) throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(mia.say("c" + i, "text " + i).has("ok")).isTrue();
        }
        olga.say("o1", "hello");
        ok(mia, "react", "{'room':'general','seq':6,'emoji':'👍','on':true}");
        mod.settle();
        mod.updates();
        JsonNode done = ok(olga, "admin.delete", "{'person':'%s','messages':%s}", miasId, messages);
        assertThat(done.at("/messages").asInt()).isEqualTo(messages ? 5 : 0);
        assertThat(mia.next("session.ended").at("/reason").asString()).isEqualTo("revoked");
        assertThat(isIn(miasCookie)).isFalse();
        assertThat(code(signingIn("Mia", PASSWORD))).isEqualTo("wrong_password");
        JsonNode page = ok(olga, "history", "{'room':'general'}").at("/messages");
        for (int i = 0; i < 5; i++) {
            assertThat(page.at("/" + i + "/sender/name").asString()).isEqualTo("Deleted person");
            assertThat(page.at("/" + i + "/text").asString())
                    .isEqualTo(messages ? "" : "text " + i);
        }
        assertThat(page.at("/5").has("reactions")).isFalse();
        assertThat(names(ok(olga, "admin.people", "{}"))).containsExactly("Mo", "Olga");
        // Those who look at the room are told, message by message.
        mod.settle();
        var told = mod.updates().stream().filter(each -> each.event().equals("ev")).toList();
        assertThat(told).hasSize(messages ? 6 : 1);
        assertThat(told.getLast().node().at("/kind").asString()).isEqualTo("react");
    }

    @Test
    void anOwnerCannotDeleteHerselfAndNobodyTheLastOwner() {
        assertThat(code(olga, "admin.delete", "{'person':'%s','messages':false}", olgasId))
                .isEqualTo("not_allowed");
    }

    // ---- retention

    @Test
    void oldMessagesOfARoomAreRemovedAtNightAndClientsAreTold() throws Exception {
        for (int i = 1; i <= 3; i++) {
            assertThat(mia.say("c" + i, "old " + i).has("ok")).isTrue();
        }
        ok(olga, "room.retention", "{'room':'general','days':2}");
        assertThat(mia.next("kept").at("/days").asInt()).isEqualTo(2);
        clock.advance(Duration.ofDays(1));
        assertThat(mia.say("c4", "new").has("ok")).isTrue();
        clock.advance(Duration.ofDays(1).plusHours(1));
        JsonNode kept = mia.next("kept");
        assertThat(kept.at("/first_seq").asInt()).isEqualTo(4);
        JsonNode page = ok(mia, "history", "{'room':'general'}").at("/messages");
        assertThat(page.size()).isEqualTo(1);
        assertThat(page.at("/0/text").asString()).isEqualTo("new");
        assertThat(ok(mia, "search", "{'q':'old'}").at("/results").size()).isZero();
        JsonNode hello = mia.hello();
        assertThat(hello.at("/kept/general/first_seq").asInt()).isEqualTo(4);
        assertThat(hello.at("/rooms/0/last_seq").asInt()).isEqualTo(4);
        assertThat(olga.hello().at("/rooms/0/unread").asInt())
                .as("what is gone is read")
                .isEqualTo(1);
        assertThat(ok(olga, "audit", "{}").at("/entries/0/detail").asString())
                .isEqualTo("3 messages older than 2 days");
        assertThat(mia.say("c5", "next").at("/seq").asInt()).isEqualTo(5);
    }

    @Test
    void afterAJumpOfTheClockNothingIsRemoved() {
        assertThat(mia.say("c1", "old").has("ok")).isTrue();
        ok(olga, "room.retention", "{'room':'general','days':1}");
        // The housekeeping logs the jump in the round in which it would remove.
        try (CapturedLog log = new CapturedLog()) {
            clock.set(Duration.ofDays(30));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> log.lines().stream().anyMatch(line -> line.contains("was set")));
        }
        mia.settle();
        assertThat(ok(mia, "history", "{'room':'general'}").at("/messages").size()).isEqualTo(1);
    }

    @Test
    void aRetentionHasBounds() {
        assertThat(code(olga, "room.retention", "{'room':'general','days':0}"))
                .isEqualTo("bad_request");
        assertThat(code(olga, "room.retention", "{'room':'none','days':1}"))
                .isEqualTo("room_unknown");
        ok(olga, "room.retention", "{'room':'general','days':30}");
        assertThat(ok(olga, "admin.rooms", "{}").at("/rooms/0/retention_days").asInt())
                .isEqualTo(30);
        ok(olga, "room.retention", "{'room':'general'}");
        assertThat(ok(olga, "admin.rooms", "{}").at("/rooms/0").has("retention_days")).isFalse();
    }
}
