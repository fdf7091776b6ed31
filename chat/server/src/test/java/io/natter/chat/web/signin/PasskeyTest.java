package io.natter.chat.web.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.web.AccountTest;
import io.natter.chat.web.CommandRun;
import io.natter.chat.web.TestClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Passkeys over HTTP, with an authenticator in this program.
class PasskeyTest extends AccountTest {
    private String page = ""; // the address of the page
    private SoftPasskey passkey = new SoftPasskey("");

    @BeforeEach
    void openPage() {
        page = "http://localhost:" + server.port();
        passkey = new SoftPasskey(page);
    }

    /// A browser: it keeps both cookies.
    private final class Browser {
        private String session = "";
        private String step = "";

        Browser(String session) {
            this.session = session;
        }

        HttpResponse<String> post(String path, String body) throws Exception {
            HttpRequest.Builder request = posting(path, "%s", body).header("Origin", page);
            String cookies = session.isEmpty() ? step : session + "; " + step;
            HttpResponse<String> answer =
                    send(cookies.isEmpty() ? request : request.header("Cookie", cookies));
            String set = cookie(answer);
            if (set.startsWith("natter_session=")) {
                session = set;
            } else if (!set.isEmpty()) {
                step = set;
            }
            return answer;
        }

        JsonNode begin(String purpose) throws Exception {
            return begin(purpose, "");
        }

        JsonNode begin(String purpose, String name) throws Exception {
            HttpResponse<String> answer =
                    post(
                            "/api/passkeys/options",
                            "{\"purpose\":\"%s\"%s}"
                                    .formatted(
                                            purpose,
                                            name.isEmpty() ? "" : ",\"name\":\"" + name + "\""));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return json(answer);
        }

        HttpResponse<String> end(String path, JsonNode begun, String credential) throws Exception {
            return post(
                    "/api/passkeys/" + path,
                    "{\"step\":\"%s\",\"credential\":%s,\"name\":\"My key\"}"
                            .formatted(begun.at("/step").asString(), credential));
        }

        HttpResponse<String> add() throws Exception {
            JsonNode begun = begin("add");
            return end("add", begun, passkey.make(begun.at("/options")));
        }

        HttpResponse<String> signIn() throws Exception {
            JsonNode begun = begin("sign_in");
            return end("sign-in", begun, passkey.sign(begun.at("/options")));
        }

        JsonNode methods() throws Exception {
            return json(get(session, "/api/methods"));
        }
    }

    private Browser withPasskey(String name) throws Exception {
        Browser browser = new Browser(signUp(name));
        HttpResponse<String> added = browser.add();
        assertThat(added.statusCode()).as(added.body()).isEqualTo(204);
        return browser;
    }

    @Test
    void anAccountAddsAPasskeyAndSignsInWithItElsewhere() throws Exception {
        Browser ann = withPasskey("Ann");
        JsonNode added = ann.methods().at("/passkeys/0");
        assertThat(added.at("/name").asString()).isEqualTo("My key");
        assertThat(added.at("/created_at").asLong()).isEqualTo(clock.millis());
        assertThat(added.has("used_at")).isFalse();
        clock.advance(Duration.ofHours(1));
        Browser phone = new Browser("");
        HttpResponse<String> in = phone.signIn();
        assertThat(entered(in)).isNotEqualTo(ann.session);
        assertThat(json(in).at("/me/name").asString()).isEqualTo("Ann");
        assertThat(ann.methods().at("/passkeys/0/used_at").asLong()).isEqualTo(clock.millis());
    }

