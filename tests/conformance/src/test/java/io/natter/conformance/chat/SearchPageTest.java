package io.natter.conformance.chat;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.natter.conformance.chat.ChatPage.within;

import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.natter.browser.Chromium;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The search for messages, in Chromium.
class SearchPageTest extends PageTest {
    @Test
    void partsOfWordsAreFoundAndLeadIntoTheRoom() {
        say(ana, "the needle in question");
        say(ana, "東京タワーへ行く");
        say(ana, lines("between", 60));
        ana.keyboard().press("Control+Shift+F");
        var query = ana.getByTestId("search-query");
        assertThat(query).hasValue("in:general ");
        assertThat(query).isFocused();
        query.fill("eedl");
        var results = ana.getByTestId("result");
        assertThat(results).hasCount(1);
        assertThat(results.locator("mark")).hasText("eedl");
        query.fill("京タ");
        assertThat(results.locator("mark")).hasText("京タ");
        Chromium.picture(ana, "search-light");
        query.fill("needle");
        assertThat(results.locator("mark")).hasText("needle");
        ana.keyboard().press("ArrowDown");
        assertThat(results).isFocused();
        ana.keyboard().press("Enter");
        assertThat(ana).hasURL(Pattern.compile("/r/general/1$"));
        assertThat(ana.getByTestId("message").first()).isFocused();
        ana.goBack();
        assertThat(ana.getByTestId("search-query")).hasValue("needle");
        assertThat(results).hasCount(1);
    }

    @Test
    void filtersNarrowAndProblemsAreExplained() {
        try (var window = chromium.window(1024, 800, ColorScheme.LIGHT)) {
            var ben = join(window, "Ben");
            say(ben, "apples from Ben");
            say(ana, "apples from Ana");
            ana.getByTestId("file-input")
                    .setInputFiles(
                            new FilePayload(
                                    "hills.jpg",
                                    "image/jpeg",
                                    TestPicture.landscape(300, 200, 0.5f)));
            ana.getByTestId("composer").fill("a picture of apples");
            ana.getByTestId("composer").press("Enter");
            assertThat(ben.getByTestId("image"))
                    .hasCount(1, new HasCountOptions().setTimeout(30_000));
            ana.keyboard().press("Control+k");
            ana.keyboard().type("/apples");
            assertThat(ana.getByTestId("switcher-option")).containsText("Search messages");
            ana.keyboard().press("Enter");
            var query = ana.getByTestId("search-query");
            assertThat(query).hasValue("apples");
            var results = ana.getByTestId("result");
            assertThat(results).hasCount(3);
            query.fill("apples from:Ben");
            assertThat(results).hasCount(1);
            query.fill("apples has:image");
            assertThat(results).containsText("hills.jpg");
            query.fill("apples before:yesterday");
            assertThat(ana.getByTestId("search-results")).containsText("Nothing found");
            Chromium.picture(ana, "search-nothing-light");
            query.fill("apples from:Nobody");
            assertThat(ana.getByTestId("search-problem")).containsText("no person named");
            query.fill("apples before:soon");
            assertThat(ana.getByTestId("search-problem")).containsText("2026-03-31");
            chat.kill();
            query.fill("pears");
            assertThat(ana.getByTestId("search-problem"))
                    .containsText("does not answer", within(20));
            Chromium.picture(ana, "search-problem-light");
        }
    }

    @Test
    void aPhoneShowsFiltersAndResults() {
        try (var window = chromium.window(390, 844, ColorScheme.DARK)) {
            var ben = join(window, "Ben");
            say(ana, "one needle");
            say(ana, "another needle");
            ben.getByTestId("open-search").click();
            ben.getByTestId("search-query").fill("needle");
            assertThat(ben.getByTestId("result")).hasCount(2);
            Chromium.picture(ben, "search-phone-dark");
            ben.getByTestId("result").first().click();
            assertThat(ben.getByTestId("message").last()).isVisible();
        }
    }
}
