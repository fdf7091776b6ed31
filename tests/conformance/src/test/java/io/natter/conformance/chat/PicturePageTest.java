package io.natter.conformance.chat;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.natter.browser.Chromium;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Pictures of people and the times of their zones, in Chromium.
class PicturePageTest extends PageTest {
    private static final byte[] IMAGE = TestPicture.landscape(900, 600, 0.3f);

    private static void openAccount(Page page) {
        page.getByTestId("me").click();
        page.getByTestId("open-account").click();
        assertThat(page.getByTestId("account-dialog")).isVisible();
    }

    private static void choose(Page page) {
        page.getByTestId("picture-file")
                .setInputFiles(new FilePayload("hills.jpg", "image/jpeg", IMAGE));
        assertThat(page.getByTestId("crop")).isVisible();
    }

    private static void isDrawn(Locator picture) {
        assertThat(picture).isVisible();
        picture.page()
                .waitForFunction(
                        "image => image.complete && image.naturalWidth > 0",
                        picture.elementHandle());
    }

    @Test
    void aPictureIsCroppedShownToOthersAndRemoved() {
        say(ana, "before");
        try (var window = chromium.window(390, 844, ColorScheme.DARK)) {
            var ben = join(window, "Ben");
            var avatar = ben.getByTestId("message").first().locator(".avatar");
            assertThat(avatar).hasText("A");
            var box = avatar.boundingBox();
            openAccount(ana);
            choose(ana);
            // By keyboard: the picture has the focus, and the field for the zoom follows.
            ana.keyboard().press("ArrowLeft");
            ana.keyboard().press("Tab");
            for (int i = 0; i < 10; i++) {
                ana.keyboard().press("ArrowRight");
            }
            Axe.check(ana, "crop");
            Chromium.picture(ana, "picture-crop-light");
            ana.getByTestId("use-picture").press("Enter");
            assertThat(ana.getByTestId("crop")).hasCount(0);
            isDrawn(ana.getByTestId("account-dialog").locator(".avatar.large img"));
            assertThat(ana.getByTestId("choose-picture")).isFocused();
            Axe.check(ana, "picture");
            Chromium.picture(ana, "picture-light");
            isDrawn(avatar.locator("img"));
            assertThat(avatar.boundingBox().width).isEqualTo(box.width);
            assertThat(avatar.boundingBox().y).isEqualTo(box.y);
            Chromium.picture(ben, "picture-phone-dark");
            ben.reload();
            isDrawn(avatar.locator("img"));
            ana.getByTestId("remove-picture").click();
            assertThat(avatar.locator("img")).hasCount(0);
            assertThat(avatar).hasText("A");
            assertThat(ana.getByTestId("remove-picture")).hasCount(0);
        }
    }

    @Test
    void aModeratorRemovesThePictureOfAPerson() {
        ana.navigate(chat.setUpAddress());
        ana.reload(); // only the part behind the # is new, which loads nothing
        ana.getByTestId("claim-password").fill("plum at midnight");
        ana.getByTestId("claim").click();
        assertThat(ana.getByTestId("old-password")).isVisible();
        escape(ana);
        ana.setViewportSize(1440, 900);
        try (var window = chromium.window(1024, 800, ColorScheme.LIGHT)) {
            var ben = join(window, "Ben");
            openAccount(ben);
            choose(ben);
            ben.getByTestId("use-picture").click();
            assertThat(ben.getByTestId("remove-picture")).isVisible();
            escape(ben);
            var line =
                    ana.getByTestId("person").filter(new Locator.FilterOptions().setHasText("Ben"));
            isDrawn(line.locator(".avatar img"));
            line.hover();
            line.getByTestId("about-person").click();
            StatePictures.take(ana, "person-with-picture");
            ana.getByTestId("remove-their-picture").click();
            ana.getByTestId("reason").fill("not you");
            StatePictures.take(ana, "remove-their-picture");
            ana.getByTestId("confirm").click();
            assertThat(ana.getByTestId("toast")).containsText("The picture of Ben is removed");
            assertThat(line.locator(".avatar img")).hasCount(0);
            openAccount(ben);
            assertThat(ben.getByTestId("remove-picture")).hasCount(0);
            line.hover();
            line.getByTestId("about-person").click();
            assertThat(ana.getByTestId("kick")).isVisible();
            assertThat(ana.getByTestId("remove-their-picture")).hasCount(0);
        }
    }

    @Test
    void aPictureThatDoesNotLoadLeavesTheInitial() {
        openAccount(ana);
        choose(ana);
        ana.getByTestId("use-picture").click();
        isDrawn(ana.getByTestId("me").locator("img"));
        escape(ana);
        anasWindow.route(Pattern.compile(".*/pictures/.*"), route -> route.abort());
        try (var window = chromium.window(1024, 800, ColorScheme.DARK)) {
            window.route(Pattern.compile(".*/pictures/.*"), route -> route.abort());
            var ben = join(window, "Ben");
            say(ana, "hello");
            var avatar = ben.getByTestId("message").last().locator(".avatar");
            assertThat(avatar).hasText("A");
            assertThat(avatar.locator("img")).isHidden();
            Chromium.picture(ben, "picture-missing-dark");
        }
    }

    @Test
    void aFileThatIsNoPictureIsRefused() {
        openAccount(ana);
        ana.getByTestId("picture-file")
                .setInputFiles(
                        new FilePayload(
                                "plan.png",
                                "image/png",
                                "no image".getBytes(StandardCharsets.UTF_8)));
        assertThat(ana.getByTestId("picture-problem")).containsText("no picture");
        Axe.check(ana, "no picture");
    }

    @Test
    void aPersonsLocalTimeIsShownIfThePersonWants() {
        say(ana, "hello");
        openAccount(ana);
        ana.getByTestId("profile-zone").check();
        ana.getByTestId("save-profile").click();
        assertThat(ana.getByTestId("account-dialog")).containsText("Saved");
        try (var window = chromium.window(1440, 900, ColorScheme.LIGHT)) {
            var ben = join(window, "Ben");
            ben.getByTestId("person")
                    .filter(new Locator.FilterOptions().setHasText("Ana"))
                    .getByTestId("about-person")
                    .click();
            assertThat(ben.getByTestId("local-time"))
                    .hasText(Pattern.compile("Local time \\d+:\\d\\d.*\\(.+\\)"));
            Axe.check(ben, "person with a local time");
            Chromium.picture(ben, "person-local-time-light");
        }
    }
}
