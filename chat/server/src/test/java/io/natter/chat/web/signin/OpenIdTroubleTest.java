package io.natter.chat.web.signin;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.natter.browser.TestProvider.Trouble;
import io.natter.chat.openid.OpenIdConfig;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/// A provider that does not work: people read a sentence, and the log has one line with the reason.
class OpenIdTroubleTest extends OpenIdTestCase {
    private static final Map<String, Object> ANA =
            Map.of("sub", "ana-1", "name", "Ana", "roles", List.of("chat"));

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.natter.chat");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @Override
    protected OpenIdConfig openId() {
        return openId(true, List.of(), new OpenIdConfig.Requirement("roles", "chat"), false);
    }

    @BeforeEach
    void readLog() {
        provider.person(ANA);
        log.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
    }

    @AfterEach
    void leaveLog() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    /// The lines of the log since the last call.
    private List<String> logged() {
        List<String> lines =
                List.copyOf(log.list).stream()
                        .map(ILoggingEvent::getFormattedMessage)
                        .filter(line -> line.startsWith("OpenID"))
                        .toList();
        log.list.clear();
        return lines;
    }

    private void assertLogged(String what) {
        assertThat(logged()).hasSize(1).first().asString().contains(what);
    }

    private String refusal(Browser browser) throws Exception {
        HttpResponse<String> away = browser.post("/api/openid/start", "{'purpose':'sign_in'}");
        assertThat(away.statusCode()).isEqualTo(503);
        return json(away).at("/err/message").asString();
    }

    @ParameterizedTest
    @CsvSource({
        "AWAY, openid-configuration answers 503.",
        "HTML, openid-configuration is no JSON.",
        "REDIRECT, '/elsewhere, and the chat follows no redirect.'",
        "SILENT, no answer within 6 s"
    })
    void theWayThereIsClosedAndPasswordsWork(Trouble trouble, String line) throws Exception {
        provider.trouble(trouble);
        Browser ana = new Browser();
        assertThat(refusal(ana)).contains("Acme does not answer");
        assertLogged(line);
        signUp("Bob");
        entered(signingIn("Bob", PASSWORD));
        provider.trouble(Trouble.NONE);
        assertThat(ana.visit("sign_in")).isEqualTo("/");
        assertThat(logged()).isEmpty();
    }

    @Test
    void aPortWithoutAServerIsNamed() throws Exception {
        provider.close();
        assertThat(refusal(new Browser())).contains("Acme does not answer");
        assertLogged("cannot be reached: no server takes the connection");
        signUp("Bob");
    }

    @ParameterizedTest
    @CsvSource({
        "AWAY, /token, /token: it answers 503",
        "HTML, /token, '/token: it answers 200, and no JSON'",
        "REDIRECT, /token, /token: it answers 302",
        "SILENT, /token, /token: no answer within 10 s",
        "AWAY, /keys, /keys answers 503",
        "HTML, /keys, an ID token was refused: no keys",
        "AWAY, /userinfo, /userinfo answers 503",
        "HTML, /userinfo, /userinfo is no JSON",
        "REDIRECT, /userinfo, /userinfo answers 302"
    })
    void theWayBackIsClosed(Trouble trouble, String path, String line) throws Exception {
        if (path.equals("/userinfo")) {
            provider.person(Map.of("sub", "ana-1", "name", "Ana"));
            provider.userInfo(ANA);
        }
        Browser ana = new Browser();
        URI callback = provider.signIn(ana.start("sign_in"));
        provider.trouble(trouble, path);
        assertThat(ana.problem(ana.back(callback))).contains("Acme does not answer");
        assertLogged(line);
        assertThat(ana.session).isEmpty();
        provider.trouble(Trouble.NONE);
        assertThat(ana.visit("sign_in")).isEqualTo("/");
    }

    /// The answers of RFC 6749, 4.1.2.1 and of OpenID Connect Core, 3.1.2.6.
    @ParameterizedTest
    @CsvSource({
        "access_denied, , did not sign you in",
        "login_required, , did not sign you in",
        "server_error, , does not answer",
        "temporarily_unavailable, , does not answer",
        "temporarily_unavailable, authentication_expired, begin again",
        "unauthorized_client, Client disabled, refuses this chat",
        "invalid_scope, Invalid scopes, refuses this chat"
    })
    void anErrorOfTheProviderBecomesASentence(String error, String description, String sentence)
            throws Exception {
        Browser ana = new Browser();
        String there = ana.start("sign_in").getRawQuery();
        String state = there.replaceAll(".*\\bstate=([^&]*).*", "$1");
        String more = description == null ? "" : "&error_description=" + encoded(description);
        URI back =
                URI.create(
                        "%s/api/openid/callback?state=%s&error=%s%s"
                                .formatted(origin(), state, error, more));
        assertThat(ana.problem(ana.back(back))).contains(sentence);
        assertLogged("refused: " + error);
    }

    private static String encoded(String text) {
        return text.replace(" ", "+");
    }

    @Test
    void anAnswerOfAnotherProviderIsLogged() throws Exception {
        Browser ana = new Browser();
        URI back = provider.signIn(ana.start("sign_in"));
        String other = back.toString().replaceAll("iss=[^&]*", "iss=https%3A%2F%2Fevil.example");
        assertThat(ana.problem(ana.back(URI.create(other)))).contains("could not be verified");
        assertLogged("https://evil.example");
    }
}
