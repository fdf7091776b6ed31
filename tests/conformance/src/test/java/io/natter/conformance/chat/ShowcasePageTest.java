package io.natter.conformance.chat;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.natter.browser.Chromium;
import org.junit.jupiter.api.Test;

/// Takes the pictures of the README: `target/screenshots/readme-*.png`, to be copied to
/// `docs/images`.
class ShowcasePageTest extends PageTest {
    @Test
    void aTeamAtWork() {
        ana.setViewportSize(1280, 800);
        try (var bensWindow = chromium.window(1280, 800, ColorScheme.DARK);
                var cleosWindow = chromium.window(390, 780, ColorScheme.LIGHT)) {
            var ben = join(bensWindow, "Ben");
            var cleo = join(cleosWindow, "Cleo");
            room(ana, "Release notes");
            room(ana, "Design");
            ana.getByTestId("room").first().click();
            say(ana, "Good morning! The **search** is in: parts of words, 東京 too, and filters.");
            say(
                    ben,
                    "Nice. This is the query that the index answers:\n```sql\nSELECT rowid FROM message_text\nWHERE message_text MATCH '\"eedl\"'; -- parts of words\n```");
            cleo.getByTestId("composer").fill("I walked up there on Sunday. Look at the light:");
            cleo.getByTestId("send").click();
            picture(cleo, "hills.jpg", 0.25f, "Hills in the morning");
            assertThat(ana.getByTestId("image"))
                    .hasCount(1, new HasCountOptions().setTimeout(30_000));
            ana.getByTestId("message").last().hover();
            ana.getByTestId("message").last().locator(".quick").click();
            say(ana, "Beautiful! @Cleo, may we use it for the start page?");
            say(ben, "> may we use it\n\nPlease do. I write the release notes today.");
            cleo.getByTestId("composer").fill("Of course 😊");
            loaded(ana);
            loaded(ben);
            loaded(cleo);
            Chromium.picture(ana, "readme-desktop");
            Chromium.picture(cleo, "readme-phone");
            ana.getByTestId("open-search").click();
            ana.getByTestId("search-query").fill("release");
            assertThat(ana.getByTestId("result")).hasCount(1);
            ben.getByTestId("open-search").click();
            ben.getByTestId("search-query").fill("use");
            assertThat(ben.getByTestId("result")).hasCount(2);
            Chromium.picture(ben, "readme-search");
            ben.goBack();
            ben.getByTestId("image").click();
            ben.waitForFunction("() => document.querySelector('.viewer img')?.naturalWidth > 0");
            Chromium.picture(ben, "readme-viewer");
        }
    }

    private static void room(Page page, String name) {
        page.getByTestId("add-menu").click();
        page.getByTestId("new-room").click();
        page.getByTestId("room-name").fill(name);
        page.getByTestId("confirm").click();
        assertThat(page.locator("dialog[open]")).hasCount(0);
    }

    private static void picture(Page page, String name, float hour, String description) {
        page.getByTestId("file-input")
                .setInputFiles(
                        new FilePayload(
                                name, "image/jpeg", TestPicture.landscape(1600, 1000, hour)));
        page.getByTestId("describe").click();
        page.getByTestId("chip-alt").fill(description);
        page.keyboard().press("Enter");
        page.getByTestId("send").click();
        assertThat(page.getByTestId("image")).hasCount(1, new HasCountOptions().setTimeout(30_000));
    }

    private static void loaded(Page page) {
        page.waitForFunction(
                """
                () => {
                  const images = [...document.querySelectorAll('[data-testid=image] img')];
                  return images.length > 0 && images.every((image) => image.naturalWidth > 0);
                }""");
    }
}