    @Test
    void aPersonSignsUpWithAPasskeyAndHasNoPassword() throws Exception {
        Browser ann = new Browser("");
        JsonNode begun = ann.begin("sign_up", "Ann");
        assertThat(begun.at("/options/user/name").asString()).isEqualTo("Ann");
        entered(ann.end("sign-up", begun, passkey.make(begun.at("/options"))));
        assertThat(ann.methods().at("/password").asBoolean()).isFalse();
        assertThat(greet(ann.session).hello().at("/you/account").asBoolean()).isTrue();
        entered(new Browser("").signIn());
        HttpResponse<String> refused = signingIn("Ann", PASSWORD);
        assertThat(refused.body()).isEqualTo(signingIn("Nobody", PASSWORD).body());
        assertThat(code(send(signingIn("{\"name\":\"Ann\"}")))).isEqualTo("name_taken");
    }

    @Test
    void aGuestKeepsThePersonWithAPasskey() throws Exception {
        Browser ann = new Browser(guest("Ann"));
        String id = id(greet(ann.session));
        JsonNode begun = ann.begin("sign_up");
        assertThat(begun.at("/options/user/id").asString()).isEqualTo(id);
        HttpResponse<String> made = ann.end("sign-up", begun, passkey.make(begun.at("/options")));
        entered(made);
        assertThat(json(made).at("/me/id").asString()).isEqualTo(id);
        assertThat(json(new Browser("").signIn()).at("/me/id").asString()).isEqualTo(id);
    }

    @Test
    void aPersonWithoutAPasswordSetsOneAfterSigningIn() throws Exception {
        Browser ann = new Browser("");
        JsonNode begun = ann.begin("sign_up", "Ann");
        entered(ann.end("sign-up", begun, passkey.make(begun.at("/options"))));
        clock.advance(Duration.ofMinutes(10));
        String set = "{\"password\":\"%s\"}".formatted(PASSWORD);
        assertThat(code(ann.post("/api/password", set))).isEqualTo("confirm_needed");
        entered(ann.signIn());
        entered(ann.post("/api/password", set));
        entered(signingIn("Ann", PASSWORD));
        // Now there is one, and it is asked for.
        assertThat(code(ann.post("/api/password", set))).isEqualTo("wrong_password");
    }

    @Test
    void aChallengeCountsOnceForFiveMinutesAndInOneBrowser() throws Exception {
        Browser ann = withPasskey("Ann");
        Browser phone = new Browser("");
        JsonNode begun = phone.begin("sign_in");
        String signed = passkey.sign(begun.at("/options"));
        assertThat(code(ann.end("sign-in", begun, signed))).isEqualTo("step_over");
        assertThat(code(new Browser("").end("sign-in", begun, signed))).isEqualTo("step_over");
        entered(phone.end("sign-in", begun, signed));
        assertThat(code(phone.end("sign-in", begun, signed))).isEqualTo("step_over");
        JsonNode late = phone.begin("sign_in");
        clock.advance(Duration.ofMinutes(5));
        assertThat(code(phone.end("sign-in", late, passkey.sign(late.at("/options")))))
                .isEqualTo("step_over");
        JsonNode other = phone.begin("confirm");
        assertThat(code(phone.end("sign-in", other, passkey.sign(other.at("/options")))))
                .isEqualTo("step_over");
    }

