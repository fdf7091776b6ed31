package io.natter.chat.web.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.web.ChatConfig;
import io.natter.chat.web.IntegrationTest;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Runs the programs of `docs/extending.md` as they stand there.
@Timeout(120)
class ExtendingPageTest extends IntegrationTest {
    private static final Path PAGE = Path.of("../../docs/extending.md");
    private static final Path MODULES = Path.of("../ui/node_modules");

    @TempDir Path programs;

    private final List<Process> processes = new ArrayList<>();

    /// The receiver compares times with the clock of the system.
    @Override
    protected InstantSource time() {
        return InstantSource.system();
    }

    @Override
    protected ChatConfig config() {
        return new ChatConfig("127.0.0.1", 0, directory, List.of(), List.of())
                .withWebhookNetworks("loopback");
    }

    @AfterEach
    void end() throws Exception {
        for (Process process : processes) {
            process.destroyForcibly();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static String snippet(String language, String part) throws Exception {
        var found =
                Pattern.compile("```" + language + "\\R(.*?)```", Pattern.DOTALL)
                        .matcher(Files.readString(PAGE));
        while (found.find()) {
            if (found.group(1).contains(part)) {
                return found.group(1);
            }
        }
        throw new AssertionError("no " + language + " with " + part);
    }

    private BufferedReader run(Map<String, String> environment, String... command)
            throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(programs.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        processes.add(process);
        return process.inputReader(StandardCharsets.UTF_8);
    }

    private BufferedReader node(String program, Map<String, String> environment) throws Exception {
        Path modules = programs.resolve("node_modules");
        if (!Files.exists(modules)) {
            Files.createSymbolicLink(modules, MODULES.toRealPath());
        }
        Path file = Files.writeString(programs.resolve("program.mjs"), program);
        return run(environment, "node", file.toString());
    }

    @Test
    void theBotAnswersWhenItIsMentioned() throws Exception {
        TestBot echo = bot("Echo");
        String program = snippet("js", "socket.io-client");
        assertThat(program.lines().count()).isLessThanOrEqualTo(20);
        BufferedReader out =
                node(program, Map.of("NATTER_URL", origin(), "NATTER_TOKEN", echo.token()));
        assertThat(out.readLine()).isEqualTo("Echo is here");
        send(olga, "general", "<@" + echo.id() + "> are you there?");
        assertThat(olga.next("ev").at("/m/text").asString()).endsWith("are you there?");
        JsonNode answer = olga.next("ev").at("/m");
        assertThat(answer.at("/text").asString()).isEqualTo("You said: are you there?");
        assertThat(answer.at("/reply_to/seq").asLong()).isEqualTo(1);
    }

    @Test
    void theReceiverTakesWhatTheChatSigned() throws Exception {
        String program = snippet("js", "timingSafeEqual");
        // The port is chosen first, for the secret is known only when the address is.
        int port;
        try (var free = new java.net.ServerSocket(0)) {
            port = free.getLocalPort();
        }
        JsonNode made =
                made(
                        "/api/webhooks/outgoing",
                        "{'name':'CI','url':'http://127.0.0.1:%d/','events':['message.sent'],'rooms':['general']}",
                        port);
        BufferedReader out =
                node(
                        program,
                        Map.of(
                                "WEBHOOK_SECRET",
                                made.at("/secret").asString(),
                                "PORT",
                                Integer.toString(port)));
        assertThat(out.readLine()).isEqualTo("port " + port);
        send(olga, "general", "to the receiver");
        assertThat(out.readLine()).isEqualTo("to the receiver");
        var forged =
                posting("/", "{'type':'message.sent'}")
                        .uri(java.net.URI.create("http://127.0.0.1:" + port + "/"))
                        .header("webhook-signature", "v1,AAAA")
                        .header("webhook-id", "msg_1")
                        .header(
                                "webhook-timestamp",
                                Long.toString(System.currentTimeMillis() / 1000));
        assertThat(send(forged).statusCode()).isEqualTo(401);
    }

    @Test
    void theCallsOfCurlAreAnswered() throws Exception {
        TestBot echo = bot("Echo");
        Files.writeString(programs.resolve("report.txt"), "all is well\n");
        BufferedReader out =
                run(
                        Map.of("NATTER_URL", origin(), "NATTER_TOKEN", echo.token()),
                        "sh",
                        "-ec",
                        snippet("sh", "/api/v1").replace("\ncurl", "\necho; curl"));
        String said = String.join("\n", out.lines().toList());
        assertThat(said).contains("\"name\":\"Echo\"", "\"rooms\":[", "\"messages\":[]");
        assertThat(said).contains("\"seq\":1", "\"name\":\"report.txt\"");
        assertThat(olga.next("ev").at("/m/text").asString()).isEqualTo("Build 7 is **green**");
    }

    @Test
    void theWebhookTakesTheThreeForms() throws Exception {
        String path =
                made("/api/webhooks/incoming", "{'room':'general','name':'Alerts'}")
                        .at("/path")
                        .asString();
        BufferedReader out =
                run(
                        Map.of("WEBHOOK_URL", origin() + path),
                        "sh",
                        "-ec",
                        snippet("sh", "WEBHOOK_URL").replace("\ncurl", "\necho; curl"));
        assertThat(out.lines().toList()).containsExactly("ok", "ok", "ok");
        assertThat(olga.next("ev").at("/m/text").asString()).isEqualTo("Disk at **91 %**");
        assertThat(olga.next("ev").at("/m/text").asString())
                .isEqualTo("🚀 **Backup**\nfrom a form");
        assertThat(olga.next("ev").at("/m/text").asString()).isEqualTo("plain **Markdown**");
    }
}
