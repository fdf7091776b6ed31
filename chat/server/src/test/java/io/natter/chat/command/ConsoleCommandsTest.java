package io.natter.chat.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.natter.chat.web.ChatServer;
import io.natter.chat.web.CommandRun;
import io.natter.chat.web.ServerTest;
import io.natter.chat.web.TestClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// `user` and `room`, on the data of a chat that this test starts and stops.
class ConsoleCommandsTest extends ServerTest {
    private CommandRun run(Object... words) {
        Object[] all = Arrays.copyOf(words, words.length + 2);
        all[words.length] = "--data";
        all[words.length + 1] = directory;
        return CommandRun.of(all);
    }

    private void restart() throws Exception {
        server.close();
        server = startAgain();
    }

    private ChatServer startAgain() throws Exception {
        return ChatServer.start(config(), clock, clock.monotonic(), tuning());
    }

    private int logIn(String name, String password) throws Exception {
        return send(signingIn("{\"name\":\"%s\",\"password\":\"%s\"}".formatted(name, password))
                        .uri(uri("/api/login")))
                .statusCode();
    }

    /// The password that `reset-password` prints.
    private String reset(String name) {
        CommandRun run = run("user", "reset-password", name);
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        return run.out().strip().replaceFirst(".* is now ", "");
    }

    @Test
    void whileTheChatRunsChangesAreRefusedAndListsAreNot() throws Exception {
        TestClient ann = greeted("Ann");
        assertThat(ann.say("c1", "hello").has("ok")).isTrue();
        for (List<String> change :
                List.of(
                        List.of("user", "reset-password", "Ann"),
                        List.of("user", "make-owner", "Ann"),
                        List.of("user", "delete", "Ann"),
                        List.of("bot", "create", "Echo"),
                        List.of("room", "archive", "general"))) {
            CommandRun run = run(change.toArray());
            assertThat(run.code()).as("%s", change).isEqualTo(1);
            assertThat(run.err().strip())
                    .startsWith("Another Natter is using the data directory")
                    .hasLineCount(1);
        }
        CommandRun people = run("user", "list");
        assertThat(people.code()).isZero();
        assertThat(people.out().lines().toList().get(1))
                .matches("[\\w-]{22}  guest +20\\d\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d +1  Ann");
        CommandRun rooms = run("room", "list");
        assertThat(rooms.out().lines().toList().get(1)).matches("general +public +1 +1  general");
    }

    @Test
    void aGuestGetsAnAccountAndTheAccountAnOwner() throws Exception {
        greeted("Ann").close();
        server.close();
        assertThat(run("user", "make-owner", "Ann").err().strip()).isNotEmpty();
        String first = reset("ann");
        assertThat(run("user", "make-owner", "Ann").out().strip())
                .isEqualTo("Ann is an owner now.");
        restart();
        assertThat(server.setupSecret()).isEmpty();
        assertThat(logIn("Ann", first)).isEqualTo(200);
        server.close();
        String second = reset("Ann");
        restart();
        assertThat(logIn("Ann", first)).isEqualTo(403);
        assertThat(logIn("Ann", second)).isEqualTo(200);
        server.close();
        CommandRun last = run("user", "delete", "Ann");
        assertThat(last.code()).as("the only owner").isEqualTo(1);
        assertThat(run("user", "delete", "Nobody").code()).isEqualTo(1);
    }

    @Test
    void aDeletedPersonLeavesNoTextInTheFile() throws Exception {
        String secret = "quetzalcoatlus";
        TestClient ann = greeted("Marguerite");
        TestClient bob = greeted("Bob");
        assertThat(ann.say("c1", "my " + secret + " is here").has("ok")).isTrue();
        assertThat(bob.say("c2", "a reply").has("ok")).isTrue();
        assertThat(
                        ann.ask(
                                        "msg.edit",
                                        """
                                        {"room":"general","seq":1,"base_ver":1,"text":"%s again"}
                                        """
                                                .formatted(secret))
                                .has("ok"))
                .isTrue();
        server.close();
        assertThat(holds(secret)).isTrue();
        CommandRun run = run("user", "delete", "marguerite", "--messages");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("with 1 message");
        assertThat(holds(secret)).isFalse();
        assertThat(holds("Marguerite")).isFalse();
        restart();
        TestClient carl = greeted("Carl");
        JsonNode messages =
                carl.ask("history", "{\"room\":\"general\",\"limit\":10}").at("/messages");
        assertThat(messages).hasSize(2);
        assertThat(messages.get(0).at("/text").asString("")).isEmpty();
        assertThat(messages.get(1).at("/text").asString()).isEqualTo("a reply");
    }

