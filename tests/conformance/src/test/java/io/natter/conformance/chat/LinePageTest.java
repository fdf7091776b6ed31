package io.natter.conformance.chat;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.natter.conformance.chat.ChatPage.assertTexts;
import static io.natter.conformance.chat.ChatPage.join;
import static io.natter.conformance.chat.ChatPage.say;
import static io.natter.conformance.chat.ChatPage.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions;
import com.microsoft.playwright.options.ColorScheme;
import io.natter.browser.Chromium;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page's line to the server where networks do what they should not.
class LinePageTest {
    /// Less than half of what the client's own heartbeat needs to see a silent line.
    private static final int SOON = 18;

    private static Chromium chromium;

    @TempDir Path data;
    private Relay relay;
    private ChatProcess chat;

    @BeforeAll
    static void startBrowser() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void stopBrowser() {
        chromium.close();
    }

    @BeforeEach
    void startChat() {
        relay = Relay.open();
        chat = ChatProcess.start(data, "--origin", relay.uri().toString());
        relay.to(chat.uri());
    }

    @AfterEach
    void stopChat() {
        chat.close();
        relay.close();
    }

    @Test
    void theLineBeginsWithWebSocket() {
        try (var window = chromium.window(1024, 800, ColorScheme.LIGHT)) {
            var page = window.newPage();
            var asked = addressesOf(page);
            var sockets = new ArrayList<String>();
            page.onWebSocket(socket -> sockets.add(socket.url()));
            join(page, chat.uri(), "Ana");
            say(page, "hello");
            assertSent(page, "hello");
            assertThat(sockets).hasSize(1).allMatch(url -> url.contains("transport=websocket"));
            assertThat(asked).noneMatch(url -> url.contains("transport=polling"));
        }
    }

    @Test
    void whereNoWebSocketCanBeOpenedThePagePolls() {
        try (var window = chromium.window(1024, 800, ColorScheme.LIGHT)) {
            var page = window.newPage();
            page.addInitScript(
                    "window.WebSocket = class { constructor() { setTimeout(() => this.onerror({})) } }");
            join(page, chat.uri(), "Ana");
            say(page, "hello");
            assertSent(page, "hello");
        }
    }

    @Test
    void whereAWebSocketNeitherOpensNorFailsThePageGivesItUpAndPolls() {
        try (var window = chromium.window(1024, 800, ColorScheme.LIGHT)) {
            var page = window.newPage();
            page.addInitScript("window.WebSocket = class { send() {} close() {} }");
            join(page, chat.uri(), "Ana");
            say(page, "hello");
            assertSent(page, "hello");
        }
    }

    @Test
    void whatIsWrittenOnALineThatWentSilentArrivesSoon() {
        try (var window = chromium.window(1024, 800, ColorScheme.LIGHT)) {
            var ana = join(window, relay.uri(), "Ana");
            say(ana, "before");
            assertSent(ana, "before");
            relay.silence();
            say(ana, "on a silent line");
            assertSent(ana, "on a silent line");
            assertTexts(ana, "before", "on a silent line");
        }
    }

    @Test
    void aPageThatWakesOnASilentLineIsSoonUpToDateAndShowsWhatIsNew() {
        for (var event : List.of("online", "focus", "visibilitychange")) {
            wakesBy(event);
        }
    }

    private void wakesBy(String event) {
        try (var anasWindow = chromium.window(1024, 800, ColorScheme.LIGHT);
                var bensWindow = chromium.window(1024, 800, ColorScheme.LIGHT)) {
            var ana = join(anasWindow, relay.uri(), "Ana " + event);
            var ben = join(bensWindow, chat.uri(), "Ben " + event);
            say(ben, "before " + event);
            assertSent(ben, "before " + event);
            assertThat(ana.getByTestId("timeline")).containsText("before " + event);
            relay.silence();
            say(ben, "news of " + event);
            assertSent(ben, "news of " + event);
            ana.evaluate(
                    "name => (name === 'visibilitychange' ? document : window)"
                            + ".dispatchEvent(new Event(name))",
                    event);
            assertThat(ana.getByTestId("timeline")).containsText("news of " + event, within(SOON));
            assertThat(ana.getByTestId("new-line")).isVisible();
        }
    }

    @Test
    void withoutAServerThePageSaysThatTheServerIsNotReachable() {
        try (var window = chromium.window(390, 844, ColorScheme.LIGHT)) {
            var ana = join(window, chat.uri(), "Ana");
            chat.kill();
            network(ana, true);
            assertThat(ana.getByTestId("connection-banner"))
                    .containsText("Server not reachable", within(30));
            Chromium.picture(ana, "not-reachable-phone");
            network(ana, false);
            assertThat(ana.getByTestId("connection-banner")).containsText("Offline");
        }
    }

    /// Makes the browser tell the page that there is a network, or none.
    private static void network(Page page, boolean there) {
        page.evaluate(
                "there => {"
                        + " Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => there });"
                        + " dispatchEvent(new Event(there ? 'online' : 'offline')); }",
                there);
    }

    private static List<String> addressesOf(Page page) {
        var addresses = new CopyOnWriteArrayList<String>();
        page.onRequest(request -> addresses.add(request.url()));
        return addresses;
    }

    private static void assertSent(Page page, String text) {
        var row =
                page.getByTestId("message")
                        .filter(
                                new com.microsoft.playwright.Locator.FilterOptions()
                                        .setHasText(text));
        assertThat(row)
                .hasAttribute(
                        "data-state", "sent", new HasAttributeOptions().setTimeout(SOON * 1000.0));
    }
}
