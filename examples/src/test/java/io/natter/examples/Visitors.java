package io.natter.examples;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// People in front of Debian's Chromium. Pictures go to `target/screenshots`.
final class Visitors implements AutoCloseable {
    private final Playwright playwright =
            Playwright.create(
                    new Playwright.CreateOptions()
                            .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    private final Browser browser =
            playwright
                    .chromium()
                    .launch(
                            new BrowserType.LaunchOptions()
                                    .setExecutablePath(Path.of("/usr/bin/chromium"))
                                    .setArgs(
                                            List.of(
                                                    "--no-sandbox",
                                                    "--disable-gpu",
                                                    "--disable-quic",
                                                    "--no-first-run",
                                                    "--disable-background-networking",
                                                    "--disable-component-update",
                                                    "--disable-sync")));

    /// Opens a page in a window of its own and answers its question for a name.
    Page visit(String name, String url) {
        var page = browser.newContext().newPage();
        page.setViewportSize(720, 540);
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

    static void picture(Page page, String name) {
        page.screenshot(
                new Page.ScreenshotOptions()
                        .setPath(Path.of("target", "screenshots", name + ".png")));
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