    private boolean holds(String text) throws Exception {
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        try (var files = Files.list(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                if (bytes.contains(new String(wanted, StandardCharsets.ISO_8859_1))) {
                    return true;
                }
            }
        }
        return false;
    }

    @Test
    void anArchivedRoomTakesNoMessages() throws Exception {
        TestClient ann = greeted("Ann");
        String room =
                ann.ask("room.create", "{\"kind\":\"public\",\"name\":\"Old things\"}")
                        .at("/room/id")
                        .asString();
        assertThat(room).isNotEmpty();
        ann.close();
        server.close();
        assertThat(run("room", "archive", "general").code()).isEqualTo(1);
        assertThat(run("room", "archive", "nothing").code()).isEqualTo(1);
        assertThat(run("room", "archive", "old-things").out().strip())
                .isEqualTo("old-things is archived.");
        assertThat(run("room", "list").out()).contains("old-things (archived)");
        restart();
        assertThat(
                        greeted("Bob")
                                .ask("room.join", "{\"room\":\"old-things\"}")
                                .at("/err/code")
                                .asString())
                .isNotEmpty();
        server.close();
        assertThat(run("room", "archive", "--undo", "old-things").code()).isZero();
        restart();
        assertThat(greeted("Carl").ask("room.join", "{\"room\":\"old-things\"}").has("err"))
                .isFalse();
    }

    @Test
    void aBotOfTheOperatorHasATokenThatCanBeRenewedAndRevoked() throws Exception {
        greeted("Ann").close();
        server.close();
        String made = token(run("bot", "create", "Deploy helper"));
        assertThat(run("bot", "create", "deploy Helper").code()).as("taken").isEqualTo(1);
        restart();
        assertThat(asBot(made)).isEqualTo(200);
        // The time of the use is stored after the answer.
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () ->
                                assertThat(run("bot", "list").out().lines().toList().get(1))
                                        .matches(
                                                "chatbot-[\\w-]{14}  20\\d\\d-\\S+ \\S+  20\\d\\d-\\S+ \\S+  Deploy helper"));
        server.close();
        String renewed = token(run("bot", "renew", "deploy helper"));
        restart();
        assertThat(asBot(made)).isEqualTo(401);
        assertThat(asBot(renewed)).isEqualTo(200);
        server.close();
        assertThat(run("bot", "revoke", "Ann").err().strip()).isEqualTo("There is no such bot.");
        assertThat(run("bot", "revoke", "Deploy helper").code()).isZero();
        assertThat(run("bot", "list").out()).contains("Deploy helper (revoked)");
        assertThat(run("user", "reset-password", "Deploy helper").code())
                .as("a bot has no password")
                .isEqualTo(1);
        assertThat(run("user", "delete", "Deploy helper").code()).isZero();
        assertThat(run("bot", "list").out()).doesNotContain("Deploy helper");
        restart();
        assertThat(asBot(renewed)).isEqualTo(401);
    }

    private static String token(CommandRun run) {
        assertThat(run.err()).isEmpty();
        return run.out().strip().replaceFirst(".* is ", "");
    }

    private int asBot(String token) throws Exception {
        return send(HttpRequest.newBuilder(uri("/api/v1/me"))
                        .header("Authorization", "Bearer " + token))
                .statusCode();
    }

    @Test
    void aCommandThatIsNotThereIsNamedWithTheNearest() {
        CommandRun run = CommandRun.of("bakup", "x");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err().strip())
                .isEqualTo("There is no command bakup, did you mean backup. Try --help.");
        assertThat(CommandRun.of("user").code()).isEqualTo(2);
    }
}
