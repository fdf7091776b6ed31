package io.natter.conformance.chat;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.natter.conformance.chat.ChatPage.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.natter.browser.Chromium;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/// Bots and webhooks on the page.
class IntegrationsPageTest extends PageTest {
    private final HttpClient http = HttpClient.newHttpClient();

    private int post(String address, String token, String json) throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create(address))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + token)
                        .POST(BodyPublishers.ofString(json))
                        .build();
        return http.send(request, BodyHandlers.ofString()).statusCode();
    }

    private void open(String tab) {
        ana.getByTestId("me").click();
        ana.getByTestId("open-place").click();
        ana.getByTestId("tab-" + tab).click();
    }

    private void own() {
        ana.navigate(chat.setUpAddress());
        ana.reload(); // only the part behind the # is new, which loads nothing
        ana.getByTestId("claim-password").fill("plum at midnight");
        ana.getByTestId("claim").click();
        assertThat(ana.getByTestId("old-password")).isVisible();
        escape(ana);
        assertThat(ana.getByTestId("account-dialog")).hasCount(0);
        ana.setViewportSize(1440, 900);
    }

    @Test
    void anOwnerMakesABotThatWrites() throws Exception {
        own();
        open("bots");
        assertThat(ana.getByTestId("bot")).hasCount(0);
        ana.getByTestId("bot-name").fill("Deploy helper");
        ana.getByTestId("create-bot").click();
        assertThat(ana.getByTestId("secret")).isVisible();
        String token = ana.getByTestId("secret").inputValue();
        assertThat(token).startsWith("natter_bot_");
        assertThat(ana.getByTestId("bot")).containsText("not used yet");
        Chromium.picture(ana, "bots-light");
        escape(ana);

        String messages = chat.uri() + "/api/v1/rooms/general/messages";
        assertThat(post(messages, token, "{\"text\":\"Build 7 is **green**\"}")).isEqualTo(201);
        ChatPage.assertTexts(ana, "Build 7 is green");
        assertThat(ana.locator(".byline .role-tag")).containsText("Bot", within(30));
        assertThat(
                        ana.locator("[data-testid=person]")
                                .filter(new Locator.FilterOptions().setHasText("Deploy helper"))
                                .locator(".role-tag"))
                .containsText("Bot", within(30));
        Chromium.picture(ana, "bot-message-light");

        open("bots");
        ana.getByTestId("renew-bot").click();
        assertThat(ana.getByTestId("secret"))
                .not()
                .hasValue(token, new LocatorAssertions.HasValueOptions().setTimeout(30_000));
        ana.getByTestId("revoke-bot").click();
        assertThat(ana.getByTestId("bot")).containsText("revoked", within(30));
        assertThat(ana.getByTestId("secret")).hasCount(0);
        assertThat(post(messages, token, "{\"text\":\"x\"}")).isEqualTo(401);
    }

    @Test
    void anOwnerMakesWebhooks() throws Exception {
        own();
        open("webhooks");
        ana.getByTestId("incoming-name").fill("Alerts");
        ana.getByTestId("create-incoming").click();
        assertThat(ana.getByTestId("secret")).isVisible();
        String address = ana.getByTestId("secret").inputValue();
        assertThat(address).startsWith(chat.uri() + "/hooks/");
        assertThat(ana.getByTestId("incoming")).containsText("Alerts → General");
        assertThat(post(address, "", "{\"text\":\"Disk at *91 %*\"}")).isEqualTo(200);

        ana.getByTestId("outgoing-name").fill("CI");
        ana.getByTestId("outgoing-url").fill("https://127.0.0.1/hook");
        ana.getByTestId("create-outgoing").click();
        assertThat(ana.getByTestId("toast")).containsText("--webhook-networks", within(30));
        ana.getByTestId("outgoing-url").fill("https://example.invalid/hook");
        ana.getByTestId("event-message.deleted").check();
        ana.getByTestId("create-outgoing").click();
        assertThat(ana.getByTestId("outgoing")).containsText("General → CI", within(30));
        assertThat(ana.getByTestId("outgoing")).containsText("Message deleted, Message sent");
        assertThat(ana.getByTestId("secret")).hasCount(2);
        Chromium.picture(ana, "webhooks-light");
        narrow(ana);
        Chromium.picture(ana, "webhooks-phone-light");
        ana.getByTestId("revoke-incoming").click();
        assertThat(ana.getByTestId("incoming")).hasCount(0);
        ana.getByTestId("revoke-outgoing").click();
        assertThat(ana.getByTestId("outgoing")).hasCount(0);
        assertThat(post(address, "", "{\"text\":\"x\"}")).isEqualTo(404);
        escape(ana);
        ChatPage.assertTexts(ana, "Disk at 91 %");
    }

    private static void narrow(Page page) {
        page.setViewportSize(390, 844);
    }
}
