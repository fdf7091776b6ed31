package io.natter.chat.web.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.natter.chat.domain.integration.SigningSecret;
import io.natter.chat.web.ChatConfig;
import io.natter.chat.web.ChatServer;
import io.natter.chat.web.IntegrationTest;
import io.natter.chat.web.TestClient;
import io.natter.chat.wire.WireJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Deliveries to a receiver on this machine.
class OutgoingWebhookTest extends IntegrationTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ALL =
            "'message.sent','message.edited','message.deleted','member.joined'";

    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private HttpServer receiver; // set before each test
    private volatile int status = 200;

    private record Received(String id, String timestamp, String signature, String body) {
        JsonNode json() {
            return WireJson.JSON.readTree(body);
        }
    }

    @Override
    protected ChatConfig config() {
        return new ChatConfig("127.0.0.1", 0, directory, List.of(), List.of())
                .withWebhookNetworks("loopback");
    }

    @BeforeEach
    void receive() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext(
                "/",
                exchange -> {
                    var headers = exchange.getRequestHeaders();
                    byte[] body = exchange.getRequestBody().readAllBytes();
                    received.add(
                            new Received(
                                    headers.getFirst("webhook-id"),
                                    headers.getFirst("webhook-timestamp"),
                                    headers.getFirst("webhook-signature"),
                                    new String(body, StandardCharsets.UTF_8)));
                    if (status == 302) {
                        exchange.getResponseHeaders().add("Location", "/elsewhere");
                    }
                    exchange.sendResponseHeaders(status, -1);
                    exchange.close();
                });
        receiver.start();
    }

    @AfterEach
    void end() {
        receiver.stop(0);
    }

    private String url() {
        return "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
    }

    private JsonNode webhook(String events, String room) throws Exception {
        return made(
                "/api/webhooks/outgoing",
                "{'name':'CI','url':'%s','events':[%s],'rooms':['%s']}",
                url(),
                events,
                room);
    }

    private Received next() throws InterruptedException {
        Received next = received.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(next).as("a delivery").isNotNull();
        return next == null ? new Received("", "", "", "{}") : next;
    }

    private JsonNode listed() throws Exception {
        return json(get(cookie, "/api/webhooks")).at("/outgoing/0");
    }

    @Test
    void eachEventIsDeliveredAndSigned() throws Exception {
        String room = create(olga, "public", "Builds");
        JsonNode made = webhook(ALL, room);
        SigningSecret secret = SigningSecret.of(made.at("/secret").asString());
        send(olga, room, "first");
        Received sent = next();
        assertThat(sent.id()).matches("msg_[A-Za-z0-9_-]{22}");
        assertThat(sent.timestamp()).isEqualTo("1767268800");
        assertThat(sent.signature()).isEqualTo(secret.sign(sent.id(), 1_767_268_800, sent.body()));
        assertThat(sent.json().at("/type").asString()).isEqualTo("message.sent");
        assertThat(sent.json().at("/timestamp").asString()).isEqualTo("2026-01-01T12:00:00Z");
        assertThat(sent.json().at("/data/room").asString()).isEqualTo(room);
        assertThat(sent.json().at("/data/message/text").asString()).isEqualTo("first");
        done(olga, "msg.edit", "{'room':'%s','seq':1,'base_ver':1,'text':'second'}", room);
        assertThat(next().json().at("/type").asString()).isEqualTo("message.edited");
        done(olga, "react", "{'room':'%s','seq':1,'emoji':'👍','on':true}", room);
        done(olga, "msg.del", "{'room':'%s','seq':1}", room);
        Received deleted = next();
        assertThat(deleted.json().at("/type").asString()).isEqualTo("message.deleted");
        assertThat(deleted.json().at("/data/message/text").asString()).isEmpty();
        done(greeted("Bob"), "room.join", "{'room':'%s'}", room);
        Received joined = next();
        assertThat(joined.json().at("/type").asString()).isEqualTo("member.joined");
        assertThat(joined.json().at("/data/person/name").asString()).isEqualTo("Bob");
        await().atMost(PATIENCE).until(() -> listed().has("delivered_at"));
        await().atMost(PATIENCE).until(() -> listed().at("/waiting").asInt() == 0);
        assertThat(received).isEmpty();
    }

    @Test
    void everybodyWhoIsNewToThePlaceJoinsGeneral() throws Exception {
        webhook("'member.joined'", "general");
        signUp("Ann");
        guest("Guy");
        bot("Robot");
        for (String name : List.of("Ann", "Guy", "Robot")) {
            JsonNode joined = next().json();
            assertThat(joined.at("/type").asString()).isEqualTo("member.joined");
            assertThat(joined.at("/data/room").asString()).isEqualTo("general");
            assertThat(joined.at("/data/person/name").asString()).isEqualTo(name);
        }
    }

    @Test
    void onlyChosenEventsOfChosenRoomsAreDelivered() throws Exception {
        String room = create(olga, "public", "Builds");
        webhook("'message.deleted'", room);
        send(olga, "general", "elsewhere");
        send(olga, room, "not chosen");
        done(olga, "msg.del", "{'room':'%s','seq':1}", room);
        assertThat(next().json().at("/type").asString()).isEqualTo("message.deleted");
        await().atMost(PATIENCE).until(() -> listed().at("/waiting").asInt() == 0);
        assertThat(received).isEmpty();
    }

    @Test
    void aFailureIsTriedAgainLaterAndOverARestart() throws Exception {
        webhook(ALL, "general");
        status = 500;
        send(olga, "general", "one");
        Received first = next();
        await().atMost(PATIENCE).until(() -> listed().has("error"));
        assertThat(listed().at("/error").asString()).isEqualTo("The receiver answered 500.");
        send(olga, "general", "two");
        assertThat(listed().at("/waiting").asInt()).isEqualTo(2);
        assertThat(received).as("the webhook waits").isEmpty();
        server.close();
        status = 204;
        server = ChatServer.start(config(), clock, clock.monotonic(), tuning());
        assertThat(received).isEmpty();
        clock.advance(Duration.ofSeconds(11));
        assertThat(List.of(next().json(), next().json()))
                .extracting(json -> json.at("/data/message/text").asString())
                .containsExactlyInAnyOrder("one", "two");
        await().atMost(PATIENCE).until(() -> listed().at("/waiting").asInt() == 0);
        assertThat(listed().has("failing_since")).isFalse();
        assertThat(first.id()).isNotEmpty();
    }

    @Test
    void eachAttemptHasTheSameId() throws Exception {
        webhook(ALL, "general");
        status = 302;
        send(olga, "general", "one");
        Received first = next();
        await().atMost(PATIENCE).until(() -> listed().has("error"));
        assertThat(listed().at("/error").asString()).contains("redirects");
        status = 200;
        clock.advance(Duration.ofSeconds(11));
        Received second = next();
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.timestamp()).isNotEqualTo(first.timestamp());
    }

    @Test
    void aReceiverThatFailsForThreeDaysIsDisabledAndCanBeEnabled() throws Exception {
        String id = webhook(ALL, "general").at("/webhook/id").asString();
        status = 503;
        send(olga, "general", "one");
        next();
        await().atMost(PATIENCE).until(() -> listed().has("failing_since"));
        clock.advance(Duration.ofDays(3));
        next();
        await().atMost(PATIENCE).until(() -> listed().has("disabled"));
        assertThat(listed().at("/dropped").asInt()).isEqualTo(1);
        assertThat(done(olga, "audit", "{}").at("/entries").findValuesAsString("action"))
                .contains("webhook", "webhook_disabled");
        send(olga, "general", "lost");
        assertThat(listed().at("/waiting").asInt()).isZero();
        status = 200;
        assertThat(post(cookie, "/api/webhooks/outgoing/enable", "{'id':'%s'}", id).statusCode())
                .isEqualTo(204);
        send(olga, "general", "back");
        assertThat(next().json().at("/data/message/text").asString()).isEqualTo("back");
    }

    @Test
    void aReceiverThatIsGoneIsDisabledAtOnce() throws Exception {
        webhook(ALL, "general");
        status = 410;
        send(olga, "general", "one");
        await().atMost(PATIENCE).until(() -> listed().has("disabled"));
    }

    @Test
    void aRemovedWebhookGetsNothing() throws Exception {
        String id = webhook(ALL, "general").at("/webhook/id").asString();
        assertThat(post(cookie, "/api/webhooks/outgoing/revoke", "{'id':'%s'}", id).statusCode())
                .isEqualTo(204);
        send(olga, "general", "one");
        assertThat(json(get(cookie, "/api/webhooks")).at("/outgoing")).isEmpty();
        assertThat(code(post(cookie, "/api/webhooks/outgoing/revoke", "{'id':'%s'}", id)))
                .isEqualTo("webhook_unknown");
        assertThat(received).isEmpty();
    }

    @Test
    void onlyOwnersRegisterOneAndOnlyForTheirRooms() throws Exception {
        String mia = signUp("Mia");
        TestClient client = greet(mia);
        done(olga, "role.set", "{'person':'%s','role':'moderator'}", id(client));
        String wish = "{'name':'CI','url':'%s','events':[%s],'rooms':['%s']}";
        String path = "/api/webhooks/outgoing";
        assertThat(code(post(mia, path, wish, url(), ALL, "general"))).isEqualTo("forbidden");
        String room = create(client, "private", "Orchard");
        assertThat(code(post(cookie, path, wish, url(), ALL, room))).isEqualTo("room_unknown");
        assertThat(code(post(cookie, path, wish, url(), "'x'", "general")))
                .isEqualTo("bad_request");
        assertThat(code(post(cookie, path, wish, url(), "", "general"))).isEqualTo("bad_request");
        assertThat(code(post(cookie, path, wish, "http://10.0.0.1/", ALL, "general")))
                .isEqualTo("bad_request");
        assertThat(json(get(cookie, "/api/webhooks")).at("/outgoing")).isEmpty();
    }

    @Test
    void aSlowReceiverDelaysNoMessage() throws Exception {
        receiver.removeContext("/");
        receiver.createContext("/", exchange -> {}); // never answers
        webhook(ALL, "general");
        for (int i = 0; i < 5; i++) {
            assertThat(olga.say("s" + i, "quick").has("ok")).isTrue();
        }
        assertThat(listed().at("/waiting").asInt()).isEqualTo(5);
    }
}
