package io.natter.conformance.chat;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.ColorScheme;
import io.natter.browser.Chromium;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// The page in Chromium, with a server of its own for each test and Ana in the room.
abstract class PageTest {
    /// The number of a message that is in the room.
    private static final Pattern ARRIVED = Pattern.compile("\\d+");

    static Chromium chromium;

    @TempDir Path data;
    ChatProcess chat; // all three set before each test
    BrowserContext anasWindow;
    Page ana;

    @BeforeAll
    static void startBrowser() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void stopBrowser() {
        chromium.close();
    }

    @BeforeEach
    void startChat() {
        chat = startServer();
        anasWindow = chromium.window(1024, 800, ColorScheme.LIGHT);
        ana = join(anasWindow, "Ana");
    }

    /// Starts the server of a test.
    ChatProcess startServer() {
        return ChatProcess.start(data);
    }

    @AfterEach
    void stopChat() {
        anasWindow.close();
        chat.close();
    }

    Page join(BrowserContext window, String name) {
        var page = window.newPage();
        page.navigate(chat.uri().toString());
        page.getByTestId("name-input").fill(name);
        page.getByTestId("join").click();
        assertThat(page.getByTestId("composer"))
                .isVisible(new IsVisibleOptions().setTimeout(30_000));
        return page;
    }

    static void say(Page page, String text) {
        var messages = page.getByTestId("message");
        int before = messages.count();
        page.getByTestId("composer").fill(text);
        page.getByTestId("composer").press("Enter");
        assertThat(messages).hasCount(before + 1);
        assertThat(messages.last()).hasAttribute("data-state", "sent");
        assertThat(messages.last()).hasAttribute("data-seq", ARRIVED);
    }

    static String lines(String word, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> word + " " + i)
                .collect(Collectors.joining("\n"));
    }

    /// Presses Escape, and waits until no dialog is open: the event of its end comes later than the
    /// key, and a test that goes on before it changes what a person could not reach yet.
    static void escape(Page page) {
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog[open]")).hasCount(0);
    }

    /// Waits for what the page does in its next frames: layout, observers, scroll events.
    static void settle(Page page) {
        page.evaluate(
                """
                async () => {
                  for (let i = 0; i < 4; i++) await new Promise(requestAnimationFrame);
                }""");
    }
}
