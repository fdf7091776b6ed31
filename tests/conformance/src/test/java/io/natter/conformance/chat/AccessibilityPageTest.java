package io.natter.conformance.chat;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.natter.conformance.chat.ChatPage.within;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// axe finds nothing in any state of the page, dark or light, wide or narrow.
class AccessibilityPageTest extends PageTest {
    private static void show(Page page, ColorScheme scheme) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
    }

    private static void fill(Page page) {
        // On touch the Enter key breaks the line.
        page.getByTestId("composer")
                .fill("**bold** `code` https://example.org\n> a quote\n\n```java\nint a = 1;\n```");
        page.getByTestId("send").click();
        assertThat(page.getByTestId("message")).hasCount(1);
        page.getByTestId("file-input")
                .setInputFiles(
                        new FilePayload[] {
                            new FilePayload(
                                    "hills.jpg",
                                    "image/jpeg",
                                    TestPicture.landscape(1300, 900, 0.4f)),
                            new FilePayload(
                                    "plan.txt", "text/plain", "x".getBytes(StandardCharsets.UTF_8))
                        });
        assertThat(page.locator("[data-testid=chip][data-state=done]"))
                .hasCount(2, new HasCountOptions().setTimeout(30_000));
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void inTheRoom(ColorScheme scheme) {
        show(ana, scheme);
        ana.setViewportSize(1440, 900);
        Axe.check(ana, "empty room");
        fill(ana);
        Axe.check(ana, "files in the composer");
        ana.getByTestId("composer").press("Enter");
        assertThat(ana.getByTestId("image")).isEnabled();
        ana.getByTestId("message").first().hover();
        ana.getByTestId("message").first().locator(".quick").click();
        assertThat(ana.getByTestId("reaction")).isVisible();
        Axe.check(ana, "messages");
        ana.getByTestId("image").click();
        Axe.check(ana, "viewer");
        ana.keyboard().press("Space");
        Axe.check(ana, "viewer in actual size");
        escape(ana);
        ana.getByTestId("emoji-button").click();
        assertThat(ana.getByTestId("emoji-search")).isVisible();
        Axe.check(ana, "emoji");
        escape(ana);
        ana.getByTestId("composer").press("ArrowUp");
        Axe.check(ana, "edit");
        escape(ana);
        chat.kill();
        assertThat(ana.getByTestId("connection-banner")).containsText("Reconnecting", within(15));
        ChatPage.say(ana, "waits");
        Axe.check(ana, "without a server");
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void inDialogsAndMenus(ColorScheme scheme) {
        show(ana, scheme);
        for (String shortcut : new String[] {"Control+k", "Control+/"}) {
            ana.keyboard().press(shortcut);
            assertThat(ana.locator("dialog[open]")).isVisible();
            Axe.check(ana, shortcut);
            escape(ana);
        }
        for (String menu : new String[] {"add-menu", "level-menu", "room-menu", "me"}) {
            ana.getByTestId(menu).click();
            Axe.check(ana, menu);
            escape(ana);
        }
        dialog("me", "open-account");
        dialog("me", "open-notifications");
        dialog("add-menu", "new-room");
        dialog("add-menu", "browse-rooms");
        ana.getByTestId("new-direct").first().click();
        assertThat(ana.locator("dialog[open]")).isVisible();
        Axe.check(ana, "new-direct");
    }

    private void dialog(String menu, String item) {
        ana.getByTestId(menu).click();
        ana.getByTestId(item).click();
        assertThat(ana.locator("dialog[open]")).isVisible();
        Axe.check(ana, item);
        escape(ana);
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void inSearchAndMentions(ColorScheme scheme) {
        show(ana, scheme);
        say(ana, "a needle");
        ana.getByTestId("open-search").click();
        ana.getByTestId("search-query").fill("");
        Axe.check(ana, "empty search");
        ana.getByTestId("search-query").fill("needle");
        assertThat(ana.getByTestId("result")).hasCount(1);
        Axe.check(ana, "results");
        ana.getByTestId("search-query").fill("haystack");
        assertThat(ana.getByTestId("search-results")).containsText("Nothing found");
        Axe.check(ana, "no results");
        ana.getByTestId("search-query").fill("from:Nobody");
        assertThat(ana.getByTestId("search-problem")).isVisible();
        Axe.check(ana, "problem");
        ana.getByTestId("mentions-link").click();
        assertThat(ana.getByTestId("mentions")).containsText("No mentions");
        Axe.check(ana, "mentions");
        ana.navigate(chat.uri() + "/r/nowhere");
        assertThat(ana.getByTestId("missing-room")).isVisible();
        Axe.check(ana, "missing room");
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void onAPhoneAndBeforeJoining(ColorScheme scheme) {
        try (var window = chromium.window(390, 844, scheme)) {
            var page = window.newPage();
            page.navigate(chat.uri().toString());
            assertThat(page.getByTestId("name-input")).isVisible();
            Axe.check(page, "sign-in");
            page.getByTestId("with-password").click();
            assertThat(page.getByTestId("account-form")).isVisible();
            Axe.check(page, "account form");
            page.navigate(chat.uri().toString());
            page.getByTestId("name-input").fill("Ben");
            page.getByTestId("join").click();
            assertThat(page.getByTestId("composer"))
                    .isVisible(new IsVisibleOptions().setTimeout(30_000));
            fill(page);
            Axe.check(page, "files on a phone");
            page.getByTestId("send").click();
            assertThat(page.getByTestId("image")).isEnabled();
            Axe.check(page, "room on a phone");
            page.getByTestId("open-search").click();
            Axe.check(page, "search on a phone");
            page.getByRole(
                            AriaRole.BUTTON,
                            new Page.GetByRoleOptions().setName("Rooms").setExact(true))
                    .click();
            Axe.check(page, "list on a phone");
        }
    }
}
