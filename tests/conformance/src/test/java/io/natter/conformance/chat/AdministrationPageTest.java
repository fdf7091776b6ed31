package io.natter.conformance.chat;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.natter.conformance.chat.ChatPage.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.natter.browser.Chromium;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The page of owners and moderators.
class AdministrationPageTest extends PageTest {
    private static final String PASSWORD = "plum at midnight";

    /// Makes Ana the owner.
    private void own() {
        ana.navigate(chat.setUpAddress());
        ana.reload();
        ana.getByTestId("claim-password").fill(PASSWORD);
        ana.getByTestId("claim-password").press("Enter");
        assertThat(ana.getByTestId("old-password")).isVisible();
        escape(ana);
    }

    private void openAdministration(Page page) {
        page.navigate(chat.uri() + "/admin");
        assertThat(page.getByTestId("admin")).isVisible();
    }

    private static void tab(Page page, String name) {
        page.getByTestId("admin-tab-" + name).click();
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void axeFindsNothingAndEveryTabFitsAPhone(ColorScheme scheme) {
        own();
        say(ana, "hello");
        try (var bensWindow = chromium.window(520, 844, ColorScheme.LIGHT)) {
            join(bensWindow, "Ben");
            ana.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            openAdministration(ana);
            for (int width : new int[] {1280, 390}) {
                ana.setViewportSize(width, 844);
                for (String tab :
                        new String[] {
                            "people", "bans", "rooms", "sessions", "server", "settings", "audit"
                        }) {
                    tab(ana, tab);
                    assertThat(ana.getByTestId("admin")).not().containsText("Loading");
                    settle(ana);
                    String state = "admin-%s-%d-%s".formatted(tab, width, scheme);
                    Axe.check(ana, state);
                    Chromium.picture(ana, state);
                    assertThat(
                                    (Boolean)
                                            ana.evaluate(
                                                    "() => document.documentElement.scrollWidth <= innerWidth"))
                            .as(state)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void theTabsAreReachedByKeys() {
        own();
        openAdministration(ana);
        ana.getByTestId("admin-tab-people").focus();
        ana.keyboard().press("ArrowRight");
        assertThat(ana.getByTestId("admin-tab-bans")).isFocused();
        ana.keyboard().press("ArrowRight");
        assertThat(ana.getByTestId("admin-tab-rooms")).hasAttribute("aria-selected", "true");
        assertThat(ana.getByRole(AriaRole.TABLE)).isVisible();
        assertThat(ana.getByRole(AriaRole.ROWHEADER).first()).containsText("General");
        ana.keyboard().press("ArrowLeft");
        ana.keyboard().press("ArrowLeft");
        ana.keyboard().press("ArrowLeft");
        assertThat(ana.getByTestId("admin-tab-audit")).isFocused();
    }

    @Test
    void aMemberIsToldThatThePageIsForOthers() {
        openAdministration(ana);
        assertThat(ana.getByTestId("admin-forbidden")).isVisible();
        Axe.check(ana, "administration for a guest");
        Chromium.picture(ana, "admin-forbidden-light");
    }

    @Test
    void anOwnerFindsAndDeletesAPerson() {
        own();
        try (var bensWindow = chromium.window(520, 844, ColorScheme.LIGHT)) {
            var ben = join(bensWindow, "Ben");
            say(ben, "a text of Ben");
            assertThat(ana.getByTestId("message").last()).containsText("a text of Ben", within(30));
            openAdministration(ana);
            ana.getByTestId("admin-query").fill("nobody");
            assertThat(ana.getByTestId("admin-person-empty")).isVisible();
            ana.getByTestId("admin-query").fill("be");
            assertThat(ana.getByTestId("admin-person")).hasCount(1);
            ana.getByTestId("delete-person").click();
            ana.getByTestId("remove-messages").check();
            Chromium.picture(ana, "admin-delete-light");
            Axe.check(ana, "delete a person");
            ana.getByTestId("admin-confirm").click();
            assertThat(ana.getByTestId("toast")).containsText("Ben was deleted", within(30));
            assertThat(ana.getByTestId("admin-person-empty")).isVisible();
            assertThat(ben.getByTestId("sign-in")).isVisible();
            ana.navigate(chat.uri() + "/r/general");
            assertThat(ana.getByTestId("timeline")).not().containsText("a text of Ben");
        }
    }

    @Test
    void anOwnerSetsHowLongMessagesAreKeptAfterAQuestion() {
        own();
        openAdministration(ana);
        tab(ana, "rooms");
        ana.getByTestId("retention").selectOption("30");
        assertThat(ana.getByTestId("retention-dialog")).containsText("30 days");
        Axe.check(ana, "retention");
        Chromium.picture(ana, "admin-retention-light");
        escape(ana);
        assertThat(ana.getByTestId("retention")).hasValue("0");
        ana.getByTestId("retention").selectOption("30");
        ana.getByTestId("admin-confirm").click();
        assertThat(ana.getByTestId("retention-dialog")).hasCount(0);
        assertThat(ana.getByTestId("retention")).hasValue("30");
        tab(ana, "audit");
        assertThat(ana.getByTestId("audit-entry").first()).containsText("30 days");
    }

    @Test
    void membersSeeHowLongMessagesAreKept() {
        own();
        try (var bensWindow = chromium.window(1440, 844, ColorScheme.LIGHT)) {
            var ben = join(bensWindow, "Ben");
            assertThat(ben.getByTestId("person")).hasCount(2);
            assertThat(ben.getByTestId("kept")).hasCount(0);
            openAdministration(ana);
            tab(ana, "rooms");
            ana.getByTestId("retention").selectOption("30");
            ana.getByTestId("admin-confirm").click();
            assertThat(ben.getByTestId("toast"))
                    .containsText("general: Messages are deleted after 30 days.", within(30));
            assertThat(ben.getByTestId("kept")).hasText("Messages are deleted after 30 days.");
            ben.reload();
            assertThat(ben.getByTestId("kept")).hasText("Messages are deleted after 30 days.");
            assertThat(ben.getByTestId("toast")).not().containsText("30 days");
            StatePictures.take(ben, "kept");
            ana.getByTestId("retention").selectOption("0"); // deletes nothing, so it asks nothing
            assertThat(ben.getByTestId("toast"))
                    .containsText("Messages are not deleted any more.", within(30));
            assertThat(ben.getByTestId("kept")).hasCount(0);
        }
    }
}
