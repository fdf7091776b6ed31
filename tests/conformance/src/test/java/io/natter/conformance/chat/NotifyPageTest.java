package io.natter.conformance.chat;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.natter.browser.Chromium;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Notifications, and the page that tests them, in Chromium.
class NotifyPageTest extends PageTest {
    /// Keeps what the page shows: without a window there is no desktop to show it.
    private static final String RECORD =
            """
            window.shown = [];
            window.Notification = class {
              static permission = 'granted';
              static requestPermission = async () => 'granted';
              constructor(title, { body, tag }) {
                window.shown.push(title + ' | ' + body);
                window.last = this;
                setTimeout(() => this.onshow?.());
              }
              close() {}
            };
            """;

    private void openSettings(Page page) {
        page.getByTestId("me").click();
        page.getByTestId("open-notifications").click();
        assertThat(page.getByTestId("notifications-dialog")).isVisible();
    }

    private Page withRecord() {
        ana.addInitScript(RECORD);
        ana.reload();
        assertThat(ana.getByTestId("composer")).isVisible();
        return ana;
    }

    @Test
    void theBrowserIsAskedOnceAndARefusalIsExplained() {
        openSettings(ana);
        // Chromium without a window refuses, as a person can.
        assertThat(ana.getByTestId("notify-why")).containsText("browser");
        assertThat(ana.getByTestId("notify-test")).isDisabled();
        ana.getByTestId("sound-test").click();
        assertThat(ana.getByTestId("sound-result"))
                .containsText(Pattern.compile("Played|allows no"));
        Chromium.picture(ana, "notifications-light");
    }

    @Test
    void theTestSaysWhatHappened() {
        withRecord();
        openSettings(ana);
        ana.getByTestId("notify-desktop").check();
        ana.getByTestId("notify-test").click();
        assertThat(ana.getByTestId("notify-result")).containsText("Shown");
        assertThat(shown(ana)).containsExactly("Natter | This is how a new message looks.");
    }

    @Test
    void messagesElsewhereNotifyByTheLevelOfTheirRoom() {
        withRecord();
        openSettings(ana);
        ana.getByTestId("notify-desktop").check();
        escape(ana);
        try (var window = chromium.window(1024, 800, ColorScheme.LIGHT)) {
            var ben = join(window, "Ben");
            // Ana looks at another place of the page.
            ana.getByTestId("mentions-link").click();
            say(ben, "to everybody");
            ana.waitForFunction("() => window.shown.length === 1");
            assertThat(shown(ana)).containsExactly("Ben in #general | to everybody");
            ana.evaluate("window.last.onclick()");
            assertThat(ana).hasURL(Pattern.compile("/r/general/1$"));
            ana.getByTestId("level-menu").click();
            ana.getByTestId("level-mentions").check();
            escape(ana);
            ana.getByTestId("mentions-link").click();
            say(ben, "nothing for Ana");
            ben.getByTestId("composer").pressSequentially("hi @An");
            ben.getByTestId("composer").press("Enter");
            ben.getByTestId("composer").press("Enter");
            ana.waitForFunction("() => window.shown.length === 2");
            assertThat(shown(ana).getLast()).isEqualTo("Ben in #general | hi @Ana");
            assertThat(ana).hasTitle(Pattern.compile("^\\(1\\) "));
        }
    }

    @Test
    void aMessageCanBeMarkedUnread() {
        try (var window = chromium.window(1024, 800, ColorScheme.LIGHT)) {
            var ben = join(window, "Ben");
            say(ben, "for later");
            assertThat(ana.getByTestId("message")).hasCount(1);
            ana.getByTestId("message").last().hover();
            ana.getByTestId("message")
                    .last()
                    .getByRole(
                            AriaRole.BUTTON,
                            new com.microsoft.playwright.Locator.GetByRoleOptions()
                                    .setName("More")
                                    .setExact(true))
                    .click();
            ana.getByRole(
                            AriaRole.MENUITEM,
                            new Page.GetByRoleOptions().setName("Mark unread").setExact(true))
                    .click();
            ana.getByTestId("mentions-link").click();
            assertThat(ana).hasTitle(Pattern.compile("^• "));
        }
    }

    @SuppressWarnings("unchecked")
    private static List<String> shown(Page page) {
        return (List<String>) page.evaluate("window.shown");
    }
}
