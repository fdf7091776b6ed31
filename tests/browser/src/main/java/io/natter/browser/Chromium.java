package io.natter.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Debian's Chromium under Playwright, without a window. For one thread, as Playwright is.
public final class Chromium implements AutoCloseable {
    private static final List<String> ARGUMENTS =
            List.of(
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync");

    /// Of the assertions of Playwright. Its default of five seconds is too short on a busy machine.
    private static final double ASSERTION_MILLIS = 30_000;

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /// Starts one; nothing is downloaded.
    ///
    /// @throws com.microsoft.playwright.PlaywrightException where `/usr/bin/chromium` is missing
    public static Chromium start() {
        return start(ARGUMENTS);
    }

    /// Starts one that speaks QUIC, which WebTransport needs.
    public static Chromium startWithQuic() {
        return start(ARGUMENTS.stream().filter(each -> !each.equals("--disable-quic")).toList());
    }

    private static Chromium start(List<String> arguments) {
        PlaywrightAssertions.setDefaultAssertionTimeout(ASSERTION_MILLIS);
        var playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        var options =
                new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of("/usr/bin/chromium"))
                        .setArgs(arguments);
        return new Chromium(playwright, playwright.chromium().launch(options));
    }

    /// A window of its own: no cookie or store is shared with another. Below 500 pixels of width it
    /// has a touch screen. Its language is English.
    public BrowserContext window(int width, int height, ColorScheme scheme) {
        return window(width, height, scheme, "en-US");
    }

    /// The same in another language, such as `de-DE`.
    public BrowserContext window(int width, int height, ColorScheme scheme, String locale) {
        return browser.newContext(
                new Browser.NewContextOptions()
                        .setLocale(locale)
                        .setViewportSize(width, height)
                        .setColorScheme(scheme)
                        .setHasTouch(width < 500));
    }

    /// A window that takes any certificate.
    public BrowserContext trustingWindow() {
        return browser.newContext(new Browser.NewContextOptions().setIgnoreHTTPSErrors(true));
    }

    /// Takes a picture of a page to `target/screenshots/NAME.png`.
    public static void picture(Page page, String name) {
        var path = Path.of("target", "screenshots", name + ".png");
        page.screenshot(new Page.ScreenshotOptions().setPath(path));
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