    @Test
    void aChallengeToAddAPasskeyBelongsToItsSession() throws Exception {
        Browser ann = new Browser(signUp("Ann"));
        JsonNode begun = ann.begin("add");
        ann.session = signUp("Eve");
        assertThat(code(ann.end("add", begun, passkey.make(begun.at("/options")))))
                .isEqualTo("step_over");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "http://localhost", "http://localhost:1"})
    void aPasskeyOfAnotherPageIsRefused(String origin) throws Exception {
        Browser ann = withPasskey("Ann");
        passkey.origin = origin;
        assertThat(code(new Browser("").signIn())).isEqualTo("passkey_refused");
        SoftPasskey second = new SoftPasskey(origin);
        JsonNode begun = ann.begin("add");
        assertThat(code(ann.end("add", begun, second.make(begun.at("/options")))))
                .isEqualTo("passkey_refused");
        passkey.origin = page;
        entered(new Browser("").signIn());
    }

    @Test
    void aSignatureForAnotherNameChallengeOrKeyIsRefused() throws Exception {
        Browser ann = withPasskey("Ann");
        passkey.relyingParty = "evil.example";
        assertThat(code(new Browser("").signIn())).isEqualTo("passkey_refused");
        passkey.relyingParty = "localhost";
        Browser phone = new Browser("");
        JsonNode first = phone.begin("sign_in");
        JsonNode second = phone.begin("sign_in");
        assertThat(code(phone.end("sign-in", second, passkey.sign(first.at("/options")))))
                .isEqualTo("passkey_refused");
        passkey.forges = true;
        for (int i = 0; i < 20; i++) { // signatures are random
            JsonNode begun = phone.begin("sign_in");
            String forged = passkey.sign(begun.at("/options"));
            assertThat(code(phone.end("sign-in", begun, forged))).isEqualTo("passkey_refused");
        }
        passkey.forges = false;
        SoftPasskey unknown = new SoftPasskey(page);
        JsonNode third = phone.begin("sign_in");
        assertThat(code(phone.end("sign-in", third, unknown.sign(third.at("/options")))))
                .isEqualTo("passkey_refused");
        for (String nonsense : List.of("{}", "{\"id\":\"x\"}", "{\"response\":{}}")) {
            JsonNode begun = phone.begin("sign_in");
            assertThat(code(phone.end("sign-in", begun, nonsense))).isEqualTo("passkey_refused");
        }
        assertThat(isIn(ann.session)).isTrue();
    }

    @Test
    void aCounterThatDoesNotGrowIsRefused() throws Exception {
        passkey.counter = 5;
        withPasskey("Ann");
        passkey.counter = 6;
        entered(new Browser("").signIn());
        assertThat(code(new Browser("").signIn())).isEqualTo("passkey_refused");
        passkey.counter = 3;
        assertThat(code(new Browser("").signIn())).isEqualTo("passkey_refused");
        passkey.counter = 7;
        entered(new Browser("").signIn());
    }

    @Test
    void onePasskeyIsOfOneAccountOnce() throws Exception {
        Browser ann = withPasskey("Ann");
        assertThat(code(ann.add())).isEqualTo("passkey_known");
        assertThat(code(new Browser(signUp("Eve")).add())).isEqualTo("passkey_known");
        assertThat(ann.begin("add").at("/options/excludeCredentials")).hasSize(1);
    }

    @Test
    void theLastWayToSignInCannotBeRemoved() throws Exception {
        Browser ann = new Browser("");
        JsonNode begun = ann.begin("sign_up", "Ann");
        entered(ann.end("sign-up", begun, passkey.make(begun.at("/options"))));
        String first = ann.methods().at("/passkeys/0/id").asString();
        String remove = "{\"id\":\"%s\"}".formatted(first);
        HttpResponse<String> refused = ann.post("/api/passkeys/remove", remove);
        assertThat(code(refused)).isEqualTo("last_method");
        assertThat(json(refused).at("/err/message").asString()).contains("add another one first");
        passkey = new SoftPasskey(page);
        assertThat(ann.add().statusCode()).isEqualTo(204);
        assertThat(code(new Browser(signUp("Eve")).post("/api/passkeys/remove", remove)))
                .isEqualTo("method_unknown");
        assertThat(ann.post("/api/passkeys/remove", remove).statusCode()).isEqualTo(204);
        assertThat(ann.methods().at("/passkeys")).hasSize(1);
    }

    @Test
    void theWaysToSignInChangeOnlySoonAfterTheProofOfThePerson() throws Exception {
        Browser ann = withPasskey("Ann");
        String id = ann.methods().at("/passkeys/0/id").asString();
        String remove = "{\"id\":\"%s\"}".formatted(id);
        clock.advance(Duration.ofMinutes(10));
        assertThat(code(ann.post("/api/passkeys/remove", remove))).isEqualTo("confirm_needed");
        assertThat(code(ann.post("/api/passkeys/options", "{\"purpose\":\"add\"}")))
                .isEqualTo("confirm_needed");
        assertThat(code(ann.post("/api/confirm", "{\"password\":\"not this one\"}")))
                .isEqualTo("wrong_password");
        String right = "{\"password\":\"%s\"}".formatted(PASSWORD);
        assertThat(ann.post("/api/confirm", right).statusCode()).isEqualTo(204);
        clock.advance(Duration.ofMinutes(10));
        assertThat(code(ann.post("/api/passkeys/remove", remove))).isEqualTo("confirm_needed");
        JsonNode begun = ann.begin("confirm");
        assertThat(begun.at("/options/allowCredentials")).hasSize(1);
        HttpResponse<String> confirmed =
                ann.end("confirm", begun, passkey.sign(begun.at("/options")));
        assertThat(confirmed.statusCode()).as(confirmed.body()).isEqualTo(204);
        assertThat(ann.post("/api/passkeys/remove", remove).statusCode()).isEqualTo(204);
        assertThat(code(new Browser("").signIn())).isEqualTo("passkey_refused");
    }

    @Test
    void thePasskeyOfAnotherPersonConfirmsNothing() throws Exception {
        withPasskey("Ann");
        Browser eve = new Browser(signUp("Eve"));
        clock.advance(Duration.ofMinutes(10));
        JsonNode begun = eve.begin("confirm");
        assertThat(code(eve.end("confirm", begun, passkey.sign(begun.at("/options")))))
                .isEqualTo("passkey_refused");
        assertThat(eve.methods().at("/confirmed").asBoolean()).isFalse();
    }

    @Test
    void aForeignPageGetsNoChallenge() throws Exception {
        for (String origin : List.of("http://evil.example", "null", "http://localhost:1")) {
            page = origin;
            assertThat(code(new Browser("").post("/api/passkeys/options", "{}")))
                    .isEqualTo("foreign_origin");
        }
    }

    @Test
    void anAddressWithoutANameHasNoPasskeys() throws Exception {
        page = "http://127.0.0.1:" + server.port();
        assertThat(code(new Browser("").post("/api/passkeys/options", "{\"purpose\":\"sign_in\"}")))
                .isEqualTo("passkeys_unavailable");
        assertThat(json(get("", "/api/ways")).at("/passkeys").asBoolean()).isFalse();
    }

    @Test
    void aBannedPersonStaysOut() throws Exception {
        Browser ann = withPasskey("Ann");
        String id = id(greet(ann.session));
        TestClient owner = greet(owner("Olga"));
        done(owner, "mod.ban", "{'person':'%s','reason':'spam'}", id);
        assertThat(code(new Browser("").signIn())).isEqualTo("banned");
    }

    @Test
    void theDataOfAPersonCanBeExportedAndDeleted() throws Exception {
        withPasskey("Ann");
        Path file = directory.resolve("ann.json");
        CommandRun export = CommandRun.of("export", file, "--person", "Ann", "--data", directory);
        assertThat(export.code()).as(export.err()).isZero();
        assertThat(Files.readString(file)).contains("My key").doesNotContain("credential");
        server.close();
        CommandRun delete = CommandRun.of("user", "delete", "Ann", "--data", directory);
        assertThat(delete.code()).as(delete.err()).isZero();
        String database = "jdbc:sqlite:" + directory.resolve("natter.db");
        try (var connection = DriverManager.getConnection(database);
                var rows =
                        connection.createStatement().executeQuery("SELECT count(*) FROM passkey")) {
            assertThat(rows.getInt(1)).isZero();
        }
    }

    @Test
    void anInviteIsNeededWhereTheOwnerSaysSo() throws Exception {
        TestClient owner = greet(owner("Olga"));
        done(owner, "place.set", "{'policy':'invite'}");
        Browser ann = new Browser("");
        JsonNode begun = ann.begin("sign_up", "Ann");
        assertThat(code(ann.end("sign-up", begun, passkey.make(begun.at("/options")))))
                .isEqualTo("invite_needed");
    }
}
