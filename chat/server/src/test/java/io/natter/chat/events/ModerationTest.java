package io.natter.chat.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.web.AccountTest;
import io.natter.chat.web.TestClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// An owner, a moderator and a member: who may do what to whom.
class ModerationTest extends AccountTest {
    private static final String DEVICE = "0123456789abcdef";

    private TestClient olga; // the owner; all set before each test
    private TestClient mod;
    private TestClient mia; // a member
    private String miasCookie = "";
    private String olgasId = "";
    private String modsId = "";
    private String miasId = "";
    private String room = "none";

    @BeforeEach
    void people() throws Exception {
        olga = greet(owner("Olga"));
        mod = greet(signUp("Mo"));
        miasCookie = signUp("Mia");
        mia = greet(miasCookie);
        olgasId = id(olga);
        modsId = id(mod);
        miasId = id(mia);
        done(olga, "role.set", "{'person':'%s','role':'moderator'}", modsId);
    }

    private static final List<String> NOT_FOR_MEMBERS =
            List.of(
                    "role.set; {'person':'ME','role':'owner'}",
                    "role.set; {'person':'MO','role':'member'}",
                    "place.set; {'policy':'invite'}",
                    "invite.create; {'expires_in_ms':3600000,'uses':1}",
                    "invite.revoke; {'id':'x'}",
                    "invites; {}",
                    "bans; {}",
                    "audit; {}",
                    "mod.kick; {'person':'MO'}",
                    "mod.kick; {'person':'OLGA'}",
                    "mod.ban; {'person':'MO'}",
                    "mod.unban; {'person':'MO'}",
                    "mod.mute; {'person':'MO','for_ms':1000}",
                    "mod.mute; {'person':'ME','for_ms':0}",
                    "mod.slow; {'room':'general','ms':0}");

    @Test
    void neitherMemberNorGuestDoesWhatTheirRoleForbids() throws Exception {
        TestClient gus = greeted("Gus");
        for (TestClient client : List.of(mia, gus)) {
            for (String request : NOT_FOR_MEMBERS) {
                clock.advance(Duration.ofSeconds(1)); // for the rate limit
                assertThat(code(ask(client, request))).as(request).isEqualTo("forbidden");
            }
        }
        assertThat(mod.hello().at("/you/role").asString()).isEqualTo("moderator");
        assertThat(mia.hello().at("/place/policy").asString()).isEqualTo("open");
    }

    private static final List<String> NOT_FOR_MODERATORS =
            List.of(
                    "role.set; {'person':'MO','role':'owner'}",
                    "role.set; {'person':'MIA','role':'moderator'}",
                    "place.set; {'policy':'invite'}",
                    "mod.kick; {'person':'OLGA'}",
                    "mod.ban; {'person':'OLGA'}",
                    "mod.mute; {'person':'OLGA','for_ms':1000}",
                    "mod.ban; {'person':'MO'}");

    @Test
    void aModeratorReachesNeitherHerselfNorThoseAbove() {
        for (String request : NOT_FOR_MODERATORS) {
            assertThat(code(ask(mod, request))).as(request).isEqualTo("forbidden");
        }
    }

    @Test
    void aModeratorWhoLostTheRoleDoesNothingMoreWithTheOldSocket() {
        done(olga, "role.set", "{'person':'%s','role':'member'}", modsId);
        assertThat(code(ask(mod, "mod.kick", "{'person':'%s'}", miasId))).isEqualTo("forbidden");
        assertThat(code(ask(mod, "audit", "{}"))).isEqualTo("forbidden");
    }

    @Test
    void thePlaceKeepsAnOwnerAndGuestsGetNoRole() throws Exception {
        assertThat(code(ask(olga, "role.set", "{'person':'%s','role':'member'}", olgasId)))
                .isEqualTo("last_owner");
        String gus = id(greeted("Gus"));
        assertThat(code(ask(olga, "role.set", "{'person':'%s','role':'moderator'}", gus)))
                .isEqualTo("account_needed");
        done(olga, "role.set", "{'person':'%s','role':'owner'}", modsId);
        done(olga, "role.set", "{'person':'%s','role':'member'}", olgasId);
        assertThat(code(ask(olga, "audit", "{}"))).isEqualTo("forbidden");
    }

    @Test
    void aKickedPersonIsOutWithTheReasonAndMayComeBack() throws Exception {
        done(mod, "mod.kick", "{'person':'%s','reason':'too loud'}", miasId);
        JsonNode ended = mia.next("session.ended");
        assertThat(ended.at("/reason").asString()).isEqualTo("kicked");
        assertThat(ended.at("/detail").asString()).isEqualTo("too loud");
        mia.next("disconnect");
        assertThat(isIn(miasCookie)).isFalse();
        assertThat(client(miasCookie).next("connect_error").toString()).contains("no_session");
        entered(signingIn("Mia", PASSWORD));
    }

