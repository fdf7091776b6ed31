package io.natter.conformance.chat;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.natter.conformance.chat.ChatPage.within;

import com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions;
import io.natter.browser.Chromium;
import io.natter.browser.SmallDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The page while the disk of the server is really full.
class DiskFullPageTest extends PageTest {
    @SuppressWarnings("NullAway.Init") // made with the server
    private SmallDisk disk;

    @Override
    ChatProcess startServer() {
        try {
            Path folder = Files.createDirectory(data.resolve("disk"));
            disk = SmallDisk.make(SmallDisk.kinds().getFirst(), folder, 32);
            return ChatProcess.start(disk, folder.resolve("data"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void removeDisk() {
        disk.close();
    }

    @Test
    void thePageSaysSoKeepsWhatIsWrittenAndSendsItLater() throws Exception {
        say(ana, "before");
        disk.fill(chat.pid());
        String waiting = "while it is full " + "x".repeat(6000);
        ana.getByTestId("composer").fill(waiting);
        ana.getByTestId("send").click();
        var banner = ana.getByTestId("connection-banner");
        assertThat(banner).containsText("cannot store anything", within(60));
        assertThat(ana.getByTestId("message").first()).containsText("before");
        Axe.check(ana, "full disk");
        Chromium.picture(ana, "disk-full");
        disk.free(chat.pid());
        assertThat(banner).not().containsText("store", within(60));
        var last = ana.getByTestId("message").last();
        assertThat(last).containsText("while it is full");
        assertThat(last)
                .hasAttribute("data-state", "sent", new HasAttributeOptions().setTimeout(60_000));
    }
}
