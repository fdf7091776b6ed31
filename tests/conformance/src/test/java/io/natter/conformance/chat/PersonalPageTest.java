package io.natter.conformance.chat;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.natter.conformance.chat.ChatPage.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.natter.browser.Chromium;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Saved messages, reminders and messages that are sent later, in Chromium.
class PersonalPageTest extends PageTest {
    /// Keeps the notifications of the page: without a window there is no desktop to show them.
    private static final String RECORD =
            """
            window.shown = [];
            window.Notification = class {
              static permission = 'granted';
              static requestPermission = async () => 'granted';
              constructor(title, { body }) {
                window.shown.push(title + ' | ' + body);
                setTimeout(() => this.onshow?.());
              }
              close() {}
            };
            localStorage.setItem('natter.notify', 'on');
            """;

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }

    private static void menu(Locator message, String item) {
        message.hover();
        message.getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("More").setExact(true))
                .click();
        message.page()
                .getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(item))
                .click();
    }

    /// The client of somebody's browser, for times that its fields do not offer.
    private Visitor of(BrowserContext window) {
        var cookie = window.cookies().getFirst();
        return Visitor.as(chat.uri(), cookie.name + "=" + cookie.value);
    }

    private static void greet(Visitor visitor) throws InterruptedException {
        while (visitor.ask("hello", Visitor.json("proto", 2)) == null) {
            // not connected yet
        }
    }

    /// Both looks of both sizes.
    private static void pictures(Page page, String name) {
        var size = page.viewportSize();
        for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
            String look = scheme == ColorScheme.LIGHT ? "light" : "dark";
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            page.setViewportSize(1024, 800);
            settle(page);
            Axe.check(page, name + ", " + look);
            Chromium.picture(page, name + "-" + look);
            page.setViewportSize(390, 844);
            settle(page);
            Axe.check(page, name + " on a phone, " + look);
            Chromium.picture(page, name + "-phone-" + look);
        }
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        page.setViewportSize(size.width, size.height);
    }

    // ---- saved messages

    @Test
    void aMessageIsSavedByMenuOrKeyAndListedInEveryTab() {
        say(ana, "water the **plants**");
        say(ana, "call Ben");
        var second = ChatPage.open(anasWindow, chat.uri());
        menu(ana.getByTestId("message").first(), "Save");
        assertThat(ana.getByTestId("toast")).containsText("Saved");
        assertThat(ana.getByTestId("message").first()).containsText("Saved");
        assertThat(second.getByTestId("message").first()).containsText("Saved");
        ana.getByTestId("timeline").focus();
        ana.keyboard().press("Enter");
        ana.keyboard().press("s");
        assertThat(ana.getByTestId("message").last()).containsText("Saved");
        second.getByTestId("saved-link").click();
        assertThat(second).hasURL(Pattern.compile(".*/saved$"));
        assertThat(second.getByTestId("saved"))
                .containsText(new String[] {"call Ben", "water the plants"});
        ana.keyboard().press("s");
        assertThat(second.getByTestId("saved")).hasCount(1);
        second.getByTestId("saved-message").click();
        assertThat(second.getByTestId("message").first()).isFocused();
    }

    @Test
    void theListHasStatesForDeletedMessagesAndRoomsThatOneLeft() {
        ana.getByTestId("add-menu").click();
        ana.getByTestId("new-room").click();
        ana.getByTestId("room-name").fill("orchard");
        ana.getByTestId("confirm").click();
        assertThat(ana).hasTitle(Pattern.compile("orchard.*"));
        say(ana, "the plum tree");
        menu(ana.getByTestId("message").last(), "Save");
        ana.getByTestId("room").filter(new Locator.FilterOptions().setHasText("general")).click();
        assertThat(ana).hasTitle(Pattern.compile("general.*"));
        ana.keyboard().press("Control+k");
        ana.getByTestId("switcher-query").fill("saved");
        ana.keyboard().press("Enter");
        assertThat(ana.getByTestId("saved")).containsText("the plum tree");
        ana.goBack();
        say(ana, "a mistake");
        menu(ana.getByTestId("message").last(), "Save");
        say(ana, "a good thought");
        menu(ana.getByTestId("message").last(), "Save");
        ana.getByTestId("saved-link").click();
        assertThat(ana.getByTestId("saved")).hasCount(3);
        ana.goBack();
        menu(ana.getByTestId("message").first(), "Delete");
        leave(ana, "orchard");
        ana.getByTestId("saved-link").click();
        assertThat(ana.getByTestId("saved").nth(1)).containsText("was deleted", within(30));
        assertThat(ana.getByTestId("saved").nth(2)).containsText("no longer in the room");
        pictures(ana, "saved");
        ana.getByTestId("saved").first().getByTestId("saved-done").click();
        assertThat(ana.getByTestId("saved")).hasCount(2);
        ana.getByRole(AriaRole.BUTTON, named("Undo")).click();
        assertThat(ana.getByTestId("saved")).hasCount(3);
        assertThat(ana.getByTestId("saved").first()).containsText("a good thought");
        for (int left = 2; left >= 0; left--) {
            ana.getByTestId("saved").first().getByTestId("saved-done").click();
            assertThat(ana.getByTestId("saved")).hasCount(left);
        }
        assertThat(ana.getByTestId("saved-page")).containsText("No saved messages yet");
        pictures(ana, "saved-empty");
    }

    private static void leave(Page page, String room) {
        page.getByTestId("room").filter(new Locator.FilterOptions().setHasText(room)).click();
        assertThat(page).hasTitle(Pattern.compile(room + ".*"));
        page.getByTestId("room-menu").click();
        page.getByTestId("leave-room").click();
        page.getByTestId("confirm").click();
        assertThat(page.getByTestId("room").filter(new Locator.FilterOptions().setHasText(room)))
                .hasCount(0);
    }

    // ---- reminders

    @Test
    void aReminderIsSetByKeyboardAlone() {
        say(ana, "water the plants");
        ana.getByTestId("timeline").focus();
        ana.keyboard().press("Enter");
        ana.keyboard().press("m");
        assertThat(ana.getByTestId("remind-menu")).isVisible();
        pictures(ana, "remind");
        ana.keyboard().press("Tab");
        ana.keyboard().press("Enter");
        assertThat(ana.getByTestId("toast")).containsText("You will be reminded");
        assertThat(ana.getByTestId("message")).isFocused();
        ana.getByTestId("saved-link").click();
        assertThat(ana.getByTestId("saved")).containsText("Reminder");
        ana.getByTestId("saved-remind").focus();
        ana.keyboard().press("Enter");
        ana.getByTestId("own-time").fill("2020-01-01T10:00");
        ana.getByTestId("own-time").press("Enter");
        assertThat(ana.getByTestId("remind-menu")).containsText("in the future");
        ana.getByTestId("own-time").fill("2099-01-01T10:00");
        ana.getByTestId("own-time").press("Enter");
        assertThat(ana.getByTestId("toast")).containsText("366 days");
        assertThat(ana.getByTestId("saved-remind")).isFocused();
    }

    @Test
    void aReminderComesIsPutOffAndDone() throws Exception {
        ana.addInitScript(RECORD);
        ana.reload();
        say(ana, "water the plants");
        ana.getByTestId("mentions-link").click();
        ana.evaluate("document.hasFocus = () => false; dispatchEvent(new Event('blur'))");
        try (var client = of(anasWindow)) {
            greet(client);
            remindSoon(client);
            assertThat(ana.getByTestId("toast"))
                    .containsText("Reminder: Ana: water the plants", within(30));
            assertThat(ana).hasTitle("(1) Mentions · Natter");
            assertThat(ana.getByTestId("saved-link")).containsText("1 unread");
            ana.waitForFunction("() => window.shown.length === 1");
            assertThat(String.valueOf(ana.evaluate("window.shown[0]")))
                    .isEqualTo("Reminder | Ana: water the plants");
            ana.reload();
            assertThat(ana.getByTestId("saved-link")).containsText("1 unread", within(30));
            ana.getByTestId("saved-link").click();
            assertThat(ana.getByTestId("saved")).hasClass(Pattern.compile(".*due.*"));
            pictures(ana, "reminder");
            ana.getByTestId("saved-remind").click();
            ana.getByText("In 20 minutes").click();
            assertThat(ana.getByTestId("saved")).containsText(Pattern.compile("Reminder (at|on)"));
            assertThat(ana).hasTitle("Saved · Natter");
            remindSoon(client);
            assertThat(ana.getByTestId("saved-done")).hasText("Done", textWithin(30));
            ana.getByTestId("saved-done").click();
            assertThat(ana.getByTestId("saved")).hasCount(0);
        }
    }

    private static com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions textWithin(
            int seconds) {
        return new com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions()
                .setTimeout(seconds * 1000.0);
    }

    private static void remindSoon(Visitor client) throws InterruptedException {
        var at = System.currentTimeMillis() + 1000;
        var set = client.ask("remind", Visitor.json("room", "general", "seq", 1, "at", at));
        assertThat(String.valueOf(set)).contains("\"ok\":true");
    }

    // ---- messages that are sent later

    private void schedule(Page page, String text) {
        page.getByTestId("composer").fill(text);
        page.getByTestId("send-later").click();
        page.getByText("In 1 hour").click();
        assertThat(page.getByTestId("composer")).hasValue("");
    }

    @Test
    void aMessageWithFilesIsScheduledAndSent() {
        ana.getByTestId("file-input")
                .setInputFiles(
                        new FilePayload[] {
                            new FilePayload(
                                    "hills.jpg",
                                    "image/jpeg",
                                    TestPicture.landscape(900, 600, 0.3f)),
                            new FilePayload("plan.txt", "text/plain", new byte[] {'x'})
                        });
        assertThat(ana.locator("[data-testid=chip][data-state=done]"))
                .hasCount(2, new HasCountOptions().setTimeout(30_000));
        schedule(ana, "");
        assertThat(ana.getByTestId("chip")).hasCount(0);
        assertThat(ana.getByTestId("toast")).containsText("will be sent");
        ana.getByRole(AriaRole.BUTTON, named("Undo")).click();
        assertThat(ana.locator("[data-testid=chip][data-state=done]"))
                .hasCount(2, new HasCountOptions().setTimeout(30_000));
        schedule(ana, "the **plan**");
        ana.reload();
        assertThat(ana.getByTestId("chip")).hasCount(0);
        ana.getByTestId("scheduled-link").click();
        assertThat(ana.getByTestId("scheduled-files")).hasText("hills.jpg, plan.txt");
        pictures(ana, "scheduled-files");
        ana.getByRole(AriaRole.BUTTON, named("Cancel sending")).click();
        assertThat(ana.getByTestId("scheduled")).hasCount(0);
        ana.getByRole(AriaRole.BUTTON, named("Undo")).click();
        assertThat(ana.getByTestId("scheduled-files")).hasText("hills.jpg, plan.txt");
        ana.getByRole(AriaRole.BUTTON, named("Send now")).click();
        assertThat(ana.getByTestId("scheduled")).hasCount(0);
        ana.goBack();
        assertThat(ana.getByTestId("message")).containsText("the plan");
        assertThat(ana.getByTestId("image")).isVisible();
        assertThat(ana.getByTestId("file")).containsText("plan.txt");
    }

    @Test
    void aMessageIsScheduledChangedAndSent() {
        ana.getByTestId("composer").fill("see you tomorrow");
        ana.getByTestId("send-later").click();
        assertThat(ana.getByTestId("send-later-menu")).isVisible();
        pictures(ana, "send-later");
        ana.getByText("In 1 hour").click();
        assertThat(ana.getByTestId("composer")).hasValue("");
        assertThat(ana.getByTestId("toast")).containsText("will be sent");
        assertThat(ana.getByTestId("scheduled-strip")).containsText("One message will be sent");
        ana.getByRole(AriaRole.BUTTON, named("Undo")).click();
        assertThat(ana.getByTestId("composer")).hasValue("see you tomorrow");
        assertThat(ana.getByTestId("scheduled-strip")).hasCount(0);
        schedule(ana, "see you tomorrow");
        schedule(ana, "and on Monday");
        assertThat(ana.getByTestId("scheduled-strip")).containsText("2 messages will be sent");
        ana.getByTestId("scheduled-strip").getByText("Show").click();
        assertThat(ana.getByTestId("scheduled-dialog").getByTestId("scheduled")).hasCount(2);
        pictures(ana, "scheduled-room");
        escape(ana);
        ana.reload();
        ana.getByTestId("scheduled-link").click();
        assertThat(ana.getByTestId("scheduled")).hasCount(2);
        pictures(ana, "scheduled");
        var first = ana.getByTestId("scheduled").first();
        first.getByText("Edit").click();
        ana.getByTestId("scheduled-text").fill("see you on Tuesday");
        pictures(ana, "scheduled-edit");
        ana.getByTestId("scheduled-text").press("Tab");
        ana.getByTestId("scheduled-time").press("Enter");
        assertThat(first).containsText("see you on Tuesday");
        ana.getByTestId("scheduled").last().getByText("Cancel sending").click();
        assertThat(ana.getByTestId("scheduled")).hasCount(1);
        ana.getByRole(AriaRole.BUTTON, named("Undo")).click();
        assertThat(ana.getByTestId("scheduled")).hasCount(2);
        ana.getByTestId("scheduled").last().getByText("Cancel sending").click();
        first.getByText("Send now").click();
        assertThat(ana.getByTestId("scheduled-page")).containsText("Nothing is scheduled");
        ana.goBack();
        ChatPage.assertTexts(ana, "see you on Tuesday");
    }

    @Test
    void aMessageIsScheduledByKeyboardAlone() {
        ana.getByTestId("composer").pressSequentially("by keys");
        assertThat(ana.getByTestId("send-later")).isVisible();
        ana.keyboard().press("Tab");
        assertThat(ana.getByTestId("send-later")).isFocused();
        ana.keyboard().press("Enter");
        assertThat(ana.getByTestId("time-choices").getByRole(AriaRole.BUTTON).first()).isFocused();
        ana.keyboard().press("Enter");
        assertThat(ana.getByTestId("scheduled-strip")).isVisible();
        assertThat(ana.getByTestId("composer")).hasValue("");
    }

    @Test
    void aRefusedMessageIsToldToItsAuthor() throws Exception {
        ana.getByTestId("add-menu").click();
        ana.getByTestId("new-room").click();
        ana.getByTestId("room-name").fill("orchard");
        ana.getByTestId("confirm").click();
        assertThat(ana).hasTitle(Pattern.compile("orchard.*"));
        String room =
                String.valueOf(
                        ana.getByTestId("room")
                                .filter(new Locator.FilterOptions().setHasText("orchard"))
                                .getAttribute("data-id"));
        try (var client = of(anasWindow)) {
            greet(client);
            var at = System.currentTimeMillis() + 1500;
            var added =
                    client.ask(
                            "later.add",
                            Visitor.json(
                                    "room", room, "cmid", "x", "text", "plums!", "send_at", at));
            assertThat(String.valueOf(added)).contains("\"ok\":true");
            client.ask("room.leave", Visitor.json("room", room));
            assertThat(ana.getByTestId("toast")).containsText("was not sent", within(30));
            ana.getByRole(AriaRole.BUTTON, named("Show")).click();
            assertThat(ana.getByTestId("scheduled")).containsText("plums!");
            assertThat(ana.getByTestId("scheduled")).containsText("Not sent.");
            assertThat(ana.getByTestId("scheduled-link")).containsText("1 unread");
            pictures(ana, "scheduled-refused");
        }
    }

    @Test
    void aMessageIsSentInTimeWithoutItsPage() throws Exception {
        try (var window = chromium.window(1024, 800, ColorScheme.LIGHT)) {
            var ben = join(window, "Ben");
            try (var client = of(anasWindow)) {
                greet(client);
                var at = System.currentTimeMillis() + 1500;
                client.ask(
                        "later.add",
                        Visitor.json(
                                "room",
                                "general",
                                "cmid",
                                "y",
                                "text",
                                "good morning",
                                "send_at",
                                at));
            }
            ana.close();
            assertThat(ben.getByTestId("message"))
                    .hasCount(1, new HasCountOptions().setTimeout(30_000));
            assertThat(ben.getByTestId("message")).containsText("good morning");
        }
    }
}
