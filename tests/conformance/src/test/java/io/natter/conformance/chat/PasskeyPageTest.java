package io.natter.conformance.chat;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.natter.conformance.chat.ChatPage.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Passkeys on the page, with Chromium's virtual authenticator.
class PasskeyPageTest extends PageTest {
    private static final String PASSWORD = "plum at midnight";
    private static final Pattern CLIENT_DATA = Pattern.compile("\"clientDataJSON\":\"([^\"]*)\"");

    private Page page;
    private VirtualAuthenticator authenticator;

    @BeforeEach
    void openPage() {
        anasWindow.close();
        anasWindow = chromium.window(1024, 800, ColorScheme.LIGHT);
        page = anasWindow.newPage();
        authenticator = VirtualAuthenticator.in(page);
        page.navigate(localhost());
    }

    @AfterEach
    void closePage() {
        page.close();
    }

    /// Passkeys belong to names, and an address is none.
    private String localhost() {
        return "http://localhost:" + chat.uri().getPort();
    }

    private void signUpWithPassword(String name) {
        page.getByTestId("with-password").click();
        page.getByTestId("to-sign-up").click();
        page.getByTestId("account-name").fill(name);
        page.getByTestId("password").fill(PASSWORD);
        page.getByTestId("account-submit").click();
        assertThat(page.getByTestId("composer")).isVisible();
    }

    private static void openAccount(Page page) {
        page.getByTestId("me").click();
        page.getByTestId("open-account").click();
        assertThat(page.getByTestId("account-dialog")).isVisible();
    }

    private void signOut() {
        escape(page);
        assertThat(page.getByTestId("account-dialog")).hasCount(0);
        page.getByTestId("me").click();
        page.getByTestId("leave").click();
        assertThat(page.getByTestId("sign-in")).isVisible();
    }

    private void add(String name) {
        page.getByTestId("passkey-name").fill(name);
        page.getByTestId("add-passkey").click();
    }

    private Locator lines() {
        return page.getByTestId("passkey-line");
    }

    @Test
    void anAccountAddsAPasskeySignsInWithItAndRemovesIt() {
        signUpWithPassword("Pia");
        say(page, "before");
        openAccount(page);
        assertThat(page.getByTestId("passkeys")).containsText("A passkey signs you in");
        add("Pia's phone");
        assertThat(lines()).hasCount(1);
        assertThat(lines()).containsText("Pia's phone");
        assertThat(lines()).containsText("not used yet");
        assertThat(authenticator.passkeys()).isEqualTo(1);
        page.getByTestId("passkeys").scrollIntoViewIfNeeded();
        StatePictures.take(page, "passkeys");
        add("the same device again");
        assertThat(page.getByTestId("methods-problem"))
                .containsText("has a passkey of your account", within(30));
        signOut();

        signIn();
        ChatPage.assertTexts(page, "before");
        openAccount(page);
        assertThat(lines()).containsText("last used");
        page.getByTestId("remove-passkey-line").click();
        assertThat(lines()).hasCount(0);
        signOut();
        page.getByTestId("passkey").click();
        assertThat(page.getByTestId("ways-problem")).containsText("does not work", within(30));
        StatePictures.take(page, "passkey-problem");
    }

    @Test
    void aPersonSignsUpWithAPasskeyAndKeepsTheOnlyWayIn() {
        page.getByTestId("with-password").click();
        page.getByTestId("to-sign-up").click();
        page.getByTestId("account-name").fill("");
        page.getByTestId("passkey").click();
        assertThat(page.getByTestId("ways-problem")).containsText("enter a name", within(30));
        page.getByTestId("account-name").fill("Pia");
        StatePictures.take(page, "passkey-sign-up");
        page.getByTestId("passkey").click();
        assertThat(page.getByTestId("composer")).isVisible();
        openAccount(page);
        assertThat(lines()).hasCount(1);
        assertThat(page.getByTestId("old-password")).hasCount(0);
        assertThat(page.getByTestId("new-password")).isVisible();
        page.getByTestId("remove-passkey-line").click();
        assertThat(page.getByTestId("methods-problem"))
                .containsText("add another one first", within(30));
        page.getByTestId("methods-problem").scrollIntoViewIfNeeded();
        StatePictures.take(page, "passkey-last");
        page.getByTestId("new-password").fill(PASSWORD);
        page.getByTestId("change-password").click();
        assertThat(page.getByTestId("old-password")).isVisible();
        page.getByTestId("remove-passkey-line").click();
        assertThat(lines()).hasCount(0);
    }

    /// Clicks the button, unless the browser has offered the passkey by itself meanwhile: then the
    /// page is open already.
    private void signIn() {
        page.getByTestId("passkey").or(page.getByTestId("composer")).first().click();
    }

    @Test
    void aGuestKeepsTheNameWithAPasskey() {
        page.getByTestId("name-input").fill("Gil");
        page.getByTestId("join").click();
        assertThat(page.getByTestId("composer")).isVisible();
        say(page, "before");
        openAccount(page);
        assertThat(page.getByTestId("claim-passkey")).isVisible();
        StatePictures.take(page, "passkey-guest");
        page.getByTestId("claim-passkey").click();
        assertThat(lines()).hasCount(1);
        signOut();
        signIn();
        ChatPage.assertTexts(page, "before");
    }

    @Test
    void aChangeLaterAsksForTheProofOfThePerson() {
        signUpWithPassword("Pia");
        openAccount(page);
        add("one");
        assertThat(lines()).hasCount(1);
        // A restarted server has forgotten when the person signed in.
        chat.kill();
        chat.startAgain();
        page.reload();
        assertThat(page.getByTestId("composer")).isVisible();
        openAccount(page);
        page.getByTestId("remove-passkey-line").click();
        assertThat(page.getByTestId("confirm-person")).isVisible();
        page.getByTestId("confirm-password").fill("not this one");
        page.getByTestId("confirm-submit").click();
        assertThat(page.getByTestId("confirm-problem")).containsText("not right", within(30));
        StatePictures.take(page, "confirm-person");
        page.getByTestId("confirm-passkey").click();
        assertThat(lines()).hasCount(0);
        assertThat(page.getByTestId("confirm-person")).hasCount(0);
    }

    @Test
    void aPasskeyOfAnotherOriginIsRefused() {
        signUpWithPassword("Pia");
        openAccount(page);
        page.route("**/api/passkeys/add", PasskeyPageTest::ofAnotherOrigin);
        add("stolen");
        assertThat(page.getByTestId("methods-problem")).containsText("does not work", within(30));
        assertThat(lines()).hasCount(0);
    }

    /// A page of an attacker passes the browser's answer on.
    private static void ofAnotherOrigin(Route route) {
        String body = route.request().postData();
        Matcher found = CLIENT_DATA.matcher(body);
        assertThat(found.find()).isTrue();
        String client =
                new String(Base64.getUrlDecoder().decode(found.group(1)), StandardCharsets.UTF_8)
                        .replaceFirst("http://localhost:[0-9]+", "https://evil.example");
        String changed =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(client.getBytes(StandardCharsets.UTF_8));
        route.resume(new Route.ResumeOptions().setPostData(body.replace(found.group(1), changed)));
    }

    @Test
    void anAddressWithoutPasskeysSaysSo() {
        page.navigate(chat.uri().toString());
        signUpWithPassword("Pia");
        openAccount(page);
        assertThat(page.getByTestId("no-passkeys")).containsText("need https", within(30));
        page.getByTestId("passkeys").scrollIntoViewIfNeeded();
        StatePictures.take(page, "passkeys-unavailable");
    }
}
