package io.natter.conformance.chat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.natter.browser.Chromium;
import java.util.List;

/// Pictures of one state of the page: wide and narrow, light and dark, each checked by axe.
final class StatePictures {
    private StatePictures() {}

    /// Leaves the page as wide as it was.
    static void take(Page page, String name) {
        var before = page.viewportSize();
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            String look = scheme == ColorScheme.LIGHT ? "light" : "dark";
            page.setViewportSize(1280, 900);
            take(page, name, "desktop-" + look);
            page.setViewportSize(390, 844);
            take(page, name, "phone-" + look);
        }
        page.setViewportSize(before.width, before.height);
    }

    private static void take(Page page, String name, String look) {
        PageTest.settle(page);
        Chromium.picture(page, name + "-" + look);
        Axe.check(page, name + " " + look);
    }
}
