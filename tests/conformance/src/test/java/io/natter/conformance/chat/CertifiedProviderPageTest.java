package io.natter.conformance.chat;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.natter.conformance.chat.ChatPage.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Sign-in at a provider that others have written, and that its foundation has certified. Its
/// issuer has a path, and its claims are in the user info only.
class CertifiedProviderPageTest extends PageTest {
    private static final Map<String, Object> IDA =
            Map.of("name", "Ida Lund", "email", "ida@acme.example", "email_verified", true);
    private static CertifiedProvider provider;
    private Page page;

    @BeforeAll
    static void startProvider() throws IOException {
        provider = CertifiedProvider.start();
    }

    @AfterAll
    static void stopProvider() {
        provider.close();
    }

    @Override
    @BeforeEach
    void startChat() {
        start();
    }

    private void start(String... more) {
        var options =
                new ArrayList<>(
                        List.of(
                                "--oidc-issuer",
                                provider.issuer().toString(),
                                "--oidc-client-id",
                                CertifiedProvider.CLIENT,
                                "--oidc-client-secret",
                                CertifiedProvider.SECRET,
                                "--oidc-label",
                                "Acme"));
        options.addAll(List.of(more));
        chat = ChatProcess.start(data, options.toArray(String[]::new));
        set(Map.of("claims", IDA));
        anasWindow = chromium.window(1024, 800, ColorScheme.LIGHT);
        // Its pages name fonts of another host.
        anasWindow.route(Pattern.compile("https://.*"), Route::abort);
        page = anasWindow.newPage();
        page.navigate(chat.uri().toString());
    }

    private void startAgain(String... more) {
        anasWindow.close();
        chat.close();
        start(more);
    }

    private void set(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("redirect", chat.uri() + "/api/openid/callback");
        provider.set(all);
    }

    /// Leaves the page, which may show how the last sign-in ended.
    private void goToProvider() {
        page.evaluate("document.documentElement.dataset.left = 'soon'");
        page.getByTestId("openid").click();
        assertThat(page.locator("html[data-left]")).hasCount(0);
    }

    private void logIn() {
        page.locator("[name=login]").fill("ida");
        page.locator("[name=password]").fill("any");
        submit();
    }

    private void submit() {
        page.locator("button[type=submit]").click();
    }

    private void signIn() {
        goToProvider();
        logInIfAsked();
    }

    private void assertIn() {
        assertThat(page.getByTestId("composer")).isVisible();
        assertThat(page.getByTestId("me")).containsText("Ida Lund");
    }

    private void assertProblem(String text) {
        assertThat(page.getByTestId("openid-problem")).containsText(text, within(30));
    }

    private List<String> logged() {
        return chat.said().stream().filter(line -> line.contains("OpenID Connect:")).toList();
    }

    private void signOut() {
        page.getByTestId("me").click();
        page.getByTestId("leave").click();
        assertThat(page.getByTestId("sign-in")).isVisible();
    }

    private void openAccount() {
        page.getByTestId("me").click();
        page.getByTestId("open-account").click();
        assertThat(page.getByTestId("account-dialog")).isVisible();
    }

    @ParameterizedTest
    @CsvSource({"RS256, client_secret_basic, false", "ES256, client_secret_post, true"})
    void aPersonSignsIn(String algorithm, String method, boolean inIdToken) {
        set(
                Map.of(
                        "claims",
                        IDA,
                        "algorithm",
                        algorithm,
                        "method",
                        method,
                        "inIdToken",
                        inIdToken));
        signIn();
        assertIn();
        openAccount();
        assertThat(page.getByTestId("identity-line")).containsText("ida@acme.example");
        assertThat(logged()).isEmpty();
    }

    @Test
    void newKeysOfAnotherKindAreFetched() {
        signIn();
        assertIn();
        signOut();
        set(Map.of("claims", IDA, "algorithm", "ES256"));
        signIn();
        assertIn();
        assertThat(logged()).isEmpty();
    }

    @Test
    void aPersonWhoStopsAtTheProviderIsTold() {
        goToProvider();
        page.getByText("Cancel").click();
        assertProblem("Acme did not sign you in");
        goToProvider();
        logIn();
        assertThat(page.locator("input[value=consent]")).hasCount(1);
        page.getByText("Cancel").click();
        assertProblem("Acme did not sign you in");
        assertThat(logged()).hasSize(2).allMatch(line -> line.contains("access_denied"));
    }

    @Test
    void aWrongClientSecretIsTheOperatorsToMend() {
        set(Map.of("claims", IDA, "secret", "another"));
        signIn();
        assertProblem("Acme refuses this chat");
        assertThat(logged()).hasSize(1).first().asString().contains("invalid_client");
        set(Map.of("claims", IDA));
        signIn();
        assertIn();
    }

    @Test
    void aClockThatIsAFewSecondsOffDoesNoHarm() {
        for (int seconds : new int[] {30, -30}) {
            set(Map.of("claims", IDA, "clock", seconds));
            signIn();
            assertIn();
            signOut();
        }
        // A clock far behind would let the provider's own cookies expire.
        set(Map.of("claims", IDA, "clock", 300));
        signIn();
        assertProblem("clocks");
        assertThat(logged()).hasSize(1);
    }

    /// A provider with new settings may have forgotten the person, or not.
    private void logInIfAsked() {
        var chatPage = page.getByTestId("composer").or(page.getByTestId("openid-problem"));
        var asked = page.locator("[name=login]").or(page.locator("input[value=consent]"));
        while (true) {
            assertThat(asked.or(chatPage).first()).isAttached();
            if (chatPage.count() > 0) {
                return;
            }
            if (page.locator("[name=login]").count() > 0) {
                logIn();
            } else {
                submit();
            }
        }
    }

    @Test
    void theSessionsOfTheChatAndOfTheProviderEndOnTheirOwn() {
        signIn();
        assertIn();
        signOut();
        goToProvider();
        assertIn(); // without a question
        var other = anasWindow.newPage();
        other.navigate(provider.issuer() + "/session/end");
        other.locator("button[name=logout]").click();
        assertThat(other.locator("h1")).containsText("Sign-out Success");
        other.close();
        page.reload();
        assertIn();
        signOut();
        goToProvider();
        assertThat(page.locator("[name=login]")).isVisible();
    }

    @Test
    void groupsAndAddressesOfTheUserInfoDecide() {
        startAgain("--oidc-require", "groups=chat", "--oidc-email-domains", "acme.example");
        signIn();
        assertProblem("may not use this chat");
        set(Map.of("claims", Map.of("groups", List.of("chat"), "email", "ida@acme.example")));
        signIn();
        assertProblem("may not use this chat");
        Map<String, Object> complete = new HashMap<>(IDA);
        complete.put("groups", List.of("staff", "chat"));
        set(Map.of("claims", complete));
        signIn();
        assertIn();
        assertThat(logged()).hasSize(2);
        assertThat(logged().getFirst()).contains("--oidc-require");
        assertThat(logged().getLast()).contains("does not say").contains("email_verified");
    }

    @Test
    void aPersonWhoGoesBackFromTheProviderCanBeginAgain() {
        goToProvider();
        assertThat(page.locator("[name=login]")).isVisible();
        page.goBack();
        assertThat(page.getByTestId("openid")).isEnabled();
        signIn();
        assertIn();
    }
}
