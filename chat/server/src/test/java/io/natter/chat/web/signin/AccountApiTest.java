package io.natter.chat.web.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.web.AccountTest;
import io.natter.chat.web.TestClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AccountApiTest extends AccountTest {
    @Test
    void anAccountSignsInWithItsPasswordOnEveryDevice() throws Exception {
        String first = signUp("Ann");
        String second = entered(signingIn("ANN", PASSWORD));
        assertThat(second).isNotEqualTo(first);
        assertThat(json(get(second, "/api/session"))).isEqualTo(json(get(first, "/api/session")));
        JsonNode welcome = client(second).hello();
        assertThat(welcome.at("/you/role").asString()).isEqualTo("member");
        assertThat(welcome.at("/you/account").asBoolean()).isTrue();
    }

    @Test
    void theLanguageOfAnAccountIsTheSameOnEveryDevice() throws Exception {
        TestClient ann = greet(signUp("Ann"));
        assertThat(ann.hello().has("language")).as("no choice yet").isFalse();
        done(ann, "me.language", "{'language':'de'}");
        TestClient second = greet(entered(signingIn("Ann", PASSWORD)));
        assertThat(second.hello().at("/language").asString()).isEqualTo("de");
        done(second, "me.language", "{'language':''}");
        assertThat(ann.hello().at("/language").asString("none")).isEmpty();
        for (String tag : List.of("<b>", "DE", "de-", "a".repeat(40))) {
            assertThat(code(ask(ann, "me.language", "{'language':'%s'}", tag)))
                    .isEqualTo("bad_request");
        }
        assertThat(code(ask(ann, "me.language", "{}"))).isEqualTo("bad_request");
        TestClient guest = greet(guest("Guy"));
        assertThat(code(ask(guest, "me.language", "{'language':'de'}")))
                .isEqualTo("account_needed");
        assertThat(guest.hello().has("language")).isFalse();
    }

    @Test
    void aGuestKeepsPersonAndMessagesWhenSheSetsAPassword() throws Exception {
        String guest = guest("Ann");
        TestClient ann = greet(guest);
        String id = id(ann);
        send(ann, "general", "before");
        HttpResponse<String> claimed = post(guest, "/api/account", "{'password':'%s'}", PASSWORD);
        String account = entered(claimed);
        assertThat(json(claimed).at("/me/id").asString()).isEqualTo(id);
        assertThat(ann.next("session.ended").at("/reason").asString()).isEqualTo("replaced");
        ann.next("disconnect");
        JsonNode history = done(greet(account), "history", "{'room':'general'}");
        assertThat(history.at("/messages/0/sender/id").asString()).isEqualTo(id);
        assertThat(entered(signingIn("Ann", PASSWORD))).isNotEmpty();
        HttpResponse<String> again = post(account, "/api/account", "{'password':'%s'}", PASSWORD);
        assertThat(code(again)).isEqualTo("account_exists");
    }

    @Test
    void nobodyElseGetsTheNameOfAnAccount() throws Exception {
        String ann = signUp("Ann");
        send(delete("/api/session").header("Cookie", ann));
        assertThat(code(send(signingIn("{\"name\":\"aNN\"}")))).isEqualTo("name_taken");
        HttpResponse<String> other =
                post("", "/api/account", "{'name':'Ann','password':'other plum tree'}");
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(code(other)).isEqualTo("name_taken");
    }

    @Test
    void aNameThatLooksLikeAnotherIsRefused() throws Exception {
        signUp("Ada");
        for (String lookAlike : List.of("Аda", "ΑDA", "Adа", "𝐀da", "A d a", "ada")) {
            HttpResponse<String> refused = send(signingIn("{\"name\":\"" + lookAlike + "\"}"));
            assertThat(code(refused)).as(lookAlike).isEqualTo("name_taken");
        }
        guest("Ida");
    }

    @Test
    void aWeakPasswordIsExplained() throws Exception {
        Map<String, String> weak =
                Map.of(
                        "ninechars",
                        "password_too_short",
                        "password123",
                        "password_common",
                        "aaaaaaaaaaaaaaa",
                        "password_common",
                        "AnnAnnAnnAnn",
                        "password_common",
                        "x1yz".repeat(33),
                        "password_too_long",
                        "x1yz".repeat(300),
                        "password_too_long");
        for (Map.Entry<String, String> each : weak.entrySet()) {
            HttpResponse<String> answer =
                    post("", "/api/account", "{'name':'Ann','password':'%s'}", each.getKey());
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(code(answer)).isEqualTo(each.getValue());
        }
    }

    @Test
    void theAnswerDoesNotTellWhetherANameHasAnAccount() throws Exception {
        signUp("Ann");
        guest("Bob");
        HttpResponse<String> account = signingIn("Ann", "some wrong words");
        HttpResponse<String> guest = signingIn("Bob", "some wrong words");
        HttpResponse<String> nobody = signingIn("Carl", "some wrong words");
        assertThat(account.statusCode()).isEqualTo(403);
        assertThat(guest.statusCode()).isEqualTo(403);
        assertThat(nobody.statusCode()).isEqualTo(403);
        assertThat(account.body()).isEqualTo(nobody.body()).isEqualTo(guest.body());
        assertThat(code(nobody)).isEqualTo("wrong_password");
    }

    @Test
    void afterFiveWrongPasswordsEvenTheRightOneWaitsAQuarterOfAnHour() throws Exception {
        signUp("Ann");
        for (int i = 0; i < 5; i++) {
            assertThat(code(signingIn("Ann", "wrong words " + i))).isEqualTo("wrong_password");
        }
        HttpResponse<String> refused = signingIn("Ann", PASSWORD);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(json(refused).at("/err/retry_after_ms").asLong()).isBetween(1L, 900_000L);
        assertThat(code(signingIn("Nobody", "wrong words"))).isEqualTo("wrong_password");
        clock.advance(Duration.ofMinutes(15));
        entered(signingIn("Ann", PASSWORD));
    }

    @Test
    void aSessionThatSomebodyElseMayKnowDiesWithTheSignIn() throws Exception {
        signUp("Ann");
        String planted = guest("Mallory");
        HttpResponse<String> in =
                post(planted, "/api/login", "{'name':'Ann','password':'%s'}", PASSWORD);
        assertThat(entered(in)).isNotEqualTo(planted);
        assertThat(isIn(planted)).isFalse();
        String invented = "natter_session=" + "A".repeat(43);
        assertThat(
                        entered(
                                post(
                                        invented,
                                        "/api/login",
                                        "{'name':'Ann','password':'%s'}",
                                        PASSWORD)))
                .isNotEqualTo(invented);
        assertThat(isIn(invented)).isFalse();
    }

    @Test
    void aNewPasswordEndsAllOtherSessions() throws Exception {
        String phone = signUp("Ann");
        TestClient there = greet(phone);
        String laptop = entered(signingIn("Ann", PASSWORD));
        HttpResponse<String> wrong =
                post(
                        laptop,
                        "/api/password",
                        "{'old_password':'not this one','password':'two new words'}");
        assertThat(code(wrong)).isEqualTo("wrong_password");
        HttpResponse<String> changed =
                post(
                        laptop,
                        "/api/password",
                        "{'old_password':'%s','password':'two new words'}",
                        PASSWORD);
        String fresh = entered(changed);
        there.next("disconnect");
        assertThat(isIn(phone)).isFalse();
        assertThat(isIn(laptop)).isFalse();
        assertThat(isIn(fresh)).isTrue();
        assertThat(code(signingIn("Ann", PASSWORD))).isEqualTo("wrong_password");
        entered(signingIn("Ann", "two new words"));
    }

    @Test
    void aRevokedSessionIsCutOffAtOnceAndWritesNothingMore() throws Exception {
        String phone = signUp("Ann");
        TestClient there = greet(phone);
        String laptop = entered(signingIn("Ann", PASSWORD));
        JsonNode sessions = json(get(laptop, "/api/sessions")).at("/sessions");
        assertThat(sessions).hasSize(2);
        assertThat(sessions.get(0).at("/current").asBoolean()).isTrue();
        assertThat(sessions.get(1).at("/current").asBoolean()).isFalse();
        String id = sessions.get(1).at("/id").asString();
        assertThat(phone).doesNotContain(id);
        assertThat(post(laptop, "/api/sessions/revoke", "{'id':'%s'}", id).statusCode())
                .isEqualTo(204);
        assertThat(there.next("session.ended").at("/reason").asString()).isEqualTo("revoked");
        there.next("disconnect");
        there.tell("msg.send", json("{'room':'general','cmid':'late','text':'late'}"));
        assertThat(isIn(phone)).isFalse();
        assertThat(client(phone).next("connect_error").toString()).contains("no_session");
        TestClient here = greet(laptop);
        assertThat(done(here, "history", "{'room':'general'}").at("/messages")).isEmpty();
    }

    @Test
    void theSessionsOfOthersCannotBeRevoked() throws Exception {
        String ann = signUp("Ann");
        String id = json(get(ann, "/api/sessions")).at("/sessions/0/id").asString();
        HttpResponse<String> refused =
                post(signUp("Eve"), "/api/sessions/revoke", "{'id':'%s'}", id);
        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(code(refused)).isEqualTo("session_unknown");
        assertThat(code(post("", "/api/sessions/revoke", "{'id':'%s'}", id)))
                .isEqualTo("no_session");
        assertThat(isIn(ann)).isTrue();
    }

    @Test
    void aForeignPageChangesNothing() throws Exception {
        String ann = signUp("Ann");
        for (String path :
                List.of(
                        "/api/account",
                        "/api/login",
                        "/api/password",
                        "/api/sessions/revoke",
                        "/api/setup",
                        "/api/invite")) {
            String body =
                    "{'name':'Ann','old_password':'"
                            + PASSWORD
                            + "','password':'"
                            + PASSWORD
                            + "'}";
            for (String origin : List.of("http://evil.example", "null", "http://127.0.0.1:1")) {
                HttpResponse<String> refused =
                        send(posting(path, body).header("Cookie", ann).header("Origin", origin));
                assertThat(refused.statusCode()).isEqualTo(403);
                assertThat(code(refused)).isEqualTo("foreign_origin");
            }
            HttpResponse<String> site =
                    send(
                            posting(path, body)
                                    .header("Cookie", ann)
                                    .header("Sec-Fetch-Site", "cross-site"));
            assertThat(code(site)).isEqualTo("foreign_origin");
            HttpResponse<String> form =
                    send(
                            HttpRequest.newBuilder(uri(path))
                                    .header("Content-Type", "text/plain")
                                    .header("Cookie", ann)
                                    .POST(BodyPublishers.ofString(json(body))));
            assertThat(form.statusCode()).isEqualTo(400);
        }
        assertThat(isIn(ann)).isTrue();
    }

    @Test
    void aProfileIsShownToEverybodyAndItsNewNameIsSentWithMessages() throws Exception {
        TestClient ann = greet(signUp("Ann"));
        TestClient bob = greeted("Bob");
        JsonNode set = done(ann, "me.set", "{'name':'Anna','status':'in the garden'}");
        assertThat(set.at("/person/name").asString()).isEqualTo("Anna");
        JsonNode seen = bob.next("person");
        assertThat(seen.at("/name").asString()).isEqualTo("Anna");
        assertThat(seen.at("/status").asString()).isEqualTo("in the garden");
        send(ann, "general", "hello");
        assertThat(bob.next("ev").at("/m/sender/name").asString()).isEqualTo("Anna");
        JsonNode members = done(bob, "members", "{'room':'general'}").at("/people");
        assertThat(members.toString()).contains("Anna", "in the garden", "\"role\":\"guest\"");
        // The name of the sign-up stays the account's.
        assertThat(code(send(signingIn("{\"name\":\"Ann\"}")))).isEqualTo("name_taken");
        entered(signingIn("Ann", PASSWORD));
        entered(signingIn("Anna", PASSWORD));
        assertThat(code(ask(bob, "me.set", "{'name':'Аnna'}"))).isEqualTo("name_taken");
        assertThat(code(ask(bob, "me.set", "{'name':'Admin'}"))).isEqualTo("name_reserved");
    }

    @Test
    void aFloodOfSignInsIsAnsweredThatTheServerIsBusyAndTheChatGoesOn() throws Exception {
        TestClient bob = greeted("Bob");
        var answers =
                IntStream.range(0, 120)
                        .mapToObj(
                                i ->
                                        http.sendAsync(
                                                posting(
                                                                "/api/login",
                                                                "{'name':'User %d','password':'x'}",
                                                                i)
                                                        .build(),
                                                HttpResponse.BodyHandlers.ofString()))
                        .toList();
        assertThat(send(bob, "general", "still here")).isEqualTo(1);
        var codes = answers.stream().map(answer -> code(answer.join())).toList();
        assertThat(codes).containsOnly("wrong_password", "busy").contains("busy");
    }

    private HttpRequest.Builder delete(String path) {
        return HttpRequest.newBuilder(uri(path)).header("X-Natter", "1").DELETE();
    }
}
