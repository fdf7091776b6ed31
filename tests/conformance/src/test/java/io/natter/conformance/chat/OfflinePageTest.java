package io.natter.conformance.chat;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// The service worker: the page without a network, and push messages without a page.
class OfflinePageTest extends PageTest {
    /// The service worker has stored all files, and the next load of the page goes through it.
    private static void awaitWorker(Page page) {
        page.evaluate("() => navigator.serviceWorker.ready.then(() => true)");
        page.waitForFunction("() => navigator.serviceWorker.controller !== null");
    }

    /// The browser keeps the newest messages for the next visit; it writes them at most once a
    /// second.
    private static void awaitKept(Page page, String text) {
        await().pollInSameThread().until(() -> kept(page).contains(text));
    }

    private static String kept(Page page) {
        return (String)
                page.evaluate(
                        """
                        async () => {
                          const db = await new Promise((resolve, reject) => {
                            const opening = indexedDB.open('natter');
                            opening.onsuccess = () => resolve(opening.result);
                            opening.onerror = () => reject(opening.error);
                          });
                          try {
                            return await new Promise((resolve) => {
                              const all = db.transaction('cache').objectStore('cache').getAll();
                              all.onsuccess = () => resolve(JSON.stringify(all.result));
                            });
                          } finally {
                            db.close();
                          }
                        }""");
    }

    @Test
    void thePageOpensWithoutAServerAndSendsLater() {
        say(ana, "before the cut");
        awaitWorker(ana);
        awaitKept(ana, "before the cut");
        chat.close();
        ana.reload();
        assertThat(ana.getByTestId("message").last()).containsText("before the cut");
        ana.getByTestId("composer").fill("written without a network");
        ana.getByTestId("composer").press("Enter");
        assertThat(ana.getByTestId("message").last()).containsText("written without a network");
        chat.startAgain();
        assertThat(ana.getByTestId("message").last())
                .hasAttribute("data-state", "sent", new HasAttributeOptions().setTimeout(60_000));
        assertThat(ana.getByTestId("message")).hasCount(2);
    }

    @Test
    void everyAddressOfThePageOpensWithoutAServer() {
        say(ana, "in general");
        awaitWorker(ana);
        awaitKept(ana, "in general");
        chat.close();
        for (String path : List.of("/", "/r/general", "/r/general/1", "/mentions")) {
            ana.navigate(chat.uri() + path);
            assertThat(ana.locator("#app > *").first()).isVisible();
        }
        ana.navigate(chat.uri() + "/r/general");
        assertThat(ana.getByTestId("message").last()).containsText("in general");
    }

    @Test
    void theServersOwnAddressesAreNeverAnsweredFromTheCache() {
        awaitWorker(ana);
        chat.close();
        Object answer =
                ana.evaluate("() => fetch('/readyz').then((r) => r.status, () => 'no answer')");
        assertThat(answer).isEqualTo("no answer");
    }

    @Test
    void aPushMessageShowsANotificationThatOpensTheMessage() throws Exception {
        say(ana, "look here");
        awaitWorker(ana);
        anasWindow.grantPermissions(List.of("notifications"));
        push(
                "{\"room\":\"general\",\"seq\":1,\"path\":\"/r/general/1\",\"title\":\"General\",\"sender\":\"Bob\",\"text\":\"hi\"}");
        await().pollInSameThread()
                .untilAsserted(
                        () -> assertThat(shown(ana)).isEqualTo("General|Bob: hi|/r/general/1"));
    }

    private static Object shown(Page page) {
        return page.evaluate(
                """
                async () => {
                  const registration = await navigator.serviceWorker.ready;
                  const shown = await registration.getNotifications();
                  return shown.map((each) => [each.title, each.body, each.data.path].join('|')).join();
                }""");
    }

    /// The message that the browser's push service would bring.
    private void push(String data) throws Exception {
        CDPSession devTools = anasWindow.newCDPSession(ana);
        var registration = new CompletableFuture<String>();
        devTools.on(
                "ServiceWorker.workerRegistrationUpdated",
                event ->
                        event.getAsJsonArray("registrations")
                                .forEach(
                                        each ->
                                                registration.complete(
                                                        each.getAsJsonObject()
                                                                .get("registrationId")
                                                                .getAsString())));
        devTools.send("ServiceWorker.enable");
        // Events come while the page is asked for something.
        while (!registration.isDone()) {
            ana.evaluate("() => new Promise(requestAnimationFrame)");
        }
        var message = new JsonObject();
        message.addProperty("origin", chat.uri().toString());
        message.addProperty("registrationId", registration.get(1, TimeUnit.SECONDS));
        message.addProperty("data", data);
        devTools.send("ServiceWorker.deliverPushMessage", message);
    }
}
