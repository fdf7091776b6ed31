package io.natter.conformance.chat;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.ColorScheme;
import io.natter.browser.Chromium;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page in Chromium, with a server of its own for each test.
class ChatPageTest {
    private static Chromium chromium;

    @TempDir Path data;
    private ChatProcess chat;

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
        chat = ChatProcess.start(data);
    }

    @AfterEach
    void stopChat() {
        chat.close();
    }

    @Test
    void twoPeopleTalkAndSeeEachOtherComeAndGo() {
        try (var anasWindow = chromium.window(1440, 900, ColorScheme.LIGHT);
                var bensWindow = chromium.window(1440, 900, ColorScheme.DARK)) {
            var ana = join(anasWindow, "Ana");
            assertThat(ana.getByTestId("online-count")).containsText("1");
            var ben = join(bensWindow, "Ben");
            assertThat(ana.getByTestId("online-count")).containsText("2");
            assertThat(ana.getByTestId("notice").last()).containsText("Ben");

            say(ana, "Good morning, Ben");
            say(ben, "Good morning, Ana — see https://example.org");
            assertTexts(ana, "Good morning, Ben", "Good morning, Ana");
            assertTexts(ben, "Good morning, Ben", "Good morning, Ana");
            Chromium.picture(ana, "desktop-light");
            Chromium.picture(ben, "desktop-dark");

            ben.context().close();
            assertThat(ana.getByTestId("online-count")).containsText("1", textsWithin(30));
            assertThat(ana.getByTestId("notice").last()).containsText("left");
        }
    }

    @Test
    void aReloadIsNoSecondPersonAndTheNameIsRemembered() {
        try (var anasWindow = chromium.window(1024, 800, ColorScheme.LIGHT);
                var bensWindow = chromium.window(390, 844, ColorScheme.LIGHT)) {
            var ana = join(anasWindow, "Ana");
            var ben = join(bensWindow, "Ben");
            say(ana, "before");
            ana.reload();
            say(ana, "after");
            assertTexts(ana, "before", "after");
            assertTexts(ben, "before", "after");
            assertThat(ana.getByTestId("online-count")).containsText("2");
            Chromium.picture(ben, "phone-light");
        }
    }

    @Test
    void whatIsWrittenWhileTheLineIsDownIsThereOnceAndInOrderAfterwards() {
        try (var anasWindow = chromium.window(1024, 800, ColorScheme.LIGHT);
                var bensWindow = chromium.window(1024, 800, ColorScheme.LIGHT)) {
            var ana = join(anasWindow, "Ana");
            var ben = join(bensWindow, "Ben");
            say(ana, "one");
            assertTexts(ben, "one");
            chat.kill();
            assertThat(ana.getByTestId("strip")).containsText("Reconnecting", textsWithin(15));
            say(ana, "two");
            say(ana, "three");
            Chromium.picture(ana, "offline");
            chat.startAgain();
            assertTexts(ben, "one", "two", "three");
            assertTexts(ana, "one", "two", "three");
            var states = ana.getByTestId("message").all();
            assertThat(states)
                    .allSatisfy(
                            row -> assertThat(row.getAttribute("data-state")).isEqualTo("sent"));
        }
    }

    @Test
    void theLastMessagesAreThereOnJoining() {
        try (var anasWindow = chromium.window(1024, 800, ColorScheme.LIGHT);
                var bensWindow = chromium.window(1024, 800, ColorScheme.LIGHT)) {
            var ana = join(anasWindow, "Ana");
            var words = IntStream.range(0, 8).mapToObj(i -> "message number " + i).toList();
            words.forEach(word -> say(ana, word));
            assertTexts(ana, words.toArray(String[]::new));
            var ben = join(bensWindow, "Ben");
            assertTexts(ben, words.toArray(String[]::new));
        }
    }

    @Test
    void aNameOfTenThousandCharactersGetsAClearAnswer() {
        try (var window = chromium.window(1024, 800, ColorScheme.LIGHT)) {
            var page = window.newPage();
            page.navigate(chat.uri().toString());
            page.getByTestId("name-input").fill("x".repeat(10_000));
            page.getByTestId("join").click();
            assertThat(page.getByRole(com.microsoft.playwright.options.AriaRole.ALERT))
                    .containsText("32");
            page.getByTestId("name-input").fill("Ana");
            page.getByTestId("join").click();
            assertThat(page.getByTestId("composer")).isVisible();
        }
    }

    private Page join(BrowserContext window, String name) {
        var page = window.newPage();
        page.navigate(chat.uri().toString());
        page.getByTestId("name-input").fill(name);
        page.getByTestId("join").click();
        assertThat(page.getByTestId("composer")).isVisible();
        return page;
    }

    private static void say(Page page, String text) {
        page.getByTestId("composer").fill(text);
        page.getByTestId("composer").press("Enter");
        assertThat(page.getByTestId("timeline")).containsText(text);
    }

    private static void assertTexts(Page page, String... texts) {
        assertThat(page.getByTestId("message")).containsText(texts, textsWithin(30));
        assertThat(page.getByTestId("message")).hasCount(List.of(texts).size());
    }

    private static ContainsTextOptions textsWithin(int seconds) {
        return new ContainsTextOptions().setTimeout(seconds * 1000.0);
    }
}
