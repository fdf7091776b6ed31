package io.natter.conformance.chat;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.natter.conformance.chat.ChatPage.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.natter.browser.Chromium;
import org.junit.jupiter.api.Test;

/// Accounts, invites and moderation on the page.
class AccountsPageTest extends PageTest {
    private static final String PASSWORD = "plum at midnight";

    @Test
    void aGuestSetsAPasswordSignsOutAndSignsInAgain() {
        say(ana, "before");
        openAccount(ana);
        Chromium.picture(ana, "account-guest-light");
        ana.getByTestId("claim-password").fill("short");
        ana.getByTestId("claim").click();
        assertThat(ana.getByTestId("claim-problem")).containsText("at least 10", within(30));
        ana.getByTestId("claim-password").fill(PASSWORD);
        ana.getByTestId("claim-password").press("Enter");
        assertThat(ana.getByTestId("old-password")).isVisible();
        assertThat(ana.getByTestId("session")).hasCount(1);
        escape(ana);
        say(ana, "after");

        ana.getByTestId("me").click();
        ana.getByTestId("leave").click();
        ana.getByTestId("with-password").click();
        assertThat(ana.getByTestId("account-name")).hasValue("Ana");
        ana.getByTestId("password").fill("wrong words here");
        ana.getByTestId("account-submit").click();
        assertThat(ana.getByTestId("account-problem")).containsText("not right", within(30));
        Chromium.picture(ana, "sign-in-problem-light");
        ana.getByTestId("password").fill(PASSWORD);
        ana.getByTestId("password").press("Enter");
        ChatPage.assertTexts(ana, "before", "after");
        assertThat(ana.locator(".row.own, [data-testid=message]").first()).isVisible();
        say(ana, "again");
    }

    @Test
    void aRevokedDeviceIsSignedOutAtOnce() {
        openAccount(ana);
        ana.getByTestId("claim-password").fill(PASSWORD);
        ana.getByTestId("claim").click();
        assertThat(ana.getByTestId("old-password")).isVisible();
        escape(ana);
        try (var phone = chromium.window(390, 844, ColorScheme.DARK)) {
            var there = phone.newPage();
            there.navigate(chat.uri().toString());
            there.getByTestId("with-password").click();
            there.getByTestId("account-name").fill("Ana");
            there.getByTestId("password").fill(PASSWORD);
            Chromium.picture(there, "sign-in-phone-dark");
            there.getByTestId("account-submit").click();
            assertThat(there.getByTestId("composer")).isVisible();
            openAccount(ana);
            assertThat(ana.getByTestId("session")).hasCount(2);
            Chromium.picture(ana, "account-light");
            ana.getByTestId("revoke").click();
            assertThat(there.getByTestId("lead"))
                    .containsText("signed this device out", within(30));
            Chromium.picture(there, "revoked-phone-dark");
            assertThat(ana.getByTestId("session")).hasCount(1);
        }
    }

    @Test
    void anOwnerInvitesAndModerates() {
        own(ana);
        try (var bensWindow = chromium.window(520, 844, ColorScheme.LIGHT)) {
            var ben = bensWindow.newPage();
            ben.navigate(inviteOf(ana));
            assertThat(ben.getByTestId("offer")).containsText("Ana", within(30));
            Chromium.picture(ben, "invite-phone-light");
            ben.getByTestId("account-name").fill("Ben");
            ben.getByTestId("password").fill("two plum trees");
            ben.getByTestId("account-submit").click();
            assertThat(ben.getByTestId("composer")).isVisible();
            say(ben, "hello");

            act(ana, "Ben", "mute", "");
            assertThat(ben.getByTestId("muted")).containsText("muted you", within(30));
            Chromium.picture(ben, "muted-phone-light");
            about(ana, "Ben").getByTestId("unmute").click();
            assertThat(ben.getByTestId("composer")).isVisible();
            escape(ana);

            act(ana, "Ben", "kick", "too loud");
            assertThat(ben.getByTestId("lead")).containsText("too loud", within(30));
            Chromium.picture(ben, "kicked-phone-light");
            signInAgain(ben);
            // The page stays behind the sign-in card, so the composer alone proves nothing.
            assertThat(ben.getByTestId("lead")).isHidden();
            say(ben, "here again");

            act(ana, "Ben", "ban", "spam");
            assertThat(ben.getByTestId("lead")).containsText("banned", within(30));
            signInAgain(ben);
            assertThat(ben.getByTestId("account-problem")).containsText("spam", within(30));
            Chromium.picture(ben, "banned-phone-light");
        }
        openPlace(ana);
        ana.getByTestId("tab-bans").click();
        assertThat(ana.getByTestId("banned")).containsText("Ben");
        Chromium.picture(ana, "bans-light");
        ana.getByTestId("tab-audit").click();
        assertThat(ana.getByTestId("audit-entry").first()).containsText("Ana banned Ben");
        Chromium.picture(ana, "audit-light");
    }

