package io.natter.conformance.chat;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.natter.conformance.chat.ChatPage.assertTexts;
import static io.natter.conformance.chat.ChatPage.refuse;
import static io.natter.conformance.chat.ChatPage.within;
import static io.natter.conformance.chat.Visitor.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import io.natter.browser.Chromium;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// The behaviour of the page when the browser or the server fails.
class TroublePageTest extends PageTest {
    private static final String STORAGE =
            "{\"code\":\"storage\",\"message\":\"Later\",\"permanent\":false}";

    /// Waits until what has changed is drawn.
    private static final String FRAMES =
            "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))";

    @Test
    void whereCookiesAreBlockedThePageSaysSo() {
        for (int width : new int[] {1024, 390}) {
            try (var window = chromium.window(width, 844, ColorScheme.LIGHT)) {
                var page = stillPage(window);
                page.route("**/api/session", TroublePageTest::withoutCookies);
                page.navigate(chat.uri().toString());
                page.getByTestId("name-input").fill("Ben " + width);
                page.getByTestId("join").click();
                assertThat(page.getByTestId("name-problem")).containsText("cookie");
                assertThat(page.getByTestId("sign-in")).not().containsText("session has ended");
                picture(page, "cookies-blocked-" + width);
            }
        }
    }

    private static void withoutCookies(Route route) {
        var answer = route.fetch();
        route.request().frame().page().context().clearCookies();
        var headers = new HashMap<>(answer.headers());
        headers.remove("set-cookie");
        route.fulfill(
                new Route.FulfillOptions()
                        .setStatus(answer.status())
                        .setHeaders(headers)
                        .setBodyBytes(answer.body()));
    }

    @Test
    void whereTheBrowsersStoreNeverAnswersThePageWorksFromMemory() {
        try (var window = chromium.window(1024, 800, ColorScheme.LIGHT)) {
            window.addInitScript(
                    """
                    const open = IDBFactory.prototype.open;
                    IDBFactory.prototype.open = function (...args) {
                      const request = open.apply(this, args);
                      request.addEventListener = () => {};
                      return request;
                    };
                    """);
            var page = join(window, "Ben");
            say(page, "one");
            say(page, "two");
            assertTexts(page, "one", "two");
            assertThat(page.getByTestId("message").last()).hasAttribute("data-state", "sent");
        }
    }

    @Test
    void whereTheServerCannotStoreThePageSaysSoUntilItCan() {
        for (int width : new int[] {1024, 390}) {
            try (var window = chromium.window(width, 844, ColorScheme.DARK)) {
                var refused = new AtomicInteger();
                var page = stillPage(window);
                refuse(page, "msg.send", STORAGE, refused);
                ChatPage.join(page, chat.uri(), "Ben " + width);
                page.getByTestId("composer").fill("on a full disk");
                page.getByTestId("send").click();
                assertThat(page.getByTestId("connection-banner"))
                        .containsText("cannot store anything");
                picture(page, "storage-" + width);
                refused.set(Integer.MIN_VALUE);
                assertThat(page.getByTestId("connection-banner"))
                        .not()
                        .containsText("store", within(60));
                assertThat(page.getByTestId("message").last()).hasAttribute("data-state", "sent");
            }
        }
    }

    /// The database is taken away, which a full disk is like.
    @Test
    void aTroubleOfTheServerIsShownAtOnceAndMessagesWait() throws Exception {
        Path database = data.resolve("natter.db");
        Path elsewhere = data.resolve("elsewhere.db");
        for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
            for (int width : new int[] {1024, 390}) {
                try (var window = chromium.window(width, 844, scheme)) {
                    var page = stillPage(window);
                    String name = "Ben " + width + scheme;
                    ChatPage.join(page, chat.uri(), name);
                    Files.move(database, elsewhere);
                    var banner = page.getByTestId("connection-banner");
                    assertThat(banner).containsText("cannot store anything", within(60));
                    assertThat(banner).containsText("will be sent by themselves");
                    page.getByTestId("composer").fill("from " + name);
                    page.getByTestId("send").click();
                    assertThat(page.getByTestId("message").last()).containsText("from " + name);
                    Axe.check(page, "trouble");
                    picture(page, "trouble-%d-%s".formatted(width, scheme));
                    // The chat may have made an empty file of this name.
                    Files.move(elsewhere, database, StandardCopyOption.REPLACE_EXISTING);
                    assertThat(banner).not().containsText("store", within(60));
                    assertThat(page.getByTestId("message").last())
                            .hasAttribute(
                                    "data-state",
                                    "sent",
                                    new HasAttributeOptions().setTimeout(60_000));
                }
            }
        }
    }

    @Test
    void historyThatIsRefusedIsAskedForOnceAndThenByHand() throws Exception {
        for (int author = 0; author < 9; author++) {
            tenMessages("Author " + author);
        }
        for (int width : new int[] {1024, 390}) {
            try (var window = chromium.window(width, 844, ColorScheme.LIGHT)) {
                // The newest page is loaded before the refusals begin.
                var refused = new AtomicInteger(Integer.MIN_VALUE);
                var page = stillPage(window);
                refuse(
                        page,
                        "history",
                        STORAGE.replace("}", ",\"retry_after_ms\":60000}"),
                        refused);
                ChatPage.join(page, chat.uri(), "Ben " + width);
                assertThat(page.getByTestId("message").last()).containsText("says 9");
                refused.set(0);
                toTop(page);
                assertThat(page.getByTestId("older")).containsText("could not be loaded");
                for (int i = 0; i < 20; i++) {
                    toTop(page);
                }
                assertThat(refused).hasValue(1);
                picture(page, "history-refused-" + width);
                refused.set(Integer.MIN_VALUE);
                page.getByTestId("older").getByText("Try again").click();
                assertThat(page.getByTestId("message").first()).containsText("Author 0 says 0");
            }
        }
    }

    /// A page without movement, for pictures.
    private static Page stillPage(BrowserContext window) {
        var page = window.newPage();
        page.emulateMedia(new Page.EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
        return page;
    }

    private static void picture(Page page, String name) {
        page.evaluate(FRAMES);
        Chromium.picture(page, name);
    }

    /// Scrolls to the very top, a little away from it and back.
    private static void toTop(Page page) {
        page.getByTestId("older").evaluate("top => { top.scrollIntoView(); }");
        page.evaluate(FRAMES);
        page.getByTestId("timeline").evaluate("box => { box.scrollBy(0, 30); }");
        page.evaluate(FRAMES);
        page.getByTestId("older").evaluate("top => { top.scrollIntoView(); }");
        page.evaluate(FRAMES);
    }

    private void tenMessages(String name) throws Exception {
        try (var author = Visitor.signIn(chat.uri(), name)) {
            var hello = json("proto", 2, "device", "test", "rooms", json());
            while (author.ask("hello", hello) == null) {
                // Not connected yet.
            }
            for (int i = 0; i < 10; i++) {
                var text = name + " says " + i;
                var message = json("room", "general", "cmid", UUID.randomUUID().toString());
                var answer = author.ask("msg.send", message.put("text", text));
                assertThat(answer).as(text).isNotNull();
                assertThat(answer.toString()).contains("\"ok\":true");
            }
        }
    }
}
