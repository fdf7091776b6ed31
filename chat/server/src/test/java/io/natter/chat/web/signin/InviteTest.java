package io.natter.chat.web.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.web.AccountTest;
import io.natter.chat.web.TestClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InviteTest extends AccountTest {
    @Test
    void theTokenOfTheConsoleMakesOneOwner() throws Exception {
        String secret = server.setupSecret().orElseThrow();
        HttpResponse<String> wrong =
                post(
                        "",
                        "/api/account",
                        "{'name':'Eve','password':'%s','setup':'%s'}",
                        PASSWORD,
                        "x" + secret.substring(1));
        assertThat(code(wrong)).isEqualTo("setup_done");
        assertThat(client(owner("Olga")).hello().at("/you/role").asString()).isEqualTo("owner");
        assertThat(server.setupSecret()).isEmpty();
        HttpResponse<String> late =
                post(
                        "",
                        "/api/account",
                        "{'name':'Eve','password':'%s','setup':'%s'}",
                        PASSWORD,
                        secret);
        assertThat(code(late)).isEqualTo("setup_done");
        assertThat(code(post(signUp("Eve"), "/api/setup", "{'setup':'%s'}", secret)))
                .isEqualTo("setup_done");
    }

    @Test
    void aGuestAndAMemberCanBecomeTheFirstOwnerToo() throws Exception {
        String secret = server.setupSecret().orElseThrow();
        String guest = guest("Gus");
        assertThat(code(post(guest, "/api/setup", "{'setup':'%s'}", secret)))
                .isEqualTo("account_needed");
        String member = signUp("Mia");
        TestClient mia = greet(member);
        assertThat(post(member, "/api/setup", "{'setup':'%s'}", secret).statusCode())
                .isEqualTo(204);
        assertThat(mia.next("place").at("/owned").asBoolean()).isTrue();
        assertThat(mia.hello().at("/you/role").asString()).isEqualTo("owner");
    }

    @Test
    void theOwnerDecidesWhoMayJoin() throws Exception {
        TestClient olga = greet(owner("Olga"));
        String gus = guest("Gus");
        done(olga, "place.set", "{'policy':'accounts'}");
        HttpResponse<String> refused = send(signingIn("{\"name\":\"Late\"}"));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(code(refused)).isEqualTo("guests_refused");
        assertThat(isIn(gus)).as("who is in stays in").isTrue();
        signUp("Mia");
        done(olga, "place.set", "{'policy':'invite'}");
        assertThat(code(post("", "/api/account", "{'name':'Ned','password':'%s'}", PASSWORD)))
                .isEqualTo("invite_needed");
        // The same answer for a name that is taken: without an invite nothing is told.
        assertThat(code(post("", "/api/account", "{'name':'Mia','password':'%s'}", PASSWORD)))
                .isEqualTo("invite_needed");
        entered(signingIn("Mia", PASSWORD));
        HttpResponse<String> nobody = get("natter_session=none", "/api/session");
        assertThat(json(nobody).at("/place/policy").asString()).isEqualTo("invite");
    }

    @Test
    void anInviteLetsInAsManyAsItSaysHoweverManyTryAtOnce() throws Exception {
        TestClient olga = greet(owner("Olga"));
        done(olga, "place.set", "{'policy':'invite'}");
        String token = invite(olga, Duration.ofDays(1), 3);
        assertThat(json(post("", "/api/invite", "{'invite':'%s'}", token)).at("/from").asString())
                .isEqualTo("Olga");
        List<HttpResponse<String>> answers =
                IntStream.range(0, 8)
                        .mapToObj(
                                i ->
                                        http.sendAsync(
                                                posting(
                                                                "/api/account",
                                                                "{'name':'New %d','password':'%s','invite':'%s'}",
                                                                i,
                                                                PASSWORD,
                                                                token)
                                                        .build(),
                                                BodyHandlers.ofString()))
                        .toList()
                        .stream()
                        .map(java.util.concurrent.CompletableFuture::join)
                        .toList();
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 200).hasSize(3);
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() != 200)
                .allSatisfy(answer -> assertThat(code(answer)).isEqualTo("invite_unknown"));
        assertThat(done(olga, "invites", "{}").at("/invites")).isEmpty();
    }

    @Test
    void anInviteThatIsOverOrRevokedOrInventedLetsNobodyIn() throws Exception {
        TestClient olga = greet(owner("Olga"));
        done(olga, "place.set", "{'policy':'invite'}");
        String expired = invite(olga, Duration.ofHours(1), 5);
        clock.advance(Duration.ofHours(1));
        String revoked = invite(olga, Duration.ofHours(1), 5);
        String id = done(olga, "invites", "{}").at("/invites/0/id").asString();
        assertThat(done(olga, "invites", "{}").toString()).doesNotContain(revoked);
        done(olga, "invite.revoke", "{'id':'%s'}", id);
        for (String token : List.of(expired, revoked, id, "A".repeat(22), "")) {
            HttpResponse<String> refused =
                    post(
                            "",
                            "/api/account",
                            "{'name':'Ned','password':'%s','invite':'%s'}",
                            PASSWORD,
                            token);
            assertThat(code(refused)).as(token).isEqualTo("invite_unknown");
            assertThat(code(post("", "/api/invite", "{'invite':'%s'}", token)))
                    .isEqualTo("invite_unknown");
        }
    }

    private static String invite(TestClient by, Duration lasts, int uses) {
        return done(by, "invite.create", "{'expires_in_ms':%d,'uses':%d}", lasts.toMillis(), uses)
                .at("/invite/token")
                .asString();
    }
}
