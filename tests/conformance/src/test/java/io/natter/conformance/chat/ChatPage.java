package io.natter.conformance.chat;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/// Helpers that the tests of the page share.
final class ChatPage {
    private static final Pattern REQUEST = Pattern.compile("42(\\d+)\\[\"([a-z.]+)\".*");

    private ChatPage() {}

    static Page join(BrowserContext window, URI chat, String name) {
        return join(window.newPage(), chat, name);
    }

    static Page join(Page page, URI chat, String name) {
        page.navigate(chat.toString());
        page.getByTestId("name-input").fill(name);
        page.getByTestId("join").click();
        assertThat(page.getByTestId("composer"))
                .isVisible(new IsVisibleOptions().setTimeout(30_000));
        return page;
    }

    /// Another tab of somebody who has joined.
    static Page open(BrowserContext window, URI chat) {
        var page = window.newPage();
        page.navigate(chat.toString());
        assertThat(page.getByTestId("composer")).isVisible();
        return page;
    }

    static void say(Page page, String text) {
        page.getByTestId("composer").fill(text);
        page.getByTestId("composer").press("Enter");
        assertThat(page.getByTestId("timeline")).containsText(text);
    }

    static void assertTexts(Page page, String... texts) {
        assertThat(page.getByTestId("message")).containsText(texts, within(30));
        assertThat(page.getByTestId("message")).hasCount(List.of(texts).size());
    }

    static ContainsTextOptions within(int seconds) {
        return new ContainsTextOptions().setTimeout(seconds * 1000.0);
    }

    /// From now on requests named `event` are answered `refusal` on the way, as long as `count`
    /// goes on from zero or above; below zero they reach the server. To be called before the page
    /// opens.
    ///
    /// @param refusal the inside of `err`, as JSON
    static void refuse(Page page, String event, String refusal, AtomicInteger count) {
        page.routeWebSocket(
                Pattern.compile(".*/socket\\.io/.*"),
                socket -> {
                    WebSocketRoute server = socket.connectToServer();
                    socket.onMessage(
                            frame -> {
                                var request = REQUEST.matcher(frame.text());
                                if (count.get() >= 0
                                        && request.matches()
                                        && request.group(2).equals(event)) {
                                    count.incrementAndGet();
                                    socket.send(
                                            "43%s[{\"err\":%s}]"
                                                    .formatted(request.group(1), refusal));
                                } else {
                                    server.send(frame.text());
                                }
                            });
                });
    }
}
