package io.natter.conformance.chat;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.natter.conformance.chat.ChatPage.within;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The pages and dialogs that [LanguagePageTest] does not open, in German: those of messages,
/// rooms, the account, integrations and the administration.
class GermanDialogsPageTest extends GermanPageTest {
    private Page page; // Jürgen's, opened before each test

    @BeforeEach
    void openInGerman() {
        anasWindow.close();
        anasWindow = chromium.window(1440, 900, ColorScheme.LIGHT, GERMAN);
        page = join(anasWindow, "Jürgen");
    }

    @AfterEach
    void closePage() {
        page.close();
    }

    private void check(String state) {
        checkSizes(page, state);
    }

    private void opened(String state) {
        assertThat(page.locator("dialog[open]")).isVisible();
        check(state);
        escape(page);
    }

    private void roomMenu(String item) {
        page.getByTestId("room-menu").click();
        page.getByTestId(item).click();
    }

    private void menuOfLast(String item) {
        page.getByTestId("message").last().hover();
        page.getByTestId("message").last().locator("[data-testid=tools] button").last().click();
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(item)).click();
    }

    @Test
    void messagesAndTheirMenus() {
        say(page, "Guten Morgen");
        assertThat(page.locator(".day").first()).hasText("Heute");
        page.getByTestId("composer").press("ArrowUp");
        check("editing");
        page.getByTestId("composer").fill("Guten Tag");
        page.getByTestId("send").click();
        page.getByTestId("edited").click();
        opened("versions");
        page.getByTestId("message").last().hover();
        page.getByTestId("message").last().locator(".quick").first().click();
        assertThat(page.getByTestId("reaction")).isVisible();
        menuOfLast("Anheften");
        menuOfLast("Merken");
        assertThat(page.getByTestId("toast")).containsText("emerkt");
        check("pinned-and-saved");
        roomMenu("show-pins");
        opened("pins");
        page.getByTestId("timeline").focus();
        page.keyboard().press("Enter");
        page.keyboard().press("m");
        assertThat(page.getByTestId("remind-menu")).isVisible();
        check(page, "remind", "desktop");
        escape(page);
        page.getByTestId("saved-link").click();
        assertThat(page.getByTestId("saved")).hasCount(1);
        check("saved");
        page.getByTestId("saved-done").click();
        assertThat(page.getByTestId("saved")).hasCount(0);
        check("saved-empty");
        page.goBack();
        say(page, "Ein Fehler");
        menuOfLast("Löschen");
        assertThat(page.getByTestId("timeline")).containsText("gelöscht");
        check("deleted");
    }

    @Test
    void filesAndMessagesThatAreSentLater() {
        page.getByTestId("file-input")
                .setInputFiles(
                        new FilePayload[] {
                            new FilePayload(
                                    "huegel.jpg",
                                    "image/jpeg",
                                    TestPicture.landscape(1300, 900, 0.4f)),
                            new FilePayload(
                                    "plan.txt", "text/plain", "x".getBytes(StandardCharsets.UTF_8))
                        });
        assertThat(page.locator("[data-testid=chip][data-state=done]"))
                .hasCount(2, new HasCountOptions().setTimeout(30_000));
        page.getByTestId("describe").click();
        check("files");
        escape(page);
        page.getByTestId("send").click();
        page.getByTestId("image").click();
        assertThat(page.getByTestId("viewer")).isVisible();
        check("viewer");
        escape(page);
        for (String text : new String[] {"Bis morgen", "Bis Montag"}) {
            page.getByTestId("composer").fill(text);
            page.getByTestId("send-later").click();
            check(page, "send-later", "desktop");
            page.getByText("In 1 Stunde").click();
            assertThat(page.getByTestId("composer")).hasValue("");
        }
        assertThat(page.getByTestId("scheduled-strip")).containsText("2 Nachrichten");
        page.getByTestId("scheduled-strip").getByText("Zeigen").click();
        opened("scheduled-dialog");
        page.getByTestId("scheduled-link").click();
        assertThat(page.getByTestId("scheduled")).hasCount(2);
        check("scheduled");
        page.getByTestId("scheduled").first().getByRole(AriaRole.BUTTON).first().click();
        assertThat(page.getByTestId("scheduled-text")).isVisible();
        check("scheduled-edit");
        escape(page);
        for (int left = 1; left >= 0; left--) {
            page.getByTestId("scheduled").first().locator(".danger").click();
            assertThat(page.getByTestId("scheduled")).hasCount(left);
        }
        check("scheduled-empty");
    }

    @Test
    void roomsAndTheirDialogs() {
        page.getByTestId("add-menu").click();
        page.getByTestId("new-room").click();
        page.getByTestId("room-name").fill("Garten");
        page.getByTestId("confirm").click();
        assertThat(page).hasTitle(Pattern.compile("garten.*"));
        check("new-room");
        roomMenu("edit-room");
        opened("edit-room");
        roomMenu("invite");
        opened("invite");
        roomMenu("show-pins");
        opened("pins-empty");
        roomMenu("leave-room");
        opened("leave-room");
        roomMenu("archive");
        assertThat(page.locator(".header .tag")).hasText("Archiviert");
        check("archived");
        page.navigate(chat.uri() + "/admin");
        assertThat(page.getByTestId("admin-forbidden")).isVisible();
        check("admin-forbidden");
    }

    @Test
    void theAccountIntegrationsAndTheAdministration() {
        own(page);
        page.getByTestId("me").click();
        page.getByTestId("open-account").click();
        page.getByTestId("picture-file")
                .setInputFiles(
                        new FilePayload(
                                "huegel.jpg", "image/jpeg", TestPicture.landscape(900, 600, 0.3f)));
        assertThat(page.getByTestId("crop")).isVisible();
        check("crop");
        page.getByTestId("use-picture").click();
        assertThat(page.getByTestId("remove-picture")).isVisible();
        opened("account");
        try (var bens = chromium.window(1024, 800, ColorScheme.LIGHT)) {
            join(bens, "Ben");
            page.getByTestId("me").click();
            page.getByTestId("open-place").click();
            page.getByTestId("tab-bots").click();
            page.getByTestId("bot-name").fill("Robo");
            page.getByTestId("create-bot").click();
            assertThat(page.getByTestId("secret")).isVisible();
            check("bots");
            page.getByTestId("tab-webhooks").click();
            page.getByTestId("incoming-name").fill("Alarm");
            page.getByTestId("create-incoming").click();
            assertThat(page.getByTestId("secret")).isVisible();
            check("webhooks");
            escape(page);
            people();
            administration();
        }
    }

    private void people() {
        var line = page.getByTestId("person").filter(new Locator.FilterOptions().setHasText("Ben"));
        for (String action : new String[] {"mute", "kick"}) {
            line.hover();
            line.getByTestId("about-person").click();
            page.getByTestId(action).click();
            opened(action);
        }
    }

    private void administration() {
        page.navigate(chat.uri() + "/admin");
        for (String tab :
                new String[] {
                    "people", "bans", "rooms", "sessions", "server", "settings", "audit"
                }) {
            page.getByTestId("admin-tab-" + tab).click();
            assertThat(page.getByTestId("admin")).not().containsText("Lädt");
            check("admin-" + tab);
        }
        page.getByTestId("admin-tab-people").click();
        page.getByTestId("delete-person").first().click();
        opened("delete-person");
        page.getByTestId("admin-tab-rooms").click();
        page.getByTestId("retention").selectOption("30");
        check("retention-question");
        page.getByTestId("admin-confirm").click();
        assertThat(page.getByTestId("toast"))
                .containsText("general: Nachrichten werden nach 30 Tagen gelöscht.", within(30));
        page.navigate(chat.uri() + "/r/general");
        assertThat(page.getByTestId("kept")).hasText("Nachrichten werden nach 30 Tagen gelöscht.");
        check("kept");
    }
}
