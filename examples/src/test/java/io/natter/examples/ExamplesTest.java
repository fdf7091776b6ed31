package io.natter.examples;

import static io.natter.browser.Chromium.picture;
import static io.natter.examples.Visitors.say;
import static io.natter.examples.Visitors.shows;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The events of each example, seen from two pages.
class ExamplesTest {
    // Made before the first test, which JUnit promises and NullAway cannot know.
    @SuppressWarnings("NullAway.Init")
    private static Visitors visitors;

    @BeforeAll
    static void open() {
        visitors = new Visitors();
    }

    @AfterAll
    static void close() {
        visitors.close();
    }

    @Test
    void userBoxesShowsABoxPerUserWhileTheyAreHere() throws Exception {
        int port = Program.freePort();
        var url = "http://localhost:" + port;
        try (var _ = Program.example("UserBoxes", port, Map.of())) {
            var ada = visitors.visit("Ada", url);
            shows(ada.locator(".box"), "Ada");
            var bob = visitors.visit("Bob", url);
            shows(ada.locator(".box"), "Ada", "Bob");
            shows(bob.locator(".box.me"), "Bob");
            shows(bob.locator(".box:not(.me)"), "Ada");
            shows(bob.locator("#before"), "1");
            picture(ada, "UserBoxes");
            bob.close();
            shows(ada.locator(".box"), "Ada");
            ada.close();
        }
    }

    @Test
    void eventEmitterTellsAllWhoComesSpeaksAndLeaves() throws Exception {
        int port = Program.freePort();
        var url = "http://localhost:" + port;
        try (var _ = Program.example("EventEmitter", port, Map.of())) {
            var first = visitors.visit("", url);
            shows(first.locator("#messages li"), "A user has joined the chat, 1 here");
            var second = visitors.visit("", url);
            shows(second.locator("#messages li"), "A user has joined the chat, 2 here");
            say(second, "hello <b>all</b>");
            shows(
                    second.locator("#messages li"),
                    "A user has joined the chat, 2 here",
                    "hello <b>all</b>");
            second.close();
            shows(
                    first.locator("#messages li"),
                    "A user has joined the chat, 1 here",
                    "A user has joined the chat, 2 here",
                    "hello <b>all</b>",
                    "A user has left the chat, 1 here");
            picture(first, "EventEmitter");
            first.close();
        }
    }

    @Test
    void simpleChatLetsInThePageOfAnotherOriginAndSpeaksToTheOthers() throws Exception {
        int port = Program.freePort();
        int pagePort = Program.freePort();
        var environment = Map.of("PAGE_PORT", Integer.toString(pagePort));
        var url = "http://127.0.0.1:" + pagePort;
        try (var program = Program.example("SimpleChat", port, environment)) {
            program.awaitPort(pagePort);
            var ada = visitors.visit("Ada", url);
            shows(ada.locator("#messages li"), "You joined");
            ada.waitForFunction("() => socket.connected"); // or Bob might be there before her
            var bob = visitors.visit("Bob", url);
            shows(ada.locator("#messages li"), "You joined", "Bob connected");
            say(ada, "hi");
            shows(bob.locator("#messages li").last(), "Ada: hi");
            bob.close();
            shows(
                    ada.locator("#messages li"),
                    "You joined",
                    "Bob connected",
                    "You: hi",
                    "Bob disconnected");
            picture(ada, "SimpleChat");
            ada.close();
            var target = "/socket.io/?EIO=4&transport=websocket";
            assertThat(upgrade(port, target, url)).isEqualTo(101);
            assertThat(upgrade(port, target, "http://127.0.0.1:1")).isEqualTo(400);
        }
    }

