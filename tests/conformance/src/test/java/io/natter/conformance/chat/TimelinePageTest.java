package io.natter.conformance.chat;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.IsInViewportOptions;
import com.microsoft.playwright.options.ColorScheme;
import io.natter.browser.Chromium;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Reading in the chat's page: scrolling, long texts, days.
class TimelinePageTest extends PageTest {
    @Test
    void theNewestMessageStaysInViewThroughEveryChangeOfSize() {
        IntStream.range(0, 8).forEach(i -> say(ana, lines("message " + i, 8)));
        try (var phone = chromium.window(390, 844, ColorScheme.LIGHT)) {
            var ben = join(phone, "Ben");
            assertNewestInView(ben);
            for (int[] size : new int[][] {{844, 390}, {390, 844}, {1200, 700}, {320, 500}}) {
                ben.setViewportSize(size[0], size[1]);
                assertNewestInView(ben);
            }
            for (int lines : new int[] {9, 8, 12, 0, 7}) {
                ben.getByTestId("composer").fill(lines("draft", lines));
                assertNewestInView(ben);
            }
            say(ana, lines("one more", 8));
            assertThat(ben.getByTestId("message")).hasCount(9);
            assertNewestInView(ben);
            ben.setViewportSize(844, 390);
            assertNewestInView(ben);
            Chromium.picture(ben, "phone-landscape");
        }
    }

    @Test
    void aReaderFurtherUpStaysWhereTheyRead() {
        IntStream.range(0, 8).forEach(i -> say(ana, lines("message " + i, 8)));
        try (var window = chromium.window(1024, 800, ColorScheme.DARK)) {
            var ben = join(window, "Ben");
            ben.mouse().move(500, 300);
            ben.mouse().wheel(0, -600);
            assertThat(ben.getByTestId("to-bottom")).hasText("Newest");
            var place = placeOfFirst(ben);
            ben.setViewportSize(1024, 500);
            assertPlace(ben, place);
            ben.getByTestId("composer").fill(lines("draft", 8));
            ben.getByTestId("composer").fill(lines("another", 7));
            assertPlace(ben, place);
            say(ana, lines("one more", 8));
            assertThat(ben.getByTestId("to-bottom")).hasText("1 new");
            assertPlace(ben, place);
            ben.setViewportSize(1024, 3000);
            assertNewestInView(ben);
        }
    }

    @Test
    void aLongTextIsCollapsedAndExpandsInPlace() {
        say(ana, "before");
        say(ana, lines("line", 24));
        say(ana, lines("line", 60) + "\nhttps://example.org/deep");
        say(ana, "after");
        var expand = ana.getByTestId("expand");
        assertThat(expand).hasText("Show more");
        assertThat(ana.getByText("after")).isInViewport();
        var row = ana.getByTestId("message").nth(2);
        var top = row.boundingBox().y;
        expand.click();
        assertThat(expand).hasText("Show less");
        settle(ana);
        assertThat(row.boundingBox().y).isCloseTo(top, within(1.0));
        assertThat(ana.getByTestId("to-bottom")).hasText("Newest");
        expand.click();
        assertNewestInView(ana);
        ana.getByTestId("timeline").focus();
        ana.keyboard().press("Enter");
        ana.keyboard().press("ArrowUp");
        ana.keyboard().press("Tab");
        assertThat(ana.getByText("https://example.org/deep")).isFocused();
        assertThat(ana.getByText("https://example.org/deep")).isInViewport(wholly());
    }

    @Test
    void marksOnALetterDoNotPaintOverOtherMessages() {
        say(ana, "above");
        say(ana, "H" + "\u0300\u0301\u0302".repeat(80) + "e" + "\u0323\u0324".repeat(80));
        say(ana, "below");
        ana.mouse().move(5, 5);
        var text = ana.getByTestId("message").nth(1).locator(".text");
        var above = ana.getByTestId("message").nth(0);
        var below = ana.getByTestId("message").nth(2);
        var pictures = List.of(above.screenshot(), below.screenshot());
        text.evaluate("text => { text.textContent = 'plain' }");
        assertThat(above.screenshot()).isEqualTo(pictures.get(0));
        assertThat(below.screenshot()).isEqualTo(pictures.get(1));
    }

    @Test
    void aTextThatDrawsNothingIsNotSentAndLineBreaksAtTheEndAreCut() {
        var composer = ana.getByTestId("composer");
        composer.fill("\u200b \n\u2800\u3164");
        assertThat(ana.getByTestId("send")).isDisabled();
        composer.press("Enter");
        say(ana, "hello\n\n\n\n");
        assertThat(ana.getByTestId("message")).hasCount(1);
        assertThat(ana.getByTestId("message").locator(".text").textContent()).isEqualTo("hello");
    }

    @Test
    void theDayIsTheServersWhateverTheClockHereSays() {
        say(ana, "hello");
        try (var window = chromium.window(1024, 800, ColorScheme.LIGHT)) {
            window.clock().setFixedTime(in(Duration.ofDays(40)));
            assertThat(join(window, "Ben").locator(".day")).hasText("Today");
        }
    }

    @Test
    void todayBecomesYesterdayAfterASleepOverMidnight() {
        say(ana, "hello");
        try (var window = chromium.window(1024, 800, ColorScheme.LIGHT)) {
            var ben = join(window, "Ben");
            assertThat(ben.locator(".day")).hasText("Today");
            settle(ben);
            window.clock().setFixedTime(in(Duration.ofDays(1)));
            ben.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
            assertThat(ben.locator(".day")).hasText("Yesterday");
        }
    }

    private static long in(Duration time) {
        return System.currentTimeMillis() + time.toMillis();
    }

    private static void assertNewestInView(Page page) {
        settle(page);
        Locator end = page.getByTestId("message").last().locator(".line");
        assertThat(page.getByTestId("to-bottom")).hasCount(0);
        double below =
                ((Number)
                                end.evaluate(
                                        """
                                        end => end.getBoundingClientRect().bottom
                                          - end.closest('.timeline').getBoundingClientRect().bottom"""))
                        .doubleValue();
        assertThat(below).isLessThan(1);
    }

    /// The first message in view, and where it stands.
    private record Place(String seq, double top) {}

    private static Place placeOfFirst(Page page) {
        settle(page);
        var place =
                (String)
                        page.getByTestId("timeline")
                                .evaluate(
                                        """
                                        timeline => {
                                          const top = timeline.getBoundingClientRect().top;
                                          const row = [...timeline.querySelectorAll('[data-seq]')]
                                            .find(r => r.getBoundingClientRect().bottom > top);
                                          const place = row.getBoundingClientRect().top - top;
                                          return row.dataset.seq + ' ' + place;
                                        }""");
        var parts = place.split(" ", 2);
        return new Place(parts[0], Double.parseDouble(parts[1]));
    }

    private static void assertPlace(Page page, Place place) {
        var now = placeOfFirst(page);
        assertThat(now.seq()).isEqualTo(place.seq());
        assertThat(now.top()).isCloseTo(place.top(), within(1.5));
    }

    private static IsInViewportOptions wholly() {
        return new IsInViewportOptions().setRatio(1);
    }
}
