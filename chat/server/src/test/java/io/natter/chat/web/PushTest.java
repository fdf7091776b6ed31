package io.natter.chat.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.natter.chat.push.PushBrowser;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Push messages from the chat to a push service on loopback.
class PushTest extends AccountTest {
    private PushBrowser browser;

    @Override
    protected ChatServer.Tuning tuning() {
        return new ChatServer.Tuning(
                Duration.ofMillis(50), Duration.ofSeconds(30), 10_000, List.of(browser.origin()));
    }

    @Override
    @BeforeEach
    protected void start() throws Exception {
        browser = new PushBrowser();
        super.start();
    }

    @AfterEach
    void closeBrowser() {
        browser.close();
    }

    private HttpResponse<String> subscribe(String cookie, String json) throws Exception {
        return send(
                HttpRequest.newBuilder(uri("/api/push"))
                        .header("Cookie", cookie)
                        .header("Content-Type", "application/json")
                        .header("X-Natter", "1")
                        .POST(BodyPublishers.ofString(json)));
    }

    /// Signs up somebody who opened the chat, subscribed and closed it again.
    private String away(String name) throws Exception {
        String cookie = signUp(name);
        TestClient client = greet(cookie);
        assertThat(subscribe(cookie, browser.json()).statusCode()).isEqualTo(204);
        client.close();
        await().until(() -> server.connectedPeople() == 0);
        return cookie;
    }

    @Test
    void somebodyWhoIsAwayIsToldOfAMessage() throws Exception {
        away("Ann");
        TestClient bob = greet(signUp("Bob"));
        send(bob, "general", "lunch?");
        PushBrowser.Received pushed = browser.next();
        assertThat(pushed.text())
                .isEqualTo(
                        "{\"room\":\"general\",\"seq\":1,\"path\":\"/r/general/1\",\"title\":\"General\",\"sender\":\"Bob\",\"text\":\"lunch?\"}");
        assertThat(pushed.topic()).isEqualTo("general");
        assertThat(pushed.ttl()).isEqualTo("86400");
        assertThat(pushed.claims())
                .startsWith("{\"aud\":\"" + browser.origin() + "\",\"exp\":")
                .endsWith(",\"sub\":\"mailto:natter@localhost\"}");
    }

    @Test
    void somebodyWhoIsHereIsNotTold() throws Exception {
        String ann = away("Ann");
        TestClient here = greet(ann);
        TestClient bob = greet(signUp("Bob"));
        send(bob, "general", "you are here");
        here.next("ev");
        here.close();
        await().until(() -> server.connectedPeople() == 1);
        send(bob, "general", "now you are not");
        assertThat(browser.next().text()).contains("now you are not");
        assertThat(browser.waiting()).isZero();
    }

    @Test
    void theSenderIsNotTold() throws Exception {
        String ann = signUp("Ann");
        TestClient client = greet(ann);
        subscribe(ann, browser.json());
        send(client, "general", "from me");
        client.close();
        await().until(() -> server.connectedPeople() == 0);
        send(greet(signUp("Bob")), "general", "to you");
        assertThat(browser.next().text()).contains("to you");
    }

    @Test
    void theLevelOfTheRoomDecides() throws Exception {
        String ann = signUp("Ann");
        TestClient client = greet(ann);
        String id = id(client);
        done(client, "level", "{'room':'general','level':'mentions'}");
        subscribe(ann, browser.json());
        client.close();
        await().until(() -> server.connectedPeople() == 0);
        TestClient bob = greet(signUp("Bob"));
        send(bob, "general", "nothing for you");
        send(bob, "general", "<@" + id + "> look");
        assertThat(browser.next().text()).contains("look");
        assertThat(browser.waiting()).isZero();
    }

    @Test
    void aReminderIsTold() throws Exception {
        send(greet(signUp("Bob")), "general", "water the plants");
        String ann = signUp("Ann");
        TestClient client = greet(ann);
        long at = clock.millis() + 60_000;
        done(client, "remind", "{'room':'general','seq':1,'at':%d}", at);
        subscribe(ann, browser.json());
        client.close();
        await().until(() -> server.connectedPeople() == 1);
        clock.advance(Duration.ofMinutes(1));
        PushBrowser.Received pushed = browser.next();
        assertThat(pushed.text())
                .isEqualTo(
                        "{\"room\":\"general\",\"seq\":1,\"path\":\"/r/general/1\",\"title\":\"General\",\"sender\":\"Bob\",\"text\":\"water the plants\",\"reminder\":true}");
        assertThat(pushed.topic()).as("no header").isEqualTo("null");
        server.runDue();
        send(greet(signUp("Carl")), "general", "the next one");
        assertThat(browser.next().text()).contains("the next one");
    }

    @Test
    void aSessionThatEndedIsNotTold() throws Exception {
        String ann = away("Ann");
        send(
                HttpRequest.newBuilder(uri("/api/session"))
                        .header("X-Natter", "1")
                        .header("Cookie", ann)
                        .DELETE());
        String again = entered(signingIn("Ann", PASSWORD));
        HttpResponse<String> state = get(again, "/api/push");
        assertThat(json(state).at("/on").asBoolean()).isFalse();
    }

    @Test
    void aSubscriptionThatTheServiceForgotIsForgotten() throws Exception {
        String ann = away("Ann");
        browser.answer(410);
        send(greet(signUp("Bob")), "general", "gone");
        browser.next();
        await().until(() -> !json(get(ann, "/api/push")).at("/on").asBoolean());
    }

    @Test
    void aTestSaysWhatTheServiceAnswered() throws Exception {
        String ann = away("Ann");
        assertThat(json(post(ann, "/api/push/test", "{}")).at("/taken").asBoolean()).isTrue();
        assertThat(browser.next().text()).isEqualTo("{\"test\":true}");
        browser.answer(500);
        assertThat(json(post(ann, "/api/push/test", "{}")).at("/taken").asBoolean()).isFalse();
    }

    @Test
    void anAddressInTheServersOwnNetworkIsRefused() throws Exception {
        String ann = signUp("Ann");
        String inside = browser.json().replace(browser.origin().toString(), uri("").toString());
        HttpResponse<String> refused = subscribe(ann, inside);
        assertThat(code(refused)).isEqualTo("bad_request");
        assertThat(refused.body()).contains("push service is not known");
    }

    @Test
    void whatIsNoSubscriptionIsRefused() throws Exception {
        String ann = signUp("Ann");
        for (String wrong :
                List.of(
                        "{}",
                        "{\"endpoint\":\"" + browser.origin() + "\"}",
                        browser.json().replace("\"auth\":\"", "\"auth\":\"!"),
                        browser.json().replace("\"p256dh\":\"B", "\"p256dh\":\"C"))) {
            assertThat(code(subscribe(ann, wrong))).as(wrong).isEqualTo("bad_request");
        }
        assertThat(code(subscribe("", browser.json()))).isEqualTo("no_session");
    }
}
