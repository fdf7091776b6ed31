package io.natter.conformance.chat;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.natter.conformance.chat.ChatPage.within;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.Test;

/// Ana and Ben work with messages, in Chromium.
class MessagePageTest extends PageTest {
    @Test
    void markdownBecomesElements() {
        say(ana, "**bold** `code` https://example.org/a_b <b>no</b>");
        var text = ana.getByTestId("message").last();
        assertThat(text.locator("strong")).hasText("bold");
        assertThat(text.locator("code")).hasText("code");
        assertThat(text.locator("a")).hasAttribute("href", "https://example.org/a_b");
        assertThat(text).containsText("<b>no</b>");
    }

    @Test
    void codeIsColouredAndKeepsItsText() {
        ana.getByTestId("composer").fill("```java\nint a = 1; // one\n```");
        ana.getByTestId("composer").press("Enter");
        var code = ana.getByTestId("message").last().locator("pre");
        assertThat(code).hasText("int a = 1; // one");
        assertThat(code.locator(".token-comment")).hasText("// one");
    }

    @Test
    void anEditIsSeenByOthersWithItsHistory() {
        try (var window = chromium.window(1024, 800, ColorScheme.LIGHT)) {
            var ben = join(window, "Ben");
            say(ana, "frist");
            ana.getByTestId("composer").press("ArrowUp");
            assertThat(ana.getByTestId("composing")).containsText("Editing");
            ana.getByTestId("composer").fill("first");
            ana.getByTestId("composer").press("Enter");
            assertThat(ana.getByTestId("composer")).hasValue("");
            var seen = ben.getByTestId("message").last();
            assertThat(seen).containsText("first");
            seen.getByTestId("edited").click();
            assertThat(ben.getByTestId("history")).containsText("frist");
        }
    }

    @Test
    void escapeLeavesAnEditAndBringsTheDraftBack() {
        say(ana, "hello");
        ana.getByTestId("timeline").focus();
        ana.keyboard().press("Enter");
        ana.getByTestId("composer").fill("a draft");
        ana.getByTestId("timeline").focus();
        ana.keyboard().press("Enter");
        ana.keyboard().press("e");
        assertThat(ana.getByTestId("composer")).hasValue("hello");
        escape(ana);
        assertThat(ana.getByTestId("composer")).hasValue("a draft");
    }

    @Test
    void aDeletionCanBeUndoneAndIsSentOtherwise() {
        try (var window = chromium.window(1024, 800, ColorScheme.LIGHT)) {
            var ben = join(window, "Ben");
            say(ana, "kept");
            say(ana, "gone");
            delete(ana.getByTestId("message").first());
            assertThat(ana.getByText("Message deleted").first()).isVisible();
            ana.getByRole(AriaRole.BUTTON, named("Undo")).click();
            assertThat(ana.getByTestId("message").first()).containsText("kept");
            delete(ana.getByTestId("message").last());
            assertThat(ben.getByTestId("message").last())
                    .containsText("Message deleted", within(10));
            assertThat(ben.getByTestId("message").first()).containsText("kept");
        }
    }

    @Test
    void aReactionIsAddedByKeyboardAndTakenAwayByAPress() {
        say(ana, "hello");
        ana.getByTestId("timeline").focus();
        ana.keyboard().press("Enter");
        ana.keyboard().press("+");
        ana.getByTestId("emoji-search").fill("tada");
        ana.keyboard().press("Enter");
        var reaction = ana.getByTestId("reaction");
        assertThat(reaction).hasAttribute("data-emoji", "🎉");
        assertThat(reaction).hasAttribute("aria-pressed", "true");
        reaction.click();
        assertThat(reaction).hasCount(0);
    }

    @Test
    void aReplyQuotesTheMessageAndLeadsBackToIt() {
        say(ana, "a **question**");
        say(ana, lines("between", 60));
        tool(ana.getByTestId("message").first(), "Reply");
        ana.getByTestId("composer").fill("an answer");
        ana.getByTestId("composer").press("Enter");
        var quote = ana.getByTestId("quote");
        assertThat(quote).containsText("a question");
        quote.click();
        assertThat(ana.getByTestId("message").first()).isFocused();
    }

    @Test
    void aMentionIsCompletedAndDrawnWithTheName() {
        try (var window = chromium.window(1024, 800, ColorScheme.LIGHT)) {
            var ben = join(window, "Ben");
            var composer = ana.getByTestId("composer");
            composer.pressSequentially("hi @be");
            assertThat(ana.getByTestId("completions").getByRole(AriaRole.OPTION))
                    .containsText("Ben");
            composer.press("Enter");
            assertThat(composer).hasValue("hi @Ben ");
            composer.press("Enter");
            assertThat(ben.getByTestId("message").last().locator(".mention.me")).hasText("@Ben");
        }
    }

    @Test
    void anEditAndAReactionWithoutAServerArriveAfterAReload() {
        say(ana, "before");
        chat.kill();
        assertThat(ana.getByTestId("connection-banner")).containsText("Reconnecting", within(15));
        ana.getByTestId("composer").press("ArrowUp");
        ana.getByTestId("composer").fill("after");
        ana.getByTestId("composer").press("Enter");
        var message = ana.getByTestId("message").last();
        assertThat(message).containsText("after");
        message.hover();
        message.locator(".quick").click();
        assertThat(message.getByTestId("reaction")).isVisible();
        chat.startAgain();
        ana.reload();
        assertThat(message).containsText("after", within(10));
        assertThat(message.locator(".mark.sent")).hasCount(1);
        assertThat(message.getByTestId("reaction")).isVisible();
    }

    @Test
    void aPinnedMessageIsInTheListOfPins() {
        say(ana, "important");
        tool(ana.getByTestId("message").last(), "More");
        ana.getByRole(AriaRole.MENUITEM, named("Pin")).click();
        assertThat(ana.getByTestId("message").last()).containsText("Pinned");
        ana.getByTestId("room-menu").click();
        ana.getByTestId("show-pins").click();
        assertThat(ana.getByTestId("pins")).containsText("important");
    }

    private void delete(Locator message) {
        tool(message, "More");
        ana.getByRole(AriaRole.MENUITEM, named("Delete")).click();
    }

    private static void tool(Locator message, String name) {
        message.hover();
        message.getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(name).setExact(true))
                .click();
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }
}
