package io.natter.conformance.chat;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.natter.conformance.chat.ChatPage.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.natter.browser.Chromium;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page below a path of a host, behind a real nginx that passes the path on.
class BasePathPageTest {
    private static final String BASE = "/team/chat";

    @TempDir Path folder;
    private Chromium chromium; // all set before each test
    private ChatProcess chat;
    private NginxProxy proxy;

    @BeforeEach
    void start() throws Exception {
        int port = NginxProxy.freePort();
        chat =
                ChatProcess.start(
                        folder.resolve("data"),
                        "--base-path",
                        BASE,
                        "--origin",
                        "http://127.0.0.1:" + port,
                        "--trusted-proxies",
                        "loopback");
        proxy = NginxProxy.start(folder.resolve("nginx"), port, BASE, chat.uri());
        chromium = Chromium.start();
    }

    @AfterEach
    void stop() {
        chromium.close();
        proxy.close();
        chat.close();
    }

    private static void awaitWorker(Page page) {
        page.evaluate("() => navigator.serviceWorker.ready.then(() => true)");
        page.waitForFunction("() => navigator.serviceWorker.controller !== null");
    }

    @Test
    void everythingOfThePageIsBelowThePath() {
        List<String> outside = new CopyOnWriteArrayList<>();
        try (var window = chromium.window(1024, 800, ColorScheme.LIGHT)) {
            var page = window.newPage();
            page.onRequest(
                    request -> {
                        if (!request.url().contains(BASE) && !request.url().startsWith("blob:")) {
                            outside.add(request.url());
                        }
                    });
            page.navigate(proxy.uri(BASE).toString());
            page.getByTestId("name-input").fill("Ana");
            page.getByTestId("join").click();
            assertThat(page.getByTestId("composer")).isVisible();
            ChatPage.say(page, "hello");
            assertThat(page.getByTestId("message").last()).hasAttribute("data-state", "sent");

            page.getByTestId("file-input")
                    .setInputFiles(
                            new FilePayload[] {
                                new FilePayload(
                                        "hills.jpg",
                                        "image/jpeg",
                                        TestPicture.landscape(1300, 900, 0.4f))
                            });
            assertThat(page.locator("[data-testid=chip][data-state=done]"))
                    .hasCount(1, new HasCountOptions().setTimeout(30_000));
            page.getByTestId("composer").press("Enter");
            assertThat(page.getByTestId("image")).isEnabled();
            page.waitForFunction(
                    "() => document.querySelector('[data-testid=image] img')?.naturalWidth > 0");

            awaitWorker(page);
            assertThat(page.evaluate("() => navigator.serviceWorker.ready.then(r => r.scope)"))
                    .isEqualTo(proxy.uri(BASE + "/").toString());
            page.navigate(proxy.uri(BASE + "/r/general/1").toString());
            assertThat(page.getByTestId("message").first()).containsText("hello", within(30));
            page.getByTestId("mentions-link").click();
            assertThat(page.getByTestId("mentions")).isVisible();
            assertThat(page).hasURL(proxy.uri(BASE + "/mentions").toString());
            page.goBack();
            assertThat(page.getByTestId("composer")).isVisible();
            Chromium.picture(page, "base-path-light");

            var manifest =
                    page.evaluate(
                            """
                            async () => {
                              const link = document.querySelector('link[rel=manifest]').href;
                              const { start_url, scope, icons } = await (await fetch(link)).json();
                              return [start_url, scope, icons[0].src].map((url) => new URL(url, link).pathname).join();
                            }
                            """);
            assertThat(manifest)
                    .isEqualTo(String.join(",", BASE + "/", BASE + "/", BASE + "/favicon.svg"));
            var cookie =
                    window.cookies().stream()
                            .filter(each -> each.name.equals("natter_session"))
                            .findFirst()
                            .orElseThrow();
            assertThat(cookie.path).isEqualTo(BASE);
            assertThat(outside).isEmpty();

            chat.kill();
            page.reload();
            assertThat(page.getByTestId("message").first()).containsText("hello", within(30));
        }
    }
}
