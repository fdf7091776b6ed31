package io.natter.chat.web.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.browser.TestProvider.Attack;
import io.natter.chat.web.TestClient;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// Sign-in at an OpenID Connect provider, over HTTP.
class OpenIdTest extends OpenIdTestCase {
    private static final Map<String, Object> ANA =
            Map.of("sub", "ana-1", "name", "Ana Silva", "email", "ana@example.org");

    @Test
    void aPersonOfTheProviderGetsAnAccountAndComesBackToIt() throws Exception {
        provider.person(ANA);
        Browser ana = new Browser();
        URI there = ana.start("sign_in", ",'path':'/r/general'");
        assertThat(there.getQuery())
                .contains("code_challenge_method=S256", "scope=openid+profile+email")
                .contains("redirect_uri=" + origin() + "/api/openid/callback");
        assertThat(ana.back(provider.signIn(there))).isEqualTo("/r/general");
        assertThat(ana.name()).isEqualTo("Ana Silva");
        JsonNode welcome = greet(ana.session).hello();
        assertThat(welcome.at("/you/account").asBoolean()).isTrue();
        assertThat(ana.methods().at("/identities/0/name").asString()).isEqualTo("ana@example.org");
        assertThat(ana.methods().at("/password").asBoolean()).isFalse();
        // A new name there changes nothing here: the subject is what counts.
        provider.person(Map.of("sub", "ana-1", "name", "Ana Costa"));
        Browser phone = new Browser();
        assertThat(phone.visit("sign_in")).isEqualTo("/");
        assertThat(phone.session).isNotEqualTo(ana.session);
        assertThat(phone.name()).isEqualTo("Ana Silva");
    }

