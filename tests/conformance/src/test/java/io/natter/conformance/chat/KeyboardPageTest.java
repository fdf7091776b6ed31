package io.natter.conformance.chat;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The chat's page by keyboard, and what a screen reader says of a message.
class KeyboardPageTest extends PageTest {
    @Test
    void aMessageIsNamedByAuthorTextAndTime() {
        say(ana, "Good morning");
        say(ana, "See https://example.org/a and b@example.org");
        var rows = ana.getByTestId("message");
        assertThat(rows.nth(0))
                .hasAccessibleName(Pattern.compile("^Ana Good morning \\d+:\\d\\d.*"));
        assertThat(rows.nth(1))
                .hasAccessibleName(
                        Pattern.compile(
                                "^Ana See https://example.org/a and b@example.org \\d+:\\d\\d.*"));
    }

    @Test
    void arrowsGoFromTheTimelineThroughTheMessagesAndBack() {
        say(ana, "first https://example.org/1");
        say(ana, "second https://example.org/2");
        var composer = ana.getByTestId("composer");
        var rows = ana.getByTestId("message");
        composer.fill("a draft");
        composer.press("ArrowUp");
        assertThat(composer).isFocused();
        ana.getByTestId("timeline").focus();
        ana.keyboard().press("Enter");
        assertThat(rows.nth(1)).isFocused();
        ana.keyboard().press("ArrowUp");
        assertThat(rows.nth(0)).isFocused();
        ana.keyboard().press("ArrowDown");
        ana.keyboard().press("ArrowDown");
        assertThat(composer).isFocused();
        ana.getByTestId("timeline").focus();
        ana.keyboard().press("ArrowUp");
        assertThat(rows.nth(1)).isFocused();
        ana.keyboard().press("Control+/");
        assertThat(ana.getByRole(AriaRole.DIALOG)).containsText("from an empty field");
    }

    @Test
    void tabStopsAtTheLinksOfTheFocusedMessageOnly() {
        say(ana, "first https://example.org/1");
        say(ana, "second https://example.org/2");
        var composer = ana.getByTestId("composer");
        composer.press("Shift+Tab");
        var attach = ana.getByRole(AriaRole.BUTTON, named("Attach files"));
        assertThat(attach).isFocused();
        ana.keyboard().press("Shift+Tab");
        assertThat(ana.getByTestId("timeline")).isFocused();
        ana.keyboard().press("ArrowUp");
        ana.keyboard().press("ArrowUp");
        ana.keyboard().press("Tab");
        assertThat(ana.getByText("https://example.org/1")).isFocused();
        ana.keyboard().press("Tab");
        assertThat(ana.getByRole(AriaRole.BUTTON, named("React with 👍"))).isFocused();
        for (var tool : List.of("Add a reaction", "Reply", "Edit", "More")) {
            ana.keyboard().press("Tab");
            assertThat(ana.getByRole(AriaRole.BUTTON, named(tool))).isFocused();
        }
        ana.keyboard().press("Tab");
        assertThat(attach).isFocused();
        ana.keyboard().press("Tab");
        assertThat(composer).isFocused();
    }

    @Test
    void whatIsTypedOrPastedAfterAClickOnAMessageGoesToTheComposer() {
        say(ana, "hello");
        var composer = ana.getByTestId("composer");
        composer.fill("copied");
        composer.press("Control+a");
        composer.press("Control+x");
        ana.getByText("hello").click();
        ana.keyboard().type("abc");
        assertThat(composer).hasValue("abc");
        ana.getByText("hello").click();
        ana.keyboard().press("Control+v");
        assertThat(composer).hasValue("abccopied");
        composer.fill("");
        ana.getByText("hello").click();
        ana.evaluate(
                """
                () => {
                  const clipboardData = new DataTransfer();
                  clipboardData.setData('text/plain', 'by the menu');
                  const paste = { clipboardData, bubbles: true, cancelable: true };
                  document.activeElement.dispatchEvent(new ClipboardEvent('paste', paste));
                }""");
        assertThat(composer).hasValue("by the menu");
    }

    @Test
    void lettersStayWithAMessageReachedByKeyboardAndWithAnOpenMenu() {
        say(ana, "hello");
        var composer = ana.getByTestId("composer");
        ana.getByTestId("timeline").focus();
        ana.keyboard().press("Enter");
        ana.keyboard().type("abc");
        assertThat(ana.getByTestId("message")).isFocused();
        assertThat(composer).hasValue("");
        ana.getByTestId("me").click();
        ana.keyboard().type("abc");
        assertThat(composer).hasValue("");
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }
}
