package io.natter.conformance.chat;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.natter.conformance.chat.ChatPage.assertTexts;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.natter.browser.Chromium;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Many rooms: the list, the addresses, direct messages, and what the browser keeps of them.
class RoomsPageTest extends PageTest {
    /// Waits until the browser has kept this number of messages of a room.
    private static final String WAIT_UNTIL_KEPT =
            """
            async count => {
              const records = () => new Promise(resolve => {
                const open = indexedDB.open('natter');
                open.onsuccess = () => {
                  const all = open.result.transaction('cache').objectStore('cache').getAll();
                  all.onsuccess = () => {
                    open.result.close();
                    resolve(all.result);
                  };
                };
              });
              while (!(await records()).some(({ kept }) => kept?.messages.length === count)) {
                await new Promise(requestAnimationFrame);
              }
            }""";

    private BrowserContext bensWindow;
    private Page ben;

    @BeforeEach
    void bensPage() {
        bensWindow = chromium.window(1440, 900, ColorScheme.LIGHT);
        ben = join(bensWindow, "Ben");
    }

    @AfterEach
    void closeBensWindow() {
        bensWindow.close();
    }

    @Test
    void aRoomIsCreatedFoundAndReadByKeyboardAlone() {
        create(ana, "Release notes", "What changed, for people");
        assertThat(ana).hasURL(Pattern.compile("/r/release-notes$"));
        ben.keyboard().press("Control+k");
        assertThat(ben.getByTestId("switcher-query")).isFocused();
        ben.keyboard().type("rel");
        assertThat(ben.getByTestId("switcher-option").first()).containsText("Join");
        Chromium.picture(ben, "switcher");
        ben.keyboard().press("Enter");
        assertThat(ben).hasURL(Pattern.compile("/r/release-notes$"));
        say(ben, "first");
        assertTexts(ana, "first");

        ana.keyboard().press("Alt+ArrowUp");
        assertThat(ana).hasURL(Pattern.compile("/r/general$"));
        say(ben, "second");
        assertThat(room(ana, "Release notes")).hasClass(Pattern.compile("unread"));
        assertThat(ana).hasTitle("• general · Natter");
        ana.keyboard().press("Alt+Shift+ArrowDown");
        assertThat(ana.getByTestId("new-line")).isVisible();
        assertTexts(ana, "first", "second");
        assertThat(room(ana, "Release notes")).not().hasClass(Pattern.compile("unread"));
        assertThat(ana).hasTitle("Release notes · Natter");
    }

    @Test
    void aMentionCountsInTheListAndLeadsToItsMessage() {
        create(ben, "design", "");
        invite(ben, "Ana");
        String me = ben.locator("[data-testid=person]:has-text('Ana')").getAttribute("data-id");
        say(ben, "can you look, <@" + me + ">?");
        assertThat(room(ana, "design").getByTestId("pill")).containsText("1");
        assertThat(ana).hasTitle("(1) general · Natter");
        Chromium.picture(ana, "mention");
        ana.getByTestId("mentions-link").click();
        ana.getByTestId("mention").click();
        assertThat(ana).hasURL(Pattern.compile("/r/design/1$"));
        assertThat(room(ana, "design").getByTestId("pill")).hasCount(0);
        assertThat(ana).hasTitle("design · Natter");
    }

    @Test
    void twoPeopleWriteToEachOtherAlone() {
        ben.locator("[data-testid=person]:has-text('Ana') button.person").click();
        assertThat(ben).hasURL(Pattern.compile("/d/"));
        say(ben, "between us");
        assertThat(room(ana, "Ben").getByTestId("pill")).containsText("1");
        room(ana, "Ben").click();
        assertTexts(ana, "between us");
        try (var cleosWindow = chromium.window(1024, 800, ColorScheme.LIGHT)) {
            assertThat(join(cleosWindow, "Cleo").getByTestId("room")).hasCount(1);
        }
    }