    @Test
    void chattrReplaysTheLastTenMessagesOldestFirst() throws Exception {
        int redisPort = Program.freePort();
        int port = Program.freePort();
        var environment = Map.of("REDIS_URL", "redis://localhost:" + redisPort);
        var url = "http://localhost:" + port;
        try (var redis = redis(redisPort)) {
            redis.awaitPort(redisPort);
            try (var _ = Program.example("Chattr", port, environment)) {
                var ada = visitors.visit("Ada", url);
                shows(ada.locator("#status"), "Connected to chattr");
                for (int i = 1; i <= 12; i++) {
                    say(ada, "message " + i);
                }
                shows(ada.locator("#messages li:nth-child(12)"), "Ada: message 12");
                var bob = visitors.visit("Bob", url);
                var lastTen = new String[10];
                for (int i = 0; i < 10; i++) {
                    lastTen[i] = "Ada: message " + (i + 3);
                }
                shows(bob.locator("#messages li"), lastTen);
                shows(bob.locator("#chatters li"), "Bob", "Ada");
                shows(ada.locator("#chatters li"), "Ada", "Bob");
                picture(bob, "Chattr");
                bob.close();
                shows(ada.locator("#chatters li"), "Ada");
                ada.close();
            }
        }
    }

    @Test
    void chattrSaysHowToStartARedisWhereItFindsNone() throws Exception {
        int port = Program.freePort();
        var environment =
                Map.of(
                        "PORT",
                        Integer.toString(port),
                        "REDIS_URL",
                        "redis://localhost:" + Program.freePort());
        try (var program = Program.start("Chattr", Program.java("Chattr"), environment)) {
            assertThat(program.exitCode()).isEqualTo(1);
            assertThat(program.output()).contains("redis-server", "REDIS_URL");
        }
    }

    @Test
    void plainWebSocketCountsNamesSendsToOneAndToAllAndRefusesOtherOrigins() throws Exception {
        int port = Program.freePort();
        var url = "http://localhost:" + port;
        try (var _ = Program.example("PlainWebSocket", port, Map.of())) {
            var ada = visitors.visit("Ada", url);
            shows(ada.locator("#status"), "Open, speaking echo-protocol");
            shows(ada.locator("#people li"), "Ada");
            var bob = visitors.visit("Bob", url);
            shows(ada.locator("#people li"), "Ada", "Bob");
            shows(ada.locator("#count"), "2");
            say(bob, "hello");
            bob.locator("select").selectOption("Ada");
            say(bob, "only you");
            shows(
                    bob.locator("#messages li"),
                    "Bob has joined the chat",
                    "Bob: hello",
                    "You (to Ada): only you");
            bob.close();
            shows(
                    ada.locator("#messages li"),
                    "Ada has joined the chat",
                    "Bob has joined the chat",
                    "Bob: hello",
                    "Bob (to you): only you",
                    "Bob has left the chat");
            shows(ada.locator("#people li"), "Ada");
            picture(ada, "PlainWebSocket");
            ada.close();
            assertThat(upgrade(port, "/", url)).isEqualTo(101);
            assertThat(upgrade(port, "/", "http://evil.example")).isEqualTo(403);
        }
    }

    @Test
    void inJavalinShowsOverEachTransportWhatIsPostedToTheApplication() throws Exception {
        int port = Program.freePort();
        var url = "http://localhost:" + port;
        try (var _ = Program.example("InJavalin", port, Map.of())) {
            var ada = visitors.visit("Ada", url);
            shows(ada.locator("#transport"), "websocket");
            var bob = visitors.visit("Bob", url + "/?transport=polling");
            shows(bob.locator("#transport"), "polling");
            shows(ada.locator("#count"), "2");
            say(bob, "hello <b>all</b>");
            shows(ada.locator("#messages li"), "hello <b>all</b>");
            shows(bob.locator("#messages li"), "hello <b>all</b>");
            picture(ada, "InJavalin");
            bob.close();
            ada.close();
        }
    }

    private static Program redis(int port) throws IOException {
        var folder = Files.createTempDirectory(Path.of("target"), "redis");
        return Program.start(
                "redis",
                List.of(
                        "redis-server",
                        "--port",
                        Integer.toString(port),
                        "--bind",
                        "127.0.0.1",
                        "--save",
                        "",
                        "--dir",
                        folder.toString()),
                Map.of());
    }

    /// The status that a WebSocket handshake of a page of `origin` gets, 101 where it is let in.
    private static int upgrade(int port, String target, String origin) {
        var uri = "ws://localhost:" + port + target;
        try (var client = HttpClient.newHttpClient()) {
            var socket =
                    client.newWebSocketBuilder()
                            .header("Origin", origin)
                            .buildAsync(URI.create(uri), new WebSocket.Listener() {})
                            .join();
            socket.abort();
            return 101;
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
            }
            throw e;
        }
    }
}