    @ParameterizedTest
    @EnumSource(value = Attack.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void aWrongTokenOpensNothing(Attack attack) throws Exception {
        provider.person(ANA);
        provider.attack(attack);
        Browser ana = new Browser();
        String there = ana.visit("sign_in");
        boolean time = attack == Attack.EXPIRED || attack == Attack.OF_TOMORROW;
        assertThat(ana.problem(there)).contains(time ? "clocks" : "could not be verified");
        assertThat(ana.session).isEmpty();
        provider.attack(Attack.NONE);
        assertThat(ana.visit("sign_in")).isEqualTo("/");
    }

    @Test
    void aSignInEndsOnceInTheBrowserThatBeganIt() throws Exception {
        provider.person(ANA);
        Browser ana = new Browser();
        URI callback = provider.signIn(ana.start("sign_in"));
        Browser eve = new Browser();
        assertThat(eve.problem(eve.back(callback))).contains("begin again");
        assertThat(eve.session).isEmpty();
        assertThat(ana.back(callback)).isEqualTo("/");
        Browser again = new Browser();
        again.step = ana.step;
        assertThat(again.problem(again.back(callback))).contains("begin again");
        assertThat(again.session).isEmpty();
        URI forged = URI.create(origin() + "/api/openid/callback?code=x&state=" + "A".repeat(22));
        assertThat(ana.problem(ana.back(forged))).contains("begin again");
        URI late = provider.signIn(again.start("sign_in"));
        clock.advance(Duration.ofMinutes(15));
        assertThat(again.problem(again.back(late))).contains("begin again");
    }

    @Test
    void aCodeOfAnotherSignInIsRefused() throws Exception {
        provider.person(ANA);
        Browser ana = new Browser();
        URI victim = provider.signIn(ana.start("sign_in"));
        Browser eve = new Browser();
        URI own = provider.signIn(eve.start("sign_in"));
        // PKCE: the code belongs to the challenge of the other browser.
        String mixed = own.toString().replaceAll("code=[^&]*", "code=" + parameter(victim, "code"));
        assertThat(eve.problem(eve.back(URI.create(mixed)))).contains("did not sign you in");
        assertThat(eve.session).isEmpty();
    }

    private static String parameter(URI uri, String name) {
        return uri.getRawQuery().replaceAll(".*\\b" + name + "=([^&]*).*", "$1");
    }

    @Test
    void anAnswerInTheNameOfAnotherProviderIsRefused() throws Exception {
        Browser ana = new Browser();
        URI callback = provider.signIn(ana.start("sign_in"));
        String mixed =
                callback.toString().replaceAll("iss=[^&]*", "iss=https%3A%2F%2Fevil.example");
        assertThat(ana.problem(ana.back(URI.create(mixed)))).contains("could not be verified");
    }

    @Test
    void aPersonWhoStopsAtTheProviderIsTold() throws Exception {
        Browser ana = new Browser();
        URI there = ana.start("sign_in");
        URI refused =
                URI.create(
                        origin()
                                + "/api/openid/callback?error=access_denied&state="
                                + parameter(there, "state"));
        assertThat(ana.problem(ana.back(refused))).contains("Acme did not sign you in");
    }

    @Test
    void newKeysOfTheProviderAreFetched() throws Exception {
        provider.person(ANA);
        assertThat(new Browser().visit("sign_in")).isEqualTo("/");
        provider.rotate();
        assertThat(new Browser().visit("sign_in")).isEqualTo("/");
    }

    @Test
    void aNameThatIsTakenOrLooksLikeItIsAskedForAgain() throws Exception {
        signUp("Ana");
        for (String name : List.of("Ana", "Аna", "Admin", "")) {
            provider.person(Map.of("sub", "of " + name, "name", name));
            Browser other = new Browser();
            String there = other.visit("sign_in");
            assertThat(other.session).isEmpty();
            JsonNode outcome = other.outcome(there);
            assertThat(outcome.at("/name").asString()).isEqualTo(name);
            assertThat(outcome.at("/problem").asString()).isNotEmpty();
            String step = there.substring(there.indexOf('=') + 1);
            assertThat(code(other.post("/api/openid/name", "{'step':'%s','name':'ANA'}", step)))
                    .isEqualTo("name_taken");
            assertThat(
                            code(
                                    new Browser()
                                            .post(
                                                    "/api/openid/name",
                                                    "{'step':'%s','name':'Eve'}",
                                                    step)))
                    .isEqualTo("step_over");
            String free = "Person " + Integer.toHexString(name.hashCode());
            entered(other.post("/api/openid/name", "{'step':'%s','name':'%s'}", step, free));
            assertThat(other.name()).isEqualTo(free);
            assertThat(code(other.post("/api/openid/name", "{'step':'%s','name':'Eve'}", step)))
                    .isEqualTo("step_over");
        }
    }

    @Test
    void anAccountLinksAndUnlinks() throws Exception {
        provider.person(ANA);
        Browser ana = new Browser(signUp("Ana"));
        clock.advance(Duration.ofMinutes(10));
        assertThat(code(ana.post("/api/openid/start", "{'purpose':'link'}")))
                .isEqualTo("confirm_needed");
        ana.post("/api/confirm", "{'password':'%s'}", PASSWORD);
        assertThat(ana.outcome(ana.visit("link")).at("/done").asString()).isEqualTo("linked");
        Browser phone = new Browser();
        assertThat(phone.visit("sign_in")).isEqualTo("/");
        assertThat(phone.name()).isEqualTo("Ana");
        Browser eve = new Browser(signUp("Eve"));
        assertThat(eve.problem(eve.visit("link"))).contains("Another account");
        String id = ana.methods().at("/identities/0/id").asString();
        assertThat(code(eve.post("/api/identities/remove", "{'id':'%s'}", id)))
                .isEqualTo("method_unknown");
        assertThat(ana.post("/api/identities/remove", "{'id':'%s'}", id).statusCode())
                .isEqualTo(204);
        assertThat(ana.methods().at("/identities")).isEmpty();
    }

    @Test
    void aLinkIsMadeOnlyInTheSessionThatBeganIt() throws Exception {
        provider.person(ANA);
        Browser ana = new Browser(signUp("Ana"));
        URI callback = provider.signIn(ana.start("link"));
        ana.session = signUp("Eve");
        assertThat(ana.problem(ana.back(callback))).contains("begin again");
        assertThat(ana.methods().at("/identities")).isEmpty();
    }

    @Test
    void theOnlyIdentityOfAnAccountWithoutAPasswordStays() throws Exception {
        provider.person(ANA);
        Browser ana = new Browser();
        ana.visit("sign_in");
        String id = ana.methods().at("/identities/0/id").asString();
        assertThat(code(ana.post("/api/identities/remove", "{'id':'%s'}", id)))
                .isEqualTo("last_method");
    }

    @Test
    void anIdentityConfirmsItsPersonOnly() throws Exception {
        provider.person(ANA);
        Browser ana = new Browser();
        ana.visit("sign_in");
        clock.advance(Duration.ofMinutes(10));
        assertThat(ana.methods().at("/confirmed").asBoolean()).isFalse();
        URI there = ana.start("confirm");
        assertThat(there.getQuery()).contains("prompt=login", "max_age=0");
        provider.person(Map.of("sub", "somebody", "name", "X"));
        assertThat(ana.problem(ana.back(provider.signIn(there)))).contains("not linked");
        assertThat(ana.methods().at("/confirmed").asBoolean()).isFalse();
        provider.person(
                Map.of("sub", "ana-1", "auth_time", clock.instant().getEpochSecond() - 3600));
        assertThat(ana.problem(ana.visit("confirm"))).contains("could not be verified");
        provider.person(Map.of("sub", "ana-1", "auth_time", clock.instant().getEpochSecond()));
        assertThat(ana.outcome(ana.visit("confirm")).at("/done").asString()).isEqualTo("confirmed");
        assertThat(ana.methods().at("/confirmed").asBoolean()).isTrue();
    }

    @Test
    void aGuestKeepsPersonAndName() throws Exception {
        provider.person(ANA);
        Browser ana = new Browser(guest("Ani"));
        String id = id(greet(ana.session));
        assertThat(ana.visit("keep")).isEqualTo("/");
        assertThat(ana.name()).isEqualTo("Ani");
        assertThat(id(greet(ana.session))).isEqualTo(id);
    }

    @Test
    void theFirstOwnerMaySignUpHere() throws Exception {
        provider.person(ANA);
        Browser ana = new Browser();
        String setup = ",'setup':'%s'".formatted(server.setupSecret().orElseThrow());
        assertThat(ana.back(provider.signIn(ana.start("sign_in", setup)))).isEqualTo("/");
        assertThat(greet(ana.session).hello().at("/you/role").asString()).isEqualTo("owner");
        Browser eve = new Browser();
        provider.person(Map.of("sub", "eve", "name", "Eve"));
        assertThat(eve.problem(eve.back(provider.signIn(eve.start("sign_in", ",'setup':'no'")))))
                .contains("does not work");
    }

    @Test
    void aPlaceForInvitedPeopleAsksForTheInviteHereToo() throws Exception {
        TestClient owner = greet(owner("Olga"));
        done(owner, "place.set", "{'policy':'invite'}");
        provider.person(ANA);
        Browser ana = new Browser();
        assertThat(ana.problem(ana.visit("sign_in"))).contains("need an invite");
        String token =
                done(owner, "invite.create", "{'expires_in_ms':3600000,'uses':1}")
                        .at("/invite/token")
                        .asString();
        String invite = ",'invite':'%s'".formatted(token);
        assertThat(ana.back(provider.signIn(ana.start("sign_in", invite)))).isEqualTo("/");
    }

    @Test
    void claimsOfTheUserInfoCountForTheSamePersonOnly() throws Exception {
        provider.person(Map.of("sub", "ana-1"));
        provider.userInfo(Map.of("sub", "ana-1", "name", "Ana Info"));
        Browser ana = new Browser();
        assertThat(ana.visit("sign_in")).isEqualTo("/");
        assertThat(ana.name()).isEqualTo("Ana Info");
        provider.person(Map.of("sub", "bob-1"));
        Browser bob = new Browser();
        assertThat(bob.outcome(bob.visit("sign_in")).at("/name").asString()).isEmpty();
    }

    @Test
    void theWayBackStaysInTheChat() throws Exception {
        provider.person(ANA);
        for (String path : List.of("//evil.example", "https://evil.example", "/\\\\evil.example")) {
            Browser ana = new Browser();
            URI there = ana.start("sign_in", ",'path':'%s'".formatted(path));
            assertThat(ana.back(provider.signIn(there))).isEqualTo("/");
        }
    }

    @Test
    void aForeignPageBeginsNothing() throws Exception {
        HttpResponse<String> refused =
                send(
                        posting("/api/openid/start", "{'purpose':'sign_in'}")
                                .header("Origin", "http://evil.example"));
        assertThat(code(refused)).isEqualTo("foreign_origin");
    }

    @Test
    void aBannedPersonStaysOut() throws Exception {
        provider.person(ANA);
        Browser ana = new Browser();
        ana.visit("sign_in");
        String id = id(greet(ana.session));
        done(greet(owner("Olga")), "mod.ban", "{'person':'%s','reason':'spam'}", id);
        Browser again = new Browser();
        assertThat(again.problem(again.visit("sign_in"))).contains("banned", "spam");
    }
}