    @Test
    void aBannedAccountComesBackNeitherBySessionNorByPassword() throws Exception {
        done(mod, "mod.ban", "{'person':'%s','reason':'spam'}", miasId);
        mia.next("disconnect");
        assertThat(isIn(miasCookie)).isFalse();
        HttpResponse<String> refused = signingIn("Mia", PASSWORD);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(code(refused)).isEqualTo("banned");
        assertThat(json(refused).at("/err/message").asString()).contains("spam");
        assertThat(code(signingIn("Mia", "not the password"))).isEqualTo("wrong_password");
        assertThat(done(mod, "members", "{'room':'general'}").toString()).doesNotContain(miasId);
        assertThat(done(mod, "bans", "{}").at("/people/0/person/name").asString()).isEqualTo("Mia");
        done(mod, "mod.unban", "{'person':'%s'}", miasId);
        entered(signingIn("Mia", PASSWORD));
    }

    @Test
    void aBannedGuestComesBackUnderNoNameWithTheSameBrowser() throws Exception {
        String guest = "{'name':'%s','device':'" + DEVICE + "'}";
        String cookie = entered(post("", "/api/session", guest, "Gus"));
        TestClient gus = greet(cookie);
        done(mod, "mod.ban", "{'person':'%s','for_ms':3600000}", id(gus));
        gus.next("disconnect");
        assertThat(code(post("", "/api/session", guest, "Gus"))).isEqualTo("banned");
        assertThat(code(post("", "/api/session", guest, "Other"))).isEqualTo("banned");
        HttpResponse<String> signUp =
                post(
                        "",
                        "/api/account",
                        "{'name':'Other','password':'%s','device':'%s'}",
                        PASSWORD,
                        DEVICE);
        assertThat(code(signUp)).isEqualTo("banned");
        clock.advance(Duration.ofHours(1));
        entered(post("", "/api/session", guest, "Other"));
    }

    private static final List<String> NOT_FOR_THE_MUTED =
            List.of(
                    "msg.send; {'room':'general','cmid':'m','text':'x'}",
                    "msg.edit; {'room':'general','seq':1,'base_ver':1,'text':'x'}",
                    "react; {'room':'general','seq':1,'emoji':'👍','on':true}",
                    "pin; {'room':'general','seq':1,'on':true}",
                    "room.create; {'kind':'public','name':'Loud'}",
                    "room.create; {'kind':'direct','people':['MO']}",
                    "room.set; {'room':'ROOM','topic':'x'}",
                    "room.invite; {'room':'ROOM','people':['MO']}",
                    "me.set; {'status':'x'}");

    @Test
    void aMutedPersonWritesNothingUntilTheTimeIsOver() {
        send(mia, "general", "before");
        room = create(mia, "private", "Quiet");
        done(mod, "mod.mute", "{'person':'%s','for_ms':60000}", miasId);
        for (String request : NOT_FOR_THE_MUTED) {
            JsonNode refused = ask(mia, request);
            assertThat(code(refused)).as(request).isEqualTo("muted");
            assertThat(refused.at("/err/retry_after_ms").asLong()).isEqualTo(60_000);
        }
        clock.advance(Duration.ofMinutes(1));
        for (String request : NOT_FOR_THE_MUTED) {
            assertThat(ask(mia, request).has("ok")).as(request).isTrue();
        }
    }

    @Test
    void aMutedPersonReadsAndDeletesAndIsLetGoEarlier() throws Exception {
        long seq = send(mia, "general", "before");
        done(mod, "mod.mute", "{'person':'%s','for_ms':60000}", miasId);
        assertThat(done(mod, "members", "{'room':'general'}").toString()).contains("muted_until");
        done(mia, "history", "{'room':'general'}");
        done(mia, "msg.del", "{'room':'general','seq':%d}", seq);
        mod.settle();
        mia.tell("typing", json("{'room':'general'}"));
        mia.settle();
        mod.settle();
        assertThat(mod.has("typing")).isFalse();
        done(mod, "mod.mute", "{'person':'%s','for_ms':0}", miasId);
        send(mia, "general", "after");
    }