    @Test
    void aDraftAndAReadingPositionBelongToTheirRoom() {
        create(ana, "design", "");
        for (int i = 0; i < 4; i++) {
            say(ana, lines("line " + i, 20));
        }
        ana.getByTestId("composer").fill("half a sentence");
        ana.getByTestId("message").first().evaluate("row => row.scrollIntoView()");
        settle(ana);
        double before = top(ana);
        room(ana, "general").click();
        assertThat(ana.getByTestId("composer")).hasValue("");
        assertThat(room(ana, "design").locator(".draft")).isVisible();
        room(ana, "design").click();
        assertThat(ana.getByTestId("composer")).hasValue("half a sentence");
        settle(ana);
        assertThat(top(ana)).isCloseTo(before, org.assertj.core.data.Offset.offset(2.0));
    }

    @Test
    void thePageDrawsWithoutTheServer() {
        create(ana, "design", "");
        say(ana, "kept");
        assertThat(ana.getByTestId("message")).hasAttribute("data-seq", "1");
        ana.evaluate(WAIT_UNTIL_KEPT, 1);
        ana.route("**/api/**", route -> route.abort());
        ana.route("**/socket.io/**", route -> route.abort());
        ana.routeWebSocket(Pattern.compile(".*/socket\\.io/.*"), socket -> socket.close());
        ana.navigate(chat.uri() + "/r/design");
        assertTexts(ana, "kept");
        assertThat(ana.getByTestId("room")).hasCount(2);
        Chromium.picture(ana, "from-the-cache");
    }

    @Test
    void aPhoneGoesFromTheListToARoomToItsPeopleAndBack() {
        create(ben, "design", "");
        invite(ben, "Ana");
        ana = anasWindow.newPage();
        ana.setViewportSize(390, 844);
        ana.navigate(chat.uri().toString());
        assertThat(ana.getByTestId("composer")).isVisible();
        ana.goBack();
        assertThat(ana.getByTestId("composer")).not().isVisible();
        Chromium.picture(ana, "phone-list");
        room(ana, "design").click();
        assertThat(ana.getByTestId("composer")).isVisible();
        ana.getByTestId("online-count").click();
        assertThat(ana.getByTestId("person")).hasCount(2);
        Chromium.picture(ana, "phone-people");
        ana.goBack();
        assertThat(ana.getByTestId("composer")).isVisible();
        ana.goBack();
        assertThat(room(ana, "design")).isVisible();
    }

    @Test
    void aRoomIsRenamedMutedAndLeft() {
        create(ana, "design", "");
        ana.getByTestId("room-menu").click();
        ana.getByTestId("edit-room").click();
        ana.getByTestId("room-name").fill("look");
        ana.getByTestId("confirm").click();
        assertThat(ana).hasURL(Pattern.compile("/r/look$"));
        ana.getByTestId("level-menu").click();
        ana.getByTestId("level-none").check();
        escape(ana);
        assertThat(room(ana, "look").locator(".muted")).isVisible();
        ana.getByTestId("room-menu").click();
        ana.getByTestId("leave-room").click();
        ana.getByTestId("confirm").click();
        assertThat(ana.getByTestId("room")).hasCount(1);
        ana.navigate(chat.uri() + "/r/look");
        ana.getByTestId("join-room").click();
        assertThat(ana.getByTestId("composer")).isVisible();
    }

    private static void create(Page page, String name, String topic) {
        page.getByTestId("add-menu").click();
        page.getByTestId("new-room").click();
        page.getByTestId("room-name").fill(name);
        page.getByTestId("room-topic").fill(topic);
        page.getByTestId("confirm").click();
        assertThat(room(page, name)).hasAttribute("aria-current", "page");
    }

    private static void invite(Page page, String person) {
        page.getByTestId("room-menu").click();
        page.getByTestId("invite").click();
        page.getByTestId("people-query").fill(person);
        page.getByTestId("person-option").first().click();
        page.getByTestId("confirm").click();
        assertThat(page.getByTestId("toast")).containsText(person);
    }

    private static Locator room(Page page, String name) {
        return page.getByTestId("room").filter(new Locator.FilterOptions().setHasText(name));
    }

    private static double top(Page page) {
        return ((Number)
                        page.getByTestId("message")
                                .first()
                                .evaluate("row => row.getBoundingClientRect().top"))
                .doubleValue();
    }
}
