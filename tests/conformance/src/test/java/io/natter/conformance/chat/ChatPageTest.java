package io.natter.conformance.chat;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.natter.conformance.chat.ChatPage.assertTexts;
import static io.natter.conformance.chat.ChatPage.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.natter.browser.Chromium;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Two people who talk to each other.
class ChatPageTest extends PageTest {
    @Test
    void twoPeopleTalkAndSeeEachOtherComeAndGo() {
        ana.setViewportSize(1440, 900);
        try (var bensWindow = chromium.window(1440, 900, ColorScheme.DARK)) {
            assertThat(ana.getByTestId("online-count")).hasAttribute("data-count", "1");
            var ben = join(bensWindow, "Ben");
            assertThat(ana.getByTestId("online-count")).hasAttribute("data-count", "2");
            assertThat(ana.getByTestId("notice").last()).containsText("Ben");

            say(ana, "Good morning, Ben");
            assertTexts(ben, "Good morning, Ben");
            say(ben, "Good morning, Ana — see https://example.org");
            assertTexts(ana, "Good morning, Ben", "Good morning, Ana");
            assertTexts(ben, "Good morning, Ben", "Good morning, Ana");
            Chromium.picture(ana, "desktop-light");
            Chromium.picture(ben, "desktop-dark");

            ben.context().close();
            assertThat(ana.getByTestId("online-count"))
                    .hasAttribute("data-count", "1", new HasAttributeOptions().setTimeout(30_000));
            assertThat(ana.getByTestId("notice").last()).containsText("left");
        }
    }

    @Test
    void aReloadIsNoSecondPersonAndTheNameIsRemembered() {
        try (var bensWindow = chromium.window(390, 844, ColorScheme.LIGHT)) {
            var ben = join(bensWindow, "Ben");
            say(ana, "before");
            ana.reload();
            ChatPage.say(ana, "after");
            assertTexts(ana, "before", "after");
            assertTexts(ben, "before", "after");
            assertThat(ana.getByTestId("online-count")).hasAttribute("data-count", "2");
            Chromium.picture(ben, "phone-light");
        }
    }

    @Test
    void whatIsWrittenWhileTheLineIsDownIsThereOnceAndInOrderAfterwards() {
        try (var bensWindow = chromium.window(1024, 800, ColorScheme.LIGHT)) {
            var ben = join(bensWindow, "Ben");
            say(ana, "one");
            assertTexts(ben, "one");
            chat.kill();
            assertThat(ana.getByTestId("connection-banner"))
                    .containsText("Reconnecting", within(15));
            ChatPage.say(ana, "two");
            ChatPage.say(ana, "three");
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
        try (var bensWindow = chromium.window(1024, 800, ColorScheme.LIGHT)) {
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
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("32");
            page.getByTestId("name-input").fill("Cleo");
            page.getByTestId("join").click();
            assertThat(page.getByTestId("composer")).isVisible();
        }
    }
}