    @Test
    void aMutedGuestIsMutedUnderTheNextNameToo() throws Exception {
        String guest = "{'name':'%s','device':'" + DEVICE + "'}";
        String cookie = entered(post("", "/api/session", guest, "Gus"));
        TestClient gus = greet(cookie);
        done(mod, "mod.mute", "{'person':'%s','for_ms':60000}", id(gus));
        TestClient again = greet(entered(post("", "/api/session", guest, "Gustav")));
        JsonNode refused = ask(again, "msg.send", "{'room':'general','cmid':'m','text':'x'}");
        assertThat(code(refused)).isEqualTo("muted");
    }

    @Test
    void slowModeLetsMembersWaitAndModeratorsNot() throws Exception {
        done(mod, "mod.slow", "{'room':'general','ms':30000}");
        assertThat(mia.next("me.ev").at("/head/slow_ms").asLong()).isEqualTo(30_000);
        send(mia, "general", "one");
        clock.advance(Duration.ofSeconds(10));
        JsonNode refused = ask(mia, "msg.send", "{'room':'general','cmid':'two','text':'two'}");
        assertThat(code(refused)).isEqualTo("slow_mode");
        assertThat(refused.at("/err/retry_after_ms").asLong()).isEqualTo(20_000);
        assertThat(refused.at("/err/permanent").asBoolean()).isFalse();
        send(mod, "general", "three");
        send(mod, "general", "four");
        clock.advance(Duration.ofSeconds(20));
        done(mia, "msg.send", "{'room':'general','cmid':'two','text':'two'}");
        done(mod, "mod.slow", "{'room':'general','ms':0}");
        send(mia, "general", "five");
    }

    @Test
    void moderatorsAndCreatorsTakePeopleOutOfARoom() throws Exception {
        String room = create(mia, "private", "Orchard", modsId);
        String gus = id(greeted("Gus"));
        done(mia, "room.invite", "{'room':'%s','people':['%s']}", room, gus);
        assertThat(code(ask(mia, "mod.kick", "{'person':'%s','room':'%s'}", modsId, room)))
                .isEqualTo("forbidden");
        assertThat(code(ask(olga, "mod.kick", "{'person':'%s','room':'%s'}", gus, room)))
                .isEqualTo("room_unknown");
        done(mia, "mod.kick", "{'person':'%s','room':'%s'}", gus, room);
        done(mod, "mod.kick", "{'person':'%s','room':'%s'}", miasId, room);
        assertThat(code(ask(mia, "history", "{'room':'%s'}", room))).isEqualTo("room_unknown");
        assertThat(code(ask(mod, "mod.kick", "{'person':'%s','room':'general'}", miasId)))
                .isEqualTo("not_allowed");
    }

    @Test
    void aModeratorDeletesWhatThoseBelowWrote() {
        long mias = send(mia, "general", "spam");
        long olgas = send(olga, "general", "news");
        done(mod, "msg.del", "{'room':'general','seq':%d}", mias);
        assertThat(code(ask(mod, "msg.del", "{'room':'general','seq':%d}", olgas)))
                .isEqualTo("not_yours");
        assertThat(code(ask(mia, "msg.del", "{'room':'general','seq':%d}", olgas)))
                .isEqualTo("not_yours");
    }

    @Test
    void theAuditLogTellsWhoDidWhatAndNoSecret() throws Exception {
        signingIn("Mia", "a wrong password");
        done(mod, "mod.kick", "{'person':'%s','reason':'too loud'}", miasId);
        mod.settle();
        JsonNode page = done(olga, "audit", "{'limit':3}");
        assertThat(page.at("/entries/0/action").asString()).isEqualTo("kick");
        assertThat(page.at("/entries/0/actor_name").asString()).isEqualTo("Mo");
        assertThat(page.at("/entries/0/target_name").asString()).isEqualTo("Mia");
        assertThat(page.at("/entries/0/detail").asString()).isEqualTo("too loud");
        assertThat(page.at("/entries/1/action").asString()).isEqualTo("sign_in_failed");
        assertThat(page.at("/more").asBoolean()).isTrue();
        JsonNode older = done(olga, "audit", "{'before':%d}", page.at("/entries/2/id").asLong());
        assertThat(older.at("/entries").findValuesAsString("action"))
                .containsExactly("sign_up", "sign_up", "set_up");
        assertThat(page.toString() + older).doesNotContain("plum", "a wrong password", "argon2");
    }

    /// Asks what is written as `EVENT; REQUEST`, with short names for the people.
    private JsonNode ask(TestClient client, String written) {
        int at = written.indexOf("; ");
        String me = client.equals(mia) || !written.contains("ME") ? miasId : id(client);
        return ask(
                client,
                written.substring(0, at),
                written.substring(at + 2)
                        .replace("ME", me)
                        .replace("MIA", miasId)
                        .replace("MO", modsId)
                        .replace("OLGA", olgasId)
                        .replace("ROOM", room));
    }
}
