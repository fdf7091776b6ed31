package io.natter.conformance.chat;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.natter.conformance.chat.ChatPage.within;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.natter.browser.TestProvider;
import io.natter.browser.TestProvider.Attack;
import io.natter.browser.TestProvider.Trouble;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The sign-in with passkeys and at a provider in German: its forms, the dialog of the account, and
/// each refusal.
class GermanSignInPageTest extends GermanPageTest {
    private static final String PASSWORD = "plum at midnight";

    /// As long as a label may be.
    private static final String LABEL = "Anmeldedienst der Gemeinde Unterföhring";

    private final TestProvider provider = TestProvider.start(InstantSource.system());
    private Page page;

    @Override
    @BeforeEach
    void startChat() {
        provider.person(Map.of("sub", "1", "name", "Jürgen", "email", "juergen@acme.example"));
        start();
    }

    private void start(String... more) {
        var options =
                new ArrayList<>(
                        List.of(
                                "--oidc-issuer",
                                provider.issuer(),
                                "--oidc-client-id",
                                TestProvider.CLIENT,
                                "--oidc-client-secret",
                                TestProvider.SECRET,
                                "--oidc-label",
                                LABEL));
        options.addAll(List.of(more));
        chat = ChatProcess.start(data, options.toArray(String[]::new));
        anasWindow = chromium.window(1024, 800, ColorScheme.LIGHT, GERMAN);
        page = anasWindow.newPage();
        VirtualAuthenticator.in(page);
        page.navigate(localhost());
        assertThat(page.getByTestId("openid")).isVisible();
    }

    private void startAgain(String... more) {
        anasWindow.close();
        chat.close();
        start(more);
    }

    @AfterEach
    void stopProvider() {
        provider.close();
    }

    /// Passkeys belong to names, and an address is none.
    private String localhost() {
        return "http://localhost:" + chat.uri().getPort();
    }

    private void check(String state) {
        checkSizes(page, state);
    }

    /// Signs in at the provider.
    private void goOn() {
        page.getByTestId("openid").click();
        page.locator("#go-on").click();
    }

    private void problem(String id, String text, String state) {
        assertThat(page.getByTestId(id)).containsText(text, within(30));
        page.getByTestId(id).scrollIntoViewIfNeeded();
        check(state);
    }

    private void openAccount() {
        page.getByTestId("me").click();
        page.getByTestId("open-account").click();
        assertThat(page.getByTestId("passkeys").or(page.getByTestId("claim-openid")).first())
                .isVisible();
    }

    private void signOut() {
        escape(page);
        page.getByTestId("me").click();
        page.getByTestId("leave").click();
        assertThat(page.getByTestId("openid")).isVisible();
    }

    private void addPasskey(String name) {
        page.getByTestId("passkey-name").fill(name);
        page.getByTestId("add-passkey").click();
    }

    @Test
    void theFormsToSignIn() {
        check("ways-guest");
        page.getByTestId("with-password").click();
        assertThat(page.getByTestId("account-form")).isVisible();
        check("ways-sign-in");
        page.getByTestId("to-sign-up").click();
        page.getByTestId("passkey").click();
        problem("ways-problem", "Bitte gib", "ways-sign-up");
        page.navigate(chat.uri().toString());
        page.getByTestId("with-password").click();
        page.getByTestId("to-sign-up").click();
        assertThat(page.getByTestId("no-passkeys")).isVisible();
        check("ways-without-passkeys");
        page.navigate(chat.setUpAddress());
        page.reload(); // only the part behind the # is new, which loads nothing
        assertThat(page.getByTestId("openid")).isVisible();
        check("ways-set-up");
    }

