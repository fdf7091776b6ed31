package io.natter.conformance.chat;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.natter.conformance.chat.ChatPage.within;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.natter.browser.TestProvider;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Sign-in at an OpenID Connect provider on the page.
class OpenIdPageTest extends PageTest {
    private static final String PASSWORD = "plum at midnight";
    private final TestProvider provider = TestProvider.start(InstantSource.system());
    private Page page;

    @Override
    @BeforeEach
    void startChat() {
        provider.person(Map.of("sub", "1", "name", "Ida Lund", "email", "ida@acme.example"));
        start();
    }

    private void start(String... more) {
        var options = new String[more.length + 8];
        System.arraycopy(
                new String[] {
                    "--oidc-issuer",
                    provider.issuer(),
                    "--oidc-client-id",
                    TestProvider.CLIENT,
                    "--oidc-client-secret",
                    TestProvider.SECRET,
                    "--oidc-label",
                    "Acme"
                },
                0,
                options,
                0,
                8);
        System.arraycopy(more, 0, options, 8, more.length);
        chat = ChatProcess.start(data, options);
        anasWindow = chromium.window(1024, 800, ColorScheme.LIGHT);
        page = anasWindow.newPage();
        page.navigate(chat.uri().toString());
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

    private void goOn() {
        page.locator("#go-on").click();
    }

    private void openAccount() {
        page.getByTestId("me").click();
        page.getByTestId("open-account").click();
        assertThat(page.getByTestId("account-dialog")).isVisible();
    }

    private void signOut() {
        page.getByTestId("me").click();
        page.getByTestId("leave").click();
        assertThat(page.getByTestId("sign-in")).isVisible();
    }

    @Test
    void aPersonOfTheProviderSignsInAndComesBackToTheSamePlace() {
        assertThat(page.getByTestId("openid")).containsText("Sign in with Acme", within(30));
        StatePictures.take(page, "openid-guest");
        page.getByTestId("with-password").click();
        assertThat(page.getByTestId("account-form")).isVisible();
        StatePictures.take(page, "openid-account");
        page.getByTestId("openid").click();
        goOn();
        assertThat(page.getByTestId("composer")).isVisible();
        say(page, "from Acme");
        openAccount();
        assertThat(page.getByTestId("identity-line")).containsText("ida@acme.example");
        page.getByTestId("identities").scrollIntoViewIfNeeded();
        StatePictures.take(page, "openid-linked");
        page.getByTestId("remove-identity-line").click();
        assertThat(page.getByTestId("methods-problem"))
                .containsText("add another one first", within(30));
        escape(page);
        signOut();
        page.navigate(chat.uri() + "/r/general");
        page.getByTestId("openid").click();
        goOn();
        ChatPage.assertTexts(page, "from Acme");
        assertThat(page).hasURL(chat.uri() + "/r/general");
    }

    @Test
    void aTakenNameIsAskedForAgain() {
        try (var other = chromium.window(1024, 800, ColorScheme.LIGHT)) {
            join(other, "Ida Lund");
            page.getByTestId("openid").click();
            goOn();
            assertThat(page.getByTestId("openid-problem")).containsText("Somebody has this name");
            assertThat(page.getByTestId("openid-name")).hasValue("Ida Lund");
            StatePictures.take(page, "openid-name");
            page.getByTestId("openid-name").fill("Ida of Acme");
            page.getByTestId("openid-create").click();
            assertThat(page.getByTestId("composer")).isVisible();
            assertThat(page.getByTestId("me")).containsText("Ida of Acme");
        }
    }

    @Test
    void aPersonWhoStopsAtTheProviderReadsWhatToDo() {
        page.getByTestId("openid").click();
        page.locator("#refuse").click();
        assertThat(page.getByTestId("openid-problem"))
                .containsText("Acme did not sign you in", within(30));
        StatePictures.take(page, "openid-refused");
        provider.attack(TestProvider.Attack.WRONG_NONCE);
        page.getByTestId("openid").click();
        goOn();
        assertThat(page.getByTestId("openid-problem"))
                .containsText("could not be verified", within(30));
        provider.attack(TestProvider.Attack.NONE);
        page.getByTestId("openid").click();
        goOn();
        assertThat(page.getByTestId("composer")).isVisible();
    }

    @Test
    void aProviderThatIsAwayIsNamed() {
        assertThat(page.getByTestId("openid")).isVisible();
        provider.trouble(TestProvider.Trouble.AWAY);
        page.getByTestId("openid").click();
        assertThat(page.getByTestId("ways-problem"))
                .containsText("Acme does not answer", within(30));
        StatePictures.take(page, "openid-away");
    }

    @Test
    void anAccountLinksAndUnlinks() {
        page.getByTestId("name-input").fill("Lea");
        page.getByTestId("join").click();
        openAccount();
        assertThat(page.getByTestId("claim-openid")).isVisible();
        page.getByTestId("claim-password").fill(PASSWORD);
        page.getByTestId("claim").click();
        page.getByTestId("link-openid").click();
        goOn();
        assertThat(page.getByTestId("openid-done")).containsText("The link is made", within(30));
        assertThat(page.getByTestId("identity-line")).hasCount(1);
        StatePictures.take(page, "openid-link-made");
        escape(page);
        signOut();
        page.getByTestId("openid").click();
        goOn();
        assertThat(page.getByTestId("me")).containsText("Lea");
        openAccount();
        page.getByTestId("remove-identity-line").click();
        assertThat(page.getByTestId("identity-line")).hasCount(0);
    }

    @Test
    void aGuestKeepsTheNameWithTheProvider() {
        page.getByTestId("name-input").fill("Gil");
        page.getByTestId("join").click();
        assertThat(page.getByTestId("composer")).isVisible();
        say(page, "before");
        openAccount();
        page.getByTestId("claim-openid").click();
        goOn();
        ChatPage.assertTexts(page, "before");
        assertThat(page.getByTestId("me")).containsText("Gil");
        openAccount();
        assertThat(page.getByTestId("identity-line")).hasCount(1);
    }

    @Test
    void aPlaceWithoutAnotherWayShowsTheProviderOnly() {
        startAgain("--oidc-only", "yes");
        assertThat(page.getByTestId("openid")).isVisible();
        assertThat(page.getByTestId("password")).hasCount(0);
        assertThat(page.getByTestId("name-input")).hasCount(0);
        StatePictures.take(page, "openid-only");
        page.getByTestId("openid").click();
        goOn();
        assertThat(page.getByTestId("composer")).isVisible();
        openAccount();
        assertThat(page.getByTestId("identity-line")).hasCount(1);
        assertThat(page.getByTestId("new-password")).hasCount(0);
        assertThat(page.getByTestId("passkeys")).hasCount(0);
    }
}
