package io.natter.examples;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.natter.browser.Chromium;

/// People in front of a browser.
final class Visitors implements AutoCloseable {
    private final Chromium chromium = Chromium.start();

    /// Opens a page in a window of its own and answers its question for a name.
    Page visit(String name, String url) {
        var page = chromium.window(720, 540, ColorScheme.LIGHT).newPage();
        page.onDialog(dialog -> dialog.accept(name));
        page.navigate(url);
        return page;
    }

    /// Types a text into the page's field and sends it.
    static void say(Page page, String text) {
        page.locator("input").fill(text);
        page.locator("button").click();
    }

    /// Waits for the very lines of a list, in order.
    static void shows(Locator lines, String... texts) {
        PlaywrightAssertions.assertThat(lines)
                .hasText(texts, new LocatorAssertions.HasTextOptions().setTimeout(15_000));
    }

    @Override
    public void close() {
        chromium.close();
    }
}
