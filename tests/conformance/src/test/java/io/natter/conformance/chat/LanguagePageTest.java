package io.natter.conformance.chat;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.natter.conformance.chat.ChatPage.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The language of the page: its choice, and the states of rooms, menus and sign-in in German.
class LanguagePageTest extends GermanPageTest {
    private String size = ""; // "phone" or "desktop", in the names of the pictures

    @ParameterizedTest
    @ValueSource(ints = {390, 1280})
    void showsEveryStateInGerman(int width) {
        size = width < 500 ? "phone" : "desktop";
        own(ana);
        try (var window = chromium.window(width, 844, ColorScheme.LIGHT, GERMAN)) {
            var page = window.newPage();
            page.navigate(chat.uri().toString());
            assertThat(page.getByTestId("lead")).containsText("Gib deinen Namen ein");
            assertThat(page.locator("html")).hasAttribute("lang", "de");
            assertThat(page.locator("html")).hasAttribute("dir", "ltr");
            check(page, "sign-in");
            page.getByTestId("with-password").click();
            assertThat(page.getByTestId("account-form")).isVisible();
            check(page, "account-form");
            page.getByTestId("to-guest").click();
            page.getByTestId("name-input").fill("Ana");
            page.getByTestId("join").click();
            assertThat(page.getByTestId("name-problem"))
                    .containsText("Jemand heißt schon so", within(30));
            check(page, "name-taken");
            page.getByTestId("name-input").fill("Jürgen");
            page.getByTestId("join").click();
            assertThat(page.getByTestId("composer")).isVisible();
            room(page);
            menus(page, width);
            dialogs(page, width);
            search(page);
            check(page, "messages-again"); // loads the English texts while the server answers
            chat.kill();
            assertThat(page.getByTestId("connection-banner"))
                    .containsText(
                            Pattern.compile("Verbindung wird wieder|Server nicht erreichbar"),
                            within(30));
            check(page, "reconnecting");
        }
    }

    private void room(Page page) {
        assertThat(page.getByTestId("empty")).containsText("Sag Hallo");
        check(page, "empty-room");
        page.getByTestId("composer").fill("Guten Morgen!\n```java\nint a = 1;\n```");
        page.getByTestId("send").click();
        assertThat(page.getByTestId("message")).hasCount(1);
        assertThat(page.getByTestId("message").last()).hasAttribute("data-state", "sent");
        say(ana, "Moin, @Jürgen, wie geht es?");
        assertThat(page.getByTestId("message")).hasCount(2);
        say(ana, "Bis 14 Uhr.");
        assertThat(page.getByTestId("message")).hasCount(3);
        check(page, "messages");
    }

    private void menus(Page page, int width) {
        var message = page.getByTestId("message").first();
        if (width >= 500) {
            message.hover();
            check(page, "tools");
            message.locator("[data-testid=tools] button").last().click();
            assertThat(page.locator("[role=menuitem]").first()).isVisible();
            check(page, "message-menu");
            escape(page);
        }
        for (String menu : new String[] {"level-menu", "room-menu"}) {
            page.getByTestId(menu).click();
            check(page, menu);
            escape(page);
        }
        page.getByTestId("emoji-button").click();
        assertThat(page.getByTestId("emoji-search")).isVisible();
        check(page, "emoji");
        escape(page);
    }

    private void dialogs(Page page, int width) {
        if (width < 500) page.locator(".header .back").click();
        check(page, "list");
        for (String menu : new String[] {"add-menu", "me"}) {
            page.getByTestId(menu).click();
            check(page, menu);
            escape(page);
        }
        dialog(page, "me", "open-account");
        dialog(page, "me", "open-notifications");
        dialog(page, "add-menu", "new-room");
        dialog(page, "add-menu", "browse-rooms");
        page.keyboard().press("Control+/");
        opened(page, "shortcuts");
        page.keyboard().press("Control+k");
        opened(page, "switcher");
        page.getByTestId("new-direct").first().click();
        opened(page, "new-direct");
    }

