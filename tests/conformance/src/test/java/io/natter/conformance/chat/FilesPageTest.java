package io.natter.conformance.chat;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.natter.conformance.chat.ChatPage.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.natter.browser.Chromium;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Files and images, in Chromium.
class FilesPageTest extends PageTest {
    private static final byte[] IMAGE = TestPicture.landscape(1600, 1000, 0.3f);

    /// Gives files to the page as a paste or a drop does.
    private static final String TRANSFER =
            """
            ({ type, name, mime, base64 }) => {
              const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
              const data = new DataTransfer();
              data.items.add(new File([bytes], name, { type: mime }));
              const target = document.querySelector('[data-testid=composer]');
              const event = type === 'paste'
                ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
                : new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true });
              target.dispatchEvent(event);
            }""";

    private static FilePayload image(String name) {
        return new FilePayload(name, "image/jpeg", IMAGE);
    }

    private static FilePayload text(String name, int size) {
        return new FilePayload(
                name, "text/plain", "x".repeat(size).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void filesThatAreNotSentSurviveAReload() {
        ana.getByTestId("composer").fill("the plan");
        attach(ana, image("hills.jpg"), text("plan.txt", 2000));
        assertThat(ana.locator("[data-testid=chip][data-state=done]")).hasCount(2);
        ana.getByTestId("describe").click();
        assertThat(ana.getByTestId("chip-alt")).isFocused();
        ana.getByTestId("chip-alt").fill("hills at noon");
        ana.getByTestId("chip-alt").press("Enter");
        ana.reload();
        assertThat(ana.locator("[data-testid=chip][data-state=done]"))
                .hasCount(2, new HasCountOptions().setTimeout(30_000));
        assertThat(ana.getByTestId("chip").first()).containsText("hills at noon");
        assertThat(ana.getByTestId("composer")).hasValue("the plan");
        ana.getByTestId("send").click();
        assertThat(ana.getByTestId("image")).isVisible();
        assertThat(ana.getByTestId("message").last()).hasAttribute("data-state", "sent");
        ana.reload();
        assertThat(ana.getByTestId("image")).isVisible();
        assertThat(ana.getByTestId("chip")).hasCount(0);
    }

    private static void attach(Page page, FilePayload... files) {
        page.getByTestId("file-input").setInputFiles(files);
        assertThat(page.getByTestId("chip")).hasCount(files.length);
    }

    private static void transfer(Page page, String type, String name) {
        page.evaluate(
                TRANSFER,
                java.util.Map.of(
                        "type",
                        type,
                        "name",
                        name,
                        "mime",
                        "image/jpeg",
                        "base64",
                        Base64.getEncoder().encodeToString(IMAGE)));
    }

    private static void sent(Page page) {
        page.getByTestId("composer").press("Enter");
        arrived(page);
    }

    private static void arrived(Page page) {
        assertThat(page.getByTestId("message").last())
                .hasAttribute(
                        "data-seq",
                        Pattern.compile("\\d+"),
                        new HasAttributeOptions().setTimeout(30_000));
    }

    private static void loaded(Locator images) {
        for (Locator each : images.all()) {
            each.scrollIntoViewIfNeeded();
        }
        images.page()
                .waitForFunction(
                        """
                        () => [...document.querySelectorAll('[data-testid=image] img')]
                          .every((img) => img.complete && img.naturalWidth > 0)
                        """);
    }

    @Test
    void filesByButtonPasteAndDropGoWithTheMessage() {
        try (var window = chromium.window(390, 844, ColorScheme.DARK)) {
            var ben = join(window, "Ben");
            attach(ana, image("hills.jpg"), text("plan.txt", 3000));
            transfer(ana, "paste", "pasted.jpg");
            transfer(ana, "dragover", "dropped.jpg");
            assertThat(ana.getByTestId("drop-zone")).isVisible();
            transfer(ana, "drop", "dropped.jpg");
            assertThat(ana.getByTestId("drop-zone")).hasCount(0);
            assertThat(ana.getByTestId("chip")).hasCount(4);
            ana.getByTestId("describe").first().click();
            ana.getByTestId("chip-alt").fill("Hills in the morning");
            ana.keyboard().press("Enter");
            assertThat(ana.getByTestId("composer")).isFocused();
            assertThat(ana.locator("[data-testid=chip][data-state=done]"))
                    .hasCount(4, new HasCountOptions().setTimeout(30_000));
            Chromium.picture(ana, "files-chips-light");
            ana.getByTestId("composer").fill("From the walk");
            sent(ana);
            assertThat(ana.getByTestId("chip")).hasCount(0);
            var message = ben.getByTestId("message").last();
            assertThat(message).containsText("From the walk");
            assertThat(message.getByTestId("image")).hasCount(3);
            assertThat(message.getByTestId("image").first())
                    .hasAttribute("aria-label", "Image: Hills in the morning");
            assertThat(message.getByTestId("file")).containsText("plan.txt");
            loaded(ben.getByTestId("image"));
            loaded(ana.getByTestId("image"));
            Chromium.picture(ben, "files-phone-dark");
            Chromium.picture(ana, "files-light");
            ana.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            Chromium.picture(ana, "files-dark");
            ben.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
            Chromium.picture(ben, "files-phone-light");
            var download = ben.waitForDownload(() -> message.getByTestId("file").click());
            assertThat(download.suggestedFilename()).isEqualTo("plan.txt");
        }
    }

    @Test
    void anUploadGoesOnWhereTheLineBroke() {
        var parts = Collections.synchronizedList(new ArrayList<Integer>());
        var broken = new AtomicInteger();
        ana.route(
                Pattern.compile("/api/files/"),
                route -> {
                    if (!route.request().method().equals("PATCH")) {
                        route.resume();
                    } else if (parts.size() == 2 && broken.getAndIncrement() == 0) {
                        route.abort();
                    } else {
                        parts.add(Integer.parseInt(route.request().headerValue("upload-offset")));
                        route.resume();
                    }
                });
        attach(ana, text("long.txt", 600_000));
        assertThat(ana.locator("[data-testid=chip][data-state=done]"))
                .hasCount(1, new HasCountOptions().setTimeout(30_000));
        assertThat(broken).hasPositiveValue();
        assertThat(parts).isSorted().doesNotHaveDuplicates();
        sent(ana);
        var size =
                ana.evaluate(
                        "async () => (await (await fetch(document.querySelector('a.file').href)).text()).length");
        assertThat(size).isEqualTo(600_000);
    }

    @Test
    void aFileWrittenWithoutAServerIsSentAfterAReload() {
        say(ana, "before");
        // The page loads what it needs for files a moment after it has opened.
        ana.waitForFunction(
                """
                () => ['AttachedFiles', 'uploader', 'upload-api'].every((name) =>
                  performance.getEntriesByType('resource').some((entry) => entry.name.includes(name)))
                """);
        chat.kill();
        assertThat(ana.getByTestId("connection-banner")).containsText("Reconnecting", within(15));
        attach(ana, image("hills.jpg"));
        ana.getByTestId("composer").fill("with an image");
        ana.getByTestId("composer").press("Enter");
        var message = ana.getByTestId("message").last();
        assertThat(message).containsText("with an image");
        assertThat(message.locator("img")).hasCount(1);
        Chromium.picture(ana, "files-waiting-light");
        chat.startAgain();
        ana.reload();
        assertThat(message).containsText("with an image", within(15));
        arrived(ana);
        ana.reload();
        assertThat(ana.getByTestId("message")).hasCount(2);
        loaded(ana.getByTestId("image"));
    }

    @Test
    void aRefusedFileSaysWhyAndASentOneCanBeCancelled() {
        attach(
                ana,
                new FilePayload(
                        "broken.png",
                        "image/png",
                        new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 1, 2, 3}));
        var chip = ana.getByTestId("chip");
        assertThat(chip).hasAttribute("data-state", "failed");
        assertThat(chip).containsText("cannot be read");
        assertThat(ana.getByTestId("send")).isDisabled();
        Chromium.picture(ana, "files-refused-light");
        chip.getByRole(AriaRole.BUTTON, name("Remove broken.png")).click();
        assertThat(chip).hasCount(0);

        var stopped = new AtomicBoolean(true);
        ana.route(
                Pattern.compile("/api/files/"),
                route -> {
                    if (stopped.get() && route.request().method().equals("PATCH")) {
                        route.abort();
                    } else {
                        route.resume();
                    }
                });
        attach(ana, text("slow.txt", 100_000));
        ana.getByTestId("composer").press("Enter");
        var message = ana.getByTestId("message").last();
        message.getByRole(AriaRole.BUTTON, name("Cancel")).click();
        assertThat(message).containsText("You cancelled the upload");
        stopped.set(false);
        message.getByRole(AriaRole.BUTTON, name("Retry")).click();
        arrived(ana);
        assertThat(message.getByTestId("file")).containsText("slow.txt");
    }

    @Test
    void theViewerWorksByKeyboardAndGivesTheFocusBack() {
        attach(ana, image("one.jpg"), image("two.jpg"));
        sent(ana);
        loaded(ana.getByTestId("image"));
        ana.getByTestId("timeline").focus();
        ana.keyboard().press("Enter");
        ana.keyboard().press("Tab");
        while (!(boolean) ana.evaluate("document.activeElement?.dataset?.testid === 'image'")) {
            ana.keyboard().press("Tab");
        }
        ana.keyboard().press("Enter");
        var viewer = ana.getByTestId("viewer");
        assertThat(viewer).containsText("one.jpg");
        assertThat(viewer).containsText("1 of 2");
        ana.keyboard().press("ArrowRight");
        assertThat(viewer).containsText("two.jpg");
        ana.waitForFunction("() => document.querySelector('.viewer img')?.naturalWidth === 1600");
        Chromium.picture(ana, "viewer-light");
        ana.keyboard().press("Space");
        assertThat(viewer.locator(".viewer-stage")).hasClass(Pattern.compile("actual"));
        ana.keyboard().press("ArrowLeft");
        assertThat(viewer).containsText("1 of 2");
        escape(ana);
        assertThat(viewer).hasCount(0);
        assertThat(ana.getByTestId("image").first()).isFocused();
    }

    @Test
    void anImageTakesItsRoomBeforeItIsLoaded() {
        try (var window = chromium.window(1024, 800, ColorScheme.LIGHT)) {
            var held = new ArrayList<Runnable>();
            var page = window.newPage();
            page.route(Pattern.compile("/files/"), route -> held.add(route::resume));
            attach(ana, image("hills.jpg"));
            sent(ana);
            say(ana, "after it");
            var ben = ChatPage.join(page, chat.uri(), "Ben");
            var box = ben.getByTestId("image").boundingBox();
            assertThat(box.width).isEqualTo(400);
            assertThat(box.height).isBetween(249.0, 251.0);
            ben.waitForCondition(() -> !held.isEmpty());
            held.forEach(Runnable::run);
            loaded(ben.getByTestId("image"));
            var after = ben.getByTestId("image").boundingBox();
            assertThat(List.of(after.x, after.y, after.width, after.height))
                    .isEqualTo(List.of(box.x, box.y, box.width, box.height));
        }
    }

    @Test
    void aDeletedMessageTakesTheImageAlong() {
        try (var window = chromium.window(1024, 800, ColorScheme.LIGHT)) {
            var ben = join(window, "Ben");
            attach(ana, image("hills.jpg"));
            sent(ana);
            var address = ana.getByTestId("image").locator("img").getAttribute("src");
            assertThat(ben.getByTestId("image")).hasCount(1);
            String there = ben.getByTestId("image").locator("img").getAttribute("src");
            assertThat(address).as("what is here is not loaded again").startsWith("blob:");
            ana.getByTestId("timeline").focus();
            ana.keyboard().press("Enter");
            ana.keyboard().press("Delete");
            assertThat(ben.getByTestId("image"))
                    .hasCount(0, new HasCountOptions().setTimeout(30_000));
            var status = ben.evaluate("async (path) => (await fetch(path)).status", there);
            assertThat(status).isEqualTo(404);
        }
    }

    private static Locator.GetByRoleOptions name(String name) {
        return new Locator.GetByRoleOptions().setName(name).setExact(true);
    }
}