    @Test
    void theRefusalsOfASignIn() {
        provider.trouble(Trouble.AWAY);
        page.getByTestId("openid").click();
        problem("ways-problem", LABEL + " antwortet nicht", "openid-away");
        provider.trouble(Trouble.NONE);
        page.navigate(localhost() + "/api/openid/callback?code=1&state=2");
        problem("openid-problem", "zu lange gedauert", "openid-over");
        page.getByTestId("openid").click();
        page.locator("#refuse").click();
        problem("openid-problem", "nicht angemeldet", "openid-refused");
        page.getByTestId("openid").click();
        page.locator("#refuse").evaluate("link => link.href += '&error=invalid_scope'");
        page.locator("#refuse").click();
        problem("openid-problem", "lehnt diesen Chat ab", "openid-setup");
        provider.attack(Attack.WRONG_NONCE);
        goOn();
        problem("openid-problem", "ließ sich nicht prüfen", "openid-invalid");
        provider.attack(Attack.EXPIRED);
        goOn();
        problem("openid-problem", "gehen verschieden", "openid-clock");
        provider.attack(Attack.NONE);
        startAgain("--oidc-create", "no");
        goOn();
        problem("openid-problem", "noch kein Konto", "openid-no-account");
        startAgain("--oidc-require", "groups=chat");
        goOn();
        problem("openid-problem", "darf diesen Chat nicht", "openid-not-allowed");
    }

    @Test
    void theNameOfANewAccount() {
        try (var other = chromium.window(1024, 800, ColorScheme.LIGHT)) {
            join(other, "Jürgen");
            goOn();
            problem("openid-problem", "heißt schon so", "openid-name");
            page.getByTestId("openid-name").fill("Jürgen von nebenan");
            page.getByTestId("openid-create").click();
            assertThat(page.getByTestId("composer")).isVisible();
            openAccount();
            assertThat(page.getByTestId("identity-line")).hasCount(1);
            check("openid-account");
        }
    }

    @Test
    void theMethodsOfAnAccount() {
        goOn();
        openAccount();
        page.getByTestId("remove-identity-line").click();
        problem("methods-problem", "Nur so kannst du dich anmelden", "method-last");
        addPasskey("Telefon");
        assertThat(page.getByTestId("passkey-line")).hasCount(1);
        addPasskey("noch einmal");
        problem("methods-problem", "hat schon einen Passkey", "passkey-known");
        page.getByTestId("remove-identity-line").click();
        assertThat(page.getByTestId("identity-line")).hasCount(0);
        page.getByTestId("link-openid").click();
        page.locator("#go-on").click();
        problem("openid-done", "Die Verknüpfung ist da", "openid-linked");
        page.getByTestId("new-password").fill(PASSWORD);
        page.getByTestId("change-password").click();
        assertThat(page.getByTestId("old-password")).isVisible();
        confirm();
        page.getByTestId("remove-passkey-line").click();
        assertThat(page.getByTestId("passkey-line")).hasCount(0);
        signOut();
        page.getByTestId("passkey").click();
        problem("ways-problem", "gilt hier nicht", "passkey-refused");
    }

    private void confirm() {
        // A restarted server has forgotten when the person signed in.
        chat.kill();
        chat.startAgain();
        page.reload();
        assertThat(page.getByTestId("composer")).isVisible();
        openAccount();
        page.getByTestId("remove-passkey-line").click();
        assertThat(page.getByTestId("confirm-person")).isVisible();
        check("confirm");
        page.getByTestId("confirm-password").fill("not this one");
        page.getByTestId("confirm-submit").click();
        problem("confirm-problem", "stimmt nicht", "confirm-wrong");
        page.getByTestId("confirm-openid").click();
        page.locator("#go-on").click();
        problem("openid-done", "Danke", "confirm-done");
    }

    @Test
    void aGuestWhoGetsAnAccount() {
        page.getByTestId("name-input").fill("Gil");
        page.getByTestId("join").click();
        assertThat(page.getByTestId("composer")).isVisible();
        openAccount();
        check("claim");
        provider.trouble(Trouble.AWAY);
        page.getByTestId("claim-openid").click();
        problem("claim-ways-problem", "antwortet nicht", "claim-away");
        page.getByTestId("claim-passkey").click();
        assertThat(page.getByTestId("passkey-line")).hasCount(1);
        check("claim-done");
    }

    @Test
    void aPlaceWithTheProviderOnly() {
        startAgain("--oidc-only", "yes");
        check("only");
        goOn();
        assertThat(page.getByTestId("composer")).isVisible();
        page.getByTestId("me").click();
        page.getByTestId("open-account").click();
        assertThat(page.getByTestId("identity-line")).hasCount(1);
        check("only-account");
    }
}