    private void search(Page page) {
        page.getByTestId("mentions-link").click();
        assertThat(page.getByTestId("mention")).hasCount(1);
        check(page, "mentions");
        page.navigate(chat.uri() + "/search");
        assertThat(page.getByTestId("search-query")).isFocused();
        check(page, "search");
        page.getByTestId("search-query").fill("morgen");
        assertThat(page.getByTestId("result")).hasCount(1);
        check(page, "results");
        page.getByTestId("search-query").fill("morgen before:gestern");
        assertThat(page.getByTestId("search-results")).containsText("Nichts gefunden");
        check(page, "no-results");
        page.getByTestId("search-query").fill("von from:Niemand");
        assertThat(page.getByTestId("search-problem")).containsText("Niemand heißt „Niemand“");
        check(page, "search-problem");
        page.navigate(chat.uri() + "/r/nirgends");
        assertThat(page.getByTestId("missing-room")).containsText("Diesen Raum gibt es nicht");
        check(page, "missing-room");
        page.navigate(chat.uri() + "/r/general");
        assertThat(page.getByTestId("message")).hasCount(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {390, 1280})
    void anOwnerModeratesInGerman(int width) {
        size = width < 500 ? "phone" : "desktop";
        own(ana);
        try (var bens = chromium.window(1280, 800, ColorScheme.LIGHT)) {
            choose(ana, "de"); // before notices in English
            escape(ana);
            var ben = join(bens, "Ben");
            say(ben, "Hallo");
            ana.getByTestId("me").click();
            ana.getByTestId("open-place").click();
            ana.setViewportSize(width, 844);
            ana.getByTestId("create-invite").click();
            assertThat(ana.getByTestId("qr")).isVisible();
            for (String tab : new String[] {"invites", "rules", "bans", "audit"}) {
                ana.getByTestId("tab-" + tab).click();
                check(ana, "place-" + tab);
            }
            escape(ana);
            ana.setViewportSize(1440, 844);
            ana.getByTestId("room-menu").click();
            ana.getByTestId("slow-mode").click();
            ana.setViewportSize(width, 844);
            opened(ana, "slow-mode");
            ana.setViewportSize(1440, 844);
            var line =
                    ana.getByTestId("person").filter(new Locator.FilterOptions().setHasText("Ben"));
            line.hover();
            line.getByTestId("about-person").click();
            ana.setViewportSize(width, 844);
            check(ana, "person");
            ana.getByTestId("ban").click();
            check(ana, "ban");
            ana.getByTestId("reason").fill("Werbung");
            ana.getByTestId("confirm").click();
            assertThat(ana.getByTestId("toast")).containsText("Ben ist gesperrt", within(30));
            assertThat(ben.getByTestId("lead")).containsText("Reason: Werbung", within(30));
            choose(ben, "de", "sign-in");
            assertThat(ben.getByTestId("lead")).containsText("Grund: Werbung");
        }
    }

    @Test
    void aChoiceIsKeptAndChangesThePageAtOnce() {
        say(ana, "before");
        ana.getByTestId("composer").fill("a draft");
        choose(ana, "de");
        assertThat(ana.getByTestId("account-dialog")).containsText("Profil und Passwort");
        assertThat(ana.getByTestId("language")).isFocused();
        escape(ana);
        assertThat(ana.getByTestId("composer")).hasValue("a draft");
        assertThat(ana.getByTestId("composer")).hasAttribute("placeholder", "Schreib an general");
        ana.reload();
        assertThat(ana.locator("html")).hasAttribute("lang", "de");
        assertThat(ana.locator(".day").first()).hasText("Heute");
        choose(ana, "");
        assertThat(ana.locator("html")).hasAttribute("lang", "en");
        assertThat(ana.locator(".day").first()).hasText("Today");
    }

    @Test
    void theChoiceOfAnAccountShowsOnTheNextDeviceUntilThePersonLeaves() {
        own(ana);
        choose(ana, "de");
        assertThat(ana.getByTestId("language")).isFocused();
        try (var window = chromium.window(1280, 800, ColorScheme.LIGHT)) {
            var page = window.newPage();
            page.navigate(chat.uri().toString());
            page.getByTestId("with-password").click();
            page.getByTestId("account-name").fill("Ana");
            page.getByTestId("password").fill("plum at midnight");
            page.getByTestId("account-submit").click();
            assertThat(page.locator("html")).hasAttribute("lang", "de");
            assertThat(page.getByTestId("composer"))
                    .hasAttribute("placeholder", "Schreib an general");
            choose(page, "");
            escape(page);
            ana.reload();
            assertThat(ana.locator("html")).hasAttribute("lang", "en");
            choose(page, "de");
            escape(page);
            page.getByTestId("me").click();
            page.getByTestId("leave").click();
            assertThat(page.getByTestId("sign-in")).isVisible();
            assertThat(page.locator("html")).hasAttribute("lang", "en");
        }
    }

    @Test
    void theEmojiPickerKnowsGermanNames() {
        try (var window = chromium.window(1280, 800, ColorScheme.LIGHT, GERMAN)) {
            var page = join(window, "Jürgen");
            page.getByTestId("emoji-button").click();
            page.getByTestId("emoji-search").fill("daumen hoch");
            assertThat(page.getByTestId("emoji").first())
                    .hasAttribute("aria-label", Pattern.compile("Daumen hoch"));
            page.getByTestId("emoji-search").fill("rakete");
            page.getByTestId("emoji-search").press("Enter");
            assertThat(page.getByTestId("composer")).hasValue(Pattern.compile("🚀.*"));
            page.getByTestId("composer").fill("");
            page.getByTestId("composer").pressSequentially("schön :herz");
            assertThat(page.getByTestId("completions")).containsText(":");
            page.getByTestId("composer").pressSequentially(" :rotes_herz:");
            page.getByTestId("send").click();
            assertThat(page.getByTestId("message").last()).containsText("❤️");
            assertThat(page.getByTestId("message").last()).not().containsText("rotes_herz");
        }
    }

    @Test
    void onlyTheLanguageInUseIsLoadedFirst() {
        try (var window = chromium.window(1280, 800, ColorScheme.LIGHT, GERMAN)) {
            window.addInitScript("delete Navigator.prototype.serviceWorker");
            var page = window.newPage();
            page.navigate(chat.uri().toString());
            assertThat(page.getByTestId("lead")).containsText("Gib deinen Namen ein");
            var loaded =
                    page.evaluate(
                            "performance.getEntriesByType('resource').filter(({ name }) =>"
                                    + " /first-/.test(name)).length");
            assertThat(loaded).isEqualTo(1);
        }
    }

    private void dialog(Page page, String menu, String item) {
        page.getByTestId(menu).click();
        page.getByTestId(item).click();
        opened(page, item);
    }

    private void opened(Page page, String state) {
        opened(page, state, size);
    }

    private void check(Page page, String state) {
        check(page, state, size);
    }
}
