package io.natter.conformance.chat;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.password4j.BcryptFunction;
import com.password4j.Password;
import io.natter.browser.Chromium;
import io.natter.conformance.AdminUiPage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/// The Socket.IO Admin UI beside the chat.
class AdminUiPageTest extends PageTest {
    private static final String HASH =
            Password.hash("changeit").with(BcryptFunction.getInstance(4)).getResult();

    /// Everything that the server tells the page of the Admin UI.
    private final List<String> told = new CopyOnWriteArrayList<>();

    @Override
    ChatProcess startServer() {
        return ChatProcess.start(data, "--admin-ui-password", HASH);
    }

    private void own() {
        ana.navigate(chat.setUpAddress());
        ana.reload();
        ana.getByTestId("claim-password").fill("plum at midnight");
        ana.getByTestId("claim-password").press("Enter");
        assertThat(ana.getByTestId("old-password")).isVisible();
        escape(ana);
    }

    private Page adminUi(BrowserContext window) {
        Page page = window.newPage();
        page.setViewportSize(1400, 900);
        page.onWebSocket(
                socket ->
                        socket.onFrameReceived(
                                frame -> {
                                    String text = frame.text();
                                    if (text != null) {
                                        told.add(text);
                                    }
                                }));
        page.onRequestFinished(
                request -> {
                    if (request.url().contains("/socket.io/")) {
                        try {
                            told.add(request.response().text());
                        } catch (PlaywrightException _) {
                            // An upgrade, which has no body.
                        }
                    }
                });
        page.navigate(chat.uri() + "/admin-ui/");
        return page;
    }

    @Test
    void anOwnerSeesNumbersAndNothingThatPeopleWroteOrThatSignsIn() {
        own();
        try (var bensWindow = chromium.window(520, 844, ColorScheme.LIGHT)) {
            var ben = join(bensWindow, "Benedict");
            say(ben, "the plum is at the door");
            Page page = adminUi(anasWindow);
            AdminUiPage admin = new AdminUiPage(page);
            admin.signIn("admin");
            say(ben, "and the key below it");
            // Ana's chat, Ben's chat, and this page with two namespaces.
            assertThat(page.locator("main"))
                    .containsText("Clients", new ContainsTextOptions().setTimeout(30_000));
            Chromium.picture(page, "admin-ui-of-the-chat");
            List<String> shown = new ArrayList<>();
            shown.add(page.locator("body").innerText());
            admin.open("Servers");
            assertThat(admin.row("Healthy")).hasCount(1);
            shown.add(page.locator("body").innerText());

            List<String> secrets =
                    new ArrayList<>(List.of("plum", "key below", "Benedict", "session:"));
            for (var window : List.of(anasWindow, bensWindow)) {
                window.cookies().stream()
                        .map(cookie -> cookie.value)
                        .filter(value -> value.length() > 16)
                        .forEach(secrets::add);
            }
            assertThat(secrets).as("both cookies are known").hasSize(6);
            assertThat(String.join("\n", told)).contains("server_stats");
            for (String secret : secrets) {
                assertThat(told).as(secret).noneMatch(text -> text.contains(secret));
                assertThat(shown).as(secret).noneMatch(text -> text.contains(secret));
            }
            assertThat(told)
                    .as("the sockets of the chat are counted")
                    .anyMatch(text -> text.matches("(?s).*\"clientsCount\":3\\b.*"));
        }
    }

    @Test
    void othersAreNotLetIn() {
        own();
        try (var bensWindow = chromium.window(520, 844, ColorScheme.LIGHT)) {
            join(bensWindow, "Ben");
            Page page = adminUi(bensWindow);
            assertThat(page.locator("body")).containsText("Sign in to the chat as an owner first");
        }
    }
}