    @Test
    void aPlaceForInvitedPeopleAsksForAnInviteAndKeepsTheKeyboardInTheTabs() {
        own(ana);
        openPlace(ana);
        ana.getByTestId("tab-invites").focus();
        ana.keyboard().press("ArrowRight");
        ana.getByTestId("policy-invite").check(new Locator.CheckOptions().setForce(true));
        assertThat(ana.getByTestId("policy-invite")).isChecked();
        Chromium.picture(ana, "rules-light");
        try (var window = chromium.window(1280, 800, ColorScheme.DARK)) {
            var guest = window.newPage();
            guest.navigate(chat.uri().toString());
            assertThat(guest.getByTestId("account-form")).containsText("need an invite");
            assertThat(guest.getByTestId("name-input")).hasCount(0);
            Chromium.picture(guest, "invite-only-dark");
        }
    }

    @Test
    void slowModeIsShownAndSendsLater() {
        own(ana);
        ana.getByTestId("room-menu").click();
        ana.getByTestId("slow-mode").click();
        ana.getByTestId("slow-pause").selectOption("5000");
        Chromium.picture(ana, "slow-light");
        ana.getByTestId("confirm").click();
        assertThat(ana.getByTestId("slow-tag")).isVisible();
        try (var bensWindow = chromium.window(1280, 800, ColorScheme.DARK)) {
            var ben = join(bensWindow, "Ben");
            assertThat(ben.getByTestId("slow-tag")).isVisible();
            say(ben, "one");
            ChatPage.say(ben, "two");
            Chromium.picture(ben, "slow-dark");
            ChatPage.assertTexts(ana, "one", "two");
        }
    }

    private static void openAccount(Page page) {
        page.getByTestId("me").click();
        page.getByTestId("open-account").click();
        assertThat(page.getByTestId("account-dialog")).isVisible();
    }

    private static void openPlace(Page page) {
        page.getByTestId("me").click();
        page.getByTestId("open-place").click();
        assertThat(page.getByTestId("place-dialog")).isVisible();
    }

    /// A guest follows the link of the console and becomes the owner.
    private void own(Page page) {
        page.navigate(chat.setUpAddress());
        page.reload(); // only the part behind the # is new, which loads nothing
        page.getByTestId("claim-password").fill(PASSWORD);
        Chromium.picture(page, "set-up-light");
        page.getByTestId("claim").click();
        assertThat(page.getByTestId("old-password")).isVisible();
        escape(page);
        assertThat(page.getByTestId("account-dialog")).hasCount(0);
        page.setViewportSize(1440, 900);
    }

    private String inviteOf(Page page) {
        openPlace(page);
        page.getByTestId("create-invite").click();
        assertThat(page.getByTestId("qr")).isVisible();
        Chromium.picture(page, "invites-light");
        var link = page.getByTestId("invite-link").inputValue();
        assertThat(link).startsWith(chat.uri() + "/#invite=");
        escape(page);
        return link;
    }

    private static Page about(Page page, String name) {
        var line =
                page.locator("[data-testid=person]")
                        .filter(new Locator.FilterOptions().setHasText(name));
        line.hover();
        line.getByTestId("about-person").click();
        assertThat(page.getByTestId("person-dialog")).isVisible();
        return page;
    }

    private static void act(Page page, String name, String action, String reason) {
        about(page, name);
        Chromium.picture(page, "person-light");
        page.getByTestId(action).click();
        page.getByTestId("reason").fill(reason);
        Chromium.picture(page, action + "-light");
        page.getByTestId("confirm").click();
        assertThat(page.getByTestId("confirm-dialog")).hasCount(0);
    }

    private static void signInAgain(Page page) {
        page.getByTestId("password").fill("two plum trees");
        page.getByTestId("account-submit").click();
    }
}
