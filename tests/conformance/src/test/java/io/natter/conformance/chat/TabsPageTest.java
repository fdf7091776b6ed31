package io.natter.conformance.chat;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.natter.conformance.chat.ChatPage.assertTexts;
import static io.natter.conformance.chat.ChatPage.open;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions;
import com.microsoft.playwright.options.ColorScheme;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Two tabs of one browser.
class TabsPageTest extends PageTest {
    /// Makes a page believe that its tab is hidden or in front, as `hide` says.
    private static final String TAB =
            """
            let hidden = false;
            Object.defineProperty(document, 'visibilityState', { get: () => hidden ? 'hidden' : 'visible' });
            document.hasFocus = () => !hidden;
            window.hide = value => {
              hidden = value;
              document.dispatchEvent(new Event('visibilitychange'));
              dispatchEvent(new Event(value ? 'blur' : 'focus'));
            };
            """;

    @Test
    void whatOneTabHasReadIsReadInTheOther() {
        try (var bensWindow = chromium.window(1024, 800, ColorScheme.LIGHT)) {
            anasWindow.addInitScript(TAB);
            ana.reload();
            say(ana, "before");
            assertThat(ana.getByTestId("message")).hasAttribute("data-seq", "1");
            hide(ana, true);
            assertThat(ana).hasTitle("general · Natter");
            var second = open(anasWindow, chat.uri());
            hide(second, true);
            var ben = join(bensWindow, "Ben");
            say(ben, "news");
            assertThat(ana).hasTitle("• general · Natter");
            assertThat(ana.getByTestId("new-line")).isVisible();
            hide(second, false);
            assertThat(ana).hasTitle("general · Natter");
            assertThat(ana.getByTestId("new-line")).hasCount(0);
        }
    }

    @Test
    void theTabInFrontSendsWhileAHiddenOneCannotReconnect() {
        anasWindow.addInitScript(TAB);
        var cut = new AtomicBoolean();
        cutOff(ana, cut);
        ana.reload();
        say(ana, "from the first tab");
        assertThat(ana.getByTestId("message")).hasAttribute("data-seq", "1");
        hide(ana, true);
        var front = open(anasWindow, chat.uri());
        cut.set(true);
        chat.kill();
        chat.startAgain();
        ChatPage.say(front, "from the tab in front");
        assertTexts(front, "from the first tab", "from the tab in front");
        assertThat(front.getByTestId("message").last())
                .hasAttribute("data-seq", "2", new HasAttributeOptions().setTimeout(30_000));
    }

    /// While `cut` is true, the page cannot open a connection.
    private static void cutOff(Page page, AtomicBoolean cut) {
        var path = Pattern.compile(".*/socket\\.io/.*");
        page.route(
                path,
                route -> {
                    if (cut.get()) {
                        route.abort();
                    } else {
                        route.resume();
                    }
                });
        page.routeWebSocket(
                path,
                socket -> {
                    if (cut.get()) {
                        socket.close();
                    } else {
                        socket.connectToServer();
                    }
                });
    }

    @Test
    void aTabThatSendsLeavesTheDraftOfTheOther() {
        var second = open(anasWindow, chat.uri());
        ana.getByTestId("composer").fill("the first tab's");
        second.getByTestId("composer").fill("the second tab's");
        ana.getByTestId("composer").press("Enter");
        assertThat(ana.getByTestId("composer")).hasValue("");
        second.reload();
        assertThat(second.getByTestId("composer")).hasValue("the second tab's");
        ana.reload();
        assertThat(ana.getByTestId("composer")).hasValue("");
    }

    @Test
    void theNextPersonOfABrowserReadsNoDraft() {
        ana.getByTestId("composer").fill("a private draft");
        ana.getByTestId("me").click();
        ana.getByTestId("leave").click();
        ChatPage.join(ana, chat.uri(), "Ben");
        assertThat(ana.getByTestId("composer")).hasValue("");
    }

    private static void hide(Page page, boolean hidden) {
        page.evaluate("value => hide(value)", hidden);
    }
}
