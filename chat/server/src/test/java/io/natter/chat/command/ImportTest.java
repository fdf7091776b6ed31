package io.natter.chat.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.files.TestImages;
import io.natter.chat.web.ChatMain;
import io.natter.chat.web.ChatServer;
import io.natter.chat.web.CommandRun;
import io.natter.chat.web.ServerTest;
import io.natter.chat.web.TestClient;
import io.natter.chat.wire.WireJson;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `import`, into the data of a chat that this test stops and starts.
class ImportTest extends ServerTest {
    @TempDir Path exports;

    private static final Map<String, String> SLACK = new LinkedHashMap<>();

    static {
        SLACK.put(
                "users.json",
                """
                [{"id":"U1","name":"ann","profile":{"display_name":"Ann","real_name":"Ann Lee"}},
                 {"id":"U2","name":"bob","real_name":"Bob Ray","profile":{"display_name":"","real_name":"Bob Ray"}},
                 {"id":"U3","name":"carl","profile":{"display_name":"Ann","real_name":"Ann"}},
                 {"id":"U4","name":"admin","profile":{"display_name":"admin"}}]
                """);
        SLACK.put(
                "channels.json",
                """
                [{"id":"C1","name":"general","is_general":true,"created":1600000000,"members":["U1","U2","U3","U4"],
                  "topic":{"value":"All of us &amp; more"}},
                 {"id":"C2","name":"old-plans","is_archived":true,"created":1600000001,"members":["U1"],
                  "purpose":{"value":"Plans of old"}}]
                """);
        SLACK.put(
                "groups.json",
                """
                [{"id":"G1","name":"secret","created":1600000002,"members":["U1","U2"]}]
                """);
        SLACK.put(
                "mpims.json",
                """
                [{"id":"G2","name":"mpdm-ann--bob--carl-1","created":1600000003,"members":["U1","U2","U3"]}]
                """);
        SLACK.put(
                "dms.json",
                """
                [{"id":"D1","created":1600000004,"members":["U1","U2"]},
                 {"id":"D2","created":1600000005,"members":["U1","U1"]}]
                """);
        SLACK.put(
                "general/2020-09-13.json",
                """
                [{"type":"message","subtype":"channel_join","user":"U1","ts":"1600000010.000100","text":"<@U1> has joined"},
                 {"type":"message","user":"U1","ts":"1600000011.000100","thread_ts":"1600000011.000100","reply_count":1,
                  "text":"hello <@U2>, see <https://example.com|this>",
                  "edited":{"user":"U1","ts":"1600000012.000000"},
                  "reactions":[{"name":"+1","users":["U2","U3"],"count":2},{"name":"partyparrot","users":["U2"],"count":1}]},
                 {"type":"message","user":"U2","ts":"1600000013.000100","text":"look",
                  "files":[{"id":"F1","name":"plan.pdf","url_private":"https://files.example/plan.pdf"}]}]
                """);
        SLACK.put(
                "general/2020-09-14.json",
                """
                [{"type":"message","user":"U2","ts":"1600090000.000100","thread_ts":"1600000011.000100","text":"an answer"},
                 {"type":"message","subtype":"bot_message","bot_id":"B1","username":"deploy","ts":"1600090001.000100",
                  "text":"","attachments":[{"title":"Build 7","text":"is *green*","fallback":"x"}]},
                 {"type":"message","user":"U9","ts":"1600090002.000100","text":"from a stranger"},
                 {"type":"message","user":"U1","ts":"1600090003.000100","text":""}]
                """);
        SLACK.put(
                "old-plans/2020-09-13.json",
                """
                [{"type":"message","user":"U1","ts":"1600000020.000100","text":"long gone"}]
                """);
        SLACK.put(
                "secret/2020-09-13.json",
                """
                [{"type":"message","user":"U2","ts":"1600000021.000100","text":"psst"}]
                """);
        SLACK.put(
                "mpdm-ann--bob--carl-1/2020-09-13.json",
                """
                [{"type":"message","user":"U3","ts":"1600000022.000100","text":"three of us"}]
                """);
        SLACK.put(
                "D1/2020-09-13.json",
                """
                [{"type":"message","user":"U1","ts":"1600000023.000100","text":"just you"}]
                """);
        SLACK.put("FC1/2020-09-13.json", "[]");
    }

    private Path zip(Map<String, String> entries) throws IOException {
        return zip(entries, Map.of());
    }

    private Path zip(Map<String, String> texts, Map<String, byte[]> files) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        texts.forEach((name, text) -> entries.put(name, text.getBytes(StandardCharsets.UTF_8)));
        entries.putAll(files);
        Path file = exports.resolve("slack.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return file;
    }

    private CommandRun run(String source, Path file, Object... more) {
        List<Object> words = new ArrayList<>(List.of("import", source, file, "--data", directory));
        words.addAll(List.of(more));
        return CommandRun.of(words.toArray());
    }

    private CommandRun done(CommandRun run) {
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        return run;
    }

    /// Everything that is there now, as an export has it.
    private JsonNode exported(String room) throws IOException {
        Path target = exports.resolve("out" + System.nanoTime());
        assertThat(CommandRun.of("export", target, "--data", directory).code()).isZero();
        try (var files = Files.list(target.resolve("rooms"))) {
            Path file =
                    files.filter(each -> String.valueOf(each.getFileName()).contains(room))
                            .findFirst()
                            .orElseThrow();
            return WireJson.JSON.readTree(file);
        }
    }

    private static List<String> texts(JsonNode room) {
        List<String> texts = new ArrayList<>();
        room.at("/messages")
                .forEach(
                        each ->
                                texts.add(
                                        each.at("/sender").asString()
                                                + ": "
                                                + each.at("/text").asString()));
        return texts;
    }

    @Test
    void slackBringsPeopleRoomsThreadsEditsAndReactions() throws Exception {
        server.close();
        CommandRun run = done(run("slack", zip(SLACK)));
        assertThat(run.out())
                .contains("New: 6 people, 5 rooms, 9 messages.")
                .contains("10 of 10 messages")
                .containsPattern("1  file that is not in the export\n")
                .containsPattern("1  note channel_join\n")
                .containsPattern("1  reaction :partyparrot:\n")
                .containsPattern("1  message without a text\n")
                .containsPattern("1  folder of no room\n");
        assertThat(exports.resolve("slack.zip.report.txt"))
                .content()
                .contains(
                        "file that is not in the export: plan.pdf in C1 ",
                        "folder of no room: FC1/2020-09-13.json");
        JsonNode general = exported("general");
        assertThat(texts(general))
                .containsExactly(
                        "Ann: hello @Bob Ray, see this (https://example.com)",
                        "Bob Ray: look\n[file: plan.pdf]",
                        "Bob Ray: an answer",
                        "deploy: Build 7\nis **green**",
                        "U9: from a stranger");
        assertThat(general.at("/messages/0/sent_at").asLong()).isEqualTo(1600000011000L);
        assertThat(general.at("/messages/0/edited_at").asLong()).isEqualTo(1600000012000L);
        assertThat(general.at("/messages/0/reactions").toString())
                .isEqualTo("[{\"emoji\":\"👍\",\"people\":[\"carl\",\"Bob Ray\"]}]");
        assertThat(general.at("/messages/2/reply_to").asLong()).isEqualTo(1);
        assertThat(general.at("/room/members").toString())
                .isEqualTo("[\"Ann\",\"Bob Ray\",\"Person\",\"U9\",\"carl\",\"deploy\"]");
        JsonNode old = exported("old-plans");
        assertThat(old.at("/room/archived").asBoolean()).isTrue();
        assertThat(old.at("/room/topic").asString()).isEqualTo("Plans of old");
        assertThat(exported("secret").at("/room/kind").asString()).isEqualTo("private");
        JsonNode group = exported("ann-bob-ray-carl");
        assertThat(group.at("/room/kind").asString()).isEqualTo("group");
        assertThat(texts(group)).containsExactly("carl: three of us");
        JsonNode direct = exported("ann-bob-ray.json");
        assertThat(direct.at("/room/kind").asString()).isEqualTo("direct");
        assertThat(texts(direct)).containsExactly("Ann: just you");
    }

    @Test
    void aSecondTimeAddsOnlyWhatIsNew() throws Exception {
        server.close();
        done(run("slack", zip(SLACK)));
        JsonNode before = exported("general");
        CommandRun second = done(run("slack", zip(SLACK)));
        assertThat(second.out())
                .contains("New: 0 people, 0 rooms, 0 messages.", "There before: 9 messages.");
        assertThat(exported("general")).isEqualTo(before);
        Map<String, String> more = new LinkedHashMap<>(SLACK);
        more.put(
                "general/2020-09-15.json",
                """
                [{"type":"message","user":"U2","ts":"1600190000.000100","thread_ts":"1600000011.000100","text":"late"}]
                """);
        assertThat(done(run("slack", zip(more))).out())
                .contains("New: 0 people, 0 rooms, 1 message.");
        JsonNode after = exported("general");
        assertThat(texts(after)).endsWith("Bob Ray: late").hasSize(6);
        assertThat(after.at("/messages/5/reply_to").asLong()).isEqualTo(1);
    }

    @Test
    void thePeopleOfAnImportSignInAndFindEverythingRead() throws Exception {
        server.close();
        done(run("slack", zip(SLACK)));
        CommandRun reset = CommandRun.of("user", "reset-password", "Bob Ray", "--data", directory);
        String password = reset.out().strip().replaceFirst(".* is now ", "");
        server = ChatServer.start(config(), clock, clock.monotonic(), tuning());
        var signedIn =
                send(
                        signingIn("{\"name\":\"Bob Ray\",\"password\":\"%s\"}".formatted(password))
                                .uri(uri("/api/login")));
        assertThat(signedIn.statusCode()).as(signedIn.body()).isEqualTo(200);
        TestClient bob = client(cookie(signedIn));
        JsonNode rooms = bob.hello().at("/rooms");
        assertThat(rooms).hasSize(4);
        rooms.forEach(room -> assertThat(room.at("/unread").asLong()).isZero());
        assertThat(bob.say("c1", "I am here").at("/seq").asLong()).isEqualTo(6);
    }

    @Test
    void aPersonWhoIsHereAlreadyKeepsTheName() throws Exception {
        TestClient ann = greeted("Annabel");
        assertThat(ann.say("c1", "before").has("ok")).isTrue();
        CommandRun refused = run("slack", zip(SLACK));
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("Another Natter is using");
        server.close();
        done(run("slack", zip(SLACK), "--same", "ann=Annabel"));
        assertThat(texts(exported("secret"))).containsExactly("Bob Ray: psst");
        // The general room is in use, so that of Slack is another.
        JsonNode general = exported("general-2");
        assertThat(texts(general).getFirst()).startsWith("Annabel: hello @Bob Ray");
        assertThat(texts(exported("0001-general"))).containsExactly("Annabel: before");
    }

    @Test
    void whatIsNoExportIsNamed() throws Exception {
        server.close();
        Path text = Files.writeString(exports.resolve("x.zip"), "no zip");
        assertThat(run("slack", text).err()).contains("is no zip file");
        assertThat(run("slack", zip(Map.of("a.json", "[]"))).err())
                .contains("is no export of Slack");
        assertThat(run("slack", zip(Map.of("users.json", "[{]", "channels.json", "[]"))).err())
                .contains("users.json in the export cannot be read");
        assertThat(run("mattermost", text).code()).isEqualTo(1);
        Path lines = Files.writeString(exports.resolve("a.jsonl"), "{\"type\":\"version\"}\n{]\n");
        assertThat(run("mattermost", lines).err()).contains("line 2: this is no JSON object");
        assertThat(run("slack", exports.resolve("none.zip")).err()).contains("There is no file");
        assertThat(run("slack", exports).err()).contains("is a folder. Name the zip file");
        byte[] whole = Files.readAllBytes(zip(SLACK));
        Path half = exports.resolve("half.zip");
        Files.write(half, Arrays.copyOf(whole, whole.length / 2));
        for (String source : List.of("slack", "mattermost")) {
            assertThat(run(source, half).err().strip())
                    .isEqualTo(
                            "Cannot read %s: it is no zip file, or its end is missing."
                                    .formatted(half));
        }
        assertThat(run("mattermost", zip(SLACK)).err()).contains("the command is import slack");
        assertThat(run("slack", zip(Map.of("import.jsonl", "{}"))).err())
                .contains("the command is import mattermost");
        assertThat(run("slack", zip(SLACK), "--report", exports.resolve("no/r.txt")).err())
                .contains("Cannot write the report", "Choose another place with --report");
    }

    private static final String MATTERMOST =
            """
            {"type":"version","version":1}
            {"type":"team","team":{"name":"crew","display_name":"Crew","type":"O"}}
            {"type":"channel","channel":{"team":"crew","name":"town-square","display_name":"Town Square","type":"O","header":"Hi"}}
            {"type":"channel","channel":{"team":"crew","name":"ops","display_name":"Ops","type":"P","purpose":"On call"}}
            {"type":"user","user":{"username":"ann","email":"a@example.com","nickname":"","first_name":"Ann","last_name":"Lee","teams":[{"name":"crew","channels":[{"name":"town-square"},{"name":"ops"}]}]}}
            {"type":"user","user":{"username":"bob.ray","email":"b@example.com","nickname":"Bob","teams":[{"name":"crew","channels":[{"name":"town-square"}]}]}}
            {"type":"post","post":{"team":"crew","channel":"town-square","user":"ann","message":"hi @bob.ray. `@ann`","create_at":1600000000000,"edit_at":1600000005000,"reactions":[{"user":"bob.ray","emoji_name":"tada","create_at":1600000001000}],"replies":[{"user":"bob.ray","message":"the answer","create_at":1600000900000}]}}
            {"type":"post","post":{"team":"crew","channel":"town-square","user":"bob.ray","message":"in between","create_at":1600000500000,"attachments":[{"path":"20200913/a/plan.pdf"}]}}
            {"type":"post","post":{"team":"crew","channel":"town-square","user":"bob.ray","message":"joined","type":"system_join_channel","create_at":1600000400000}}
            {"type":"post","post":{"team":"crew","channel":"ops","user":"ann","message":"same","create_at":1600000600000}}
            {"type":"post","post":{"team":"crew","channel":"ops","user":"ann","message":"same","create_at":1600000600000}}
            {"type":"direct_channel","direct_channel":{"members":["ann","bob.ray"],"header":""}}
            {"type":"direct_post","direct_post":{"channel_members":["bob.ray","ann"],"user":"ann","message":"only you","create_at":1600000700000}}
            """;

    @Test
    void mattermostBringsRepliesAtTheirTimes() throws Exception {
        server.close();
        Path file = Files.writeString(exports.resolve("export.jsonl"), MATTERMOST);
        CommandRun run = done(run("mattermost", file));
        assertThat(run.out())
                .contains("New: 2 people, 2 rooms, 6 messages.")
                .containsPattern("1  file that is not in the export\n")
                .containsPattern("1  note system_join_channel\n");
        JsonNode general = exported("general");
        assertThat(texts(general))
                .containsExactly(
                        "Ann Lee: hi @Bob. `@ann`",
                        "Bob: in between\n[file: plan.pdf]",
                        "Bob: the answer");
        assertThat(general.at("/messages/2/reply_to").asLong()).isEqualTo(1);
        assertThat(general.at("/messages/0/edited_at").asLong()).isEqualTo(1600000005000L);
        assertThat(general.at("/messages/0/reactions/0/emoji").asString()).isEqualTo("🎉");
        assertThat(texts(exported("ops"))).containsExactly("Ann Lee: same", "Ann Lee: same");
        assertThat(texts(exported("ann-lee-bob"))).containsExactly("Ann Lee: only you");
        assertThat(done(run("mattermost", file)).out())
                .contains("New: 0 people, 0 rooms, 0 messages.", "There before: 6 messages.");
    }

    private static final String POST_WITH_FILES =
            """
            {"type":"version","version":1}
            {"type":"channel","channel":{"team":"crew","name":"ops","display_name":"Ops","type":"O"}}
            {"type":"user","user":{"username":"ann","nickname":"Ann","teams":[{"name":"crew","channels":[{"name":"ops"}]}]}}
            {"type":"post","post":{"team":"crew","channel":"ops","user":"ann","message":"","create_at":1600000000000,"attachments":[{"path":"d/cat.png"}]}}
            {"type":"post","post":{"team":"crew","channel":"ops","user":"ann","message":"three","create_at":1600000001000,"attachments":[{"path":"d/notes.txt"},{"path":"d/broken.png"},{"path":"d/gone.pdf"},{"path":"../../etc/passwd"}]}}
            """;

    private Path withFiles() throws IOException {
        byte[] png = TestImages.of("png", 60, 40);
        return zip(
                Map.of("import.jsonl", POST_WITH_FILES),
                Map.of(
                        "data/d/cat.png",
                        withTail(png, "hidden behind the image"),
                        "data/d/notes.txt",
                        "some notes".getBytes(StandardCharsets.UTF_8),
                        "data/d/broken.png",
                        Arrays.copyOf(png, 40)));
    }

    private static byte[] withTail(byte[] content, String tail) {
        byte[] more = tail.getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(content, content.length + more.length);
        System.arraycopy(more, 0, all, content.length, more.length);
        return all;
    }

    @Test
    void filesInTheArchiveAreTakenAsUploadsAre() throws Exception {
        server.close();
        CommandRun run = done(run("mattermost", withFiles()));
        assertThat(run.out())
                .contains("New: 1 person, 1 room, 2 messages, 2 files.")
                .containsPattern("1  file that the chat refuses .image_broken.\n")
                .containsPattern("2  file that is not in the export\n");
        Path target = exports.resolve("out");
        assertThat(CommandRun.of("export", target, "--data", directory).code()).isZero();
        JsonNode ops;
        try (var rooms = Files.list(target.resolve("rooms"))) {
            ops =
                    WireJson.JSON.readTree(
                            rooms.filter(each -> each.toString().endsWith("-ops.json"))
                                    .findFirst()
                                    .orElseThrow());
        }
        assertThat(texts(ops))
                .containsExactly(
                        "Ann: ",
                        "Ann: three\n[file: broken.png]\n[file: gone.pdf]\n[file: passwd]");
        JsonNode cat = ops.at("/messages/0/files/0");
        assertThat(cat.at("/name").asString()).isEqualTo("cat.png");
        assertThat(cat.at("/type").asString()).isEqualTo("image/png");
        byte[] stored = Files.readAllBytes(target.resolve(cat.at("/path").asString()));
        assertThat(new String(stored, StandardCharsets.ISO_8859_1))
                .as("it was written anew")
                .startsWith("\u0089PNG")
                .doesNotContain("hidden");
        JsonNode notes = ops.at("/messages/1/files/0");
        assertThat(target.resolve(notes.at("/path").asString())).hasContent("some notes");
    }

    @Test
    void aSecondTimeTakesNoFileTwice() throws Exception {
        server.close();
        done(run("mattermost", withFiles()));
        assertThat(done(run("mattermost", withFiles())).out())
                .contains("New: 0 people, 0 rooms, 0 messages.", "There before: 2 messages.");
        try (var files = Files.walk(directory.resolve("files"))) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(2);
        }
    }

    @Test
    void filesThatAProgramHasAddedToAnExportOfSlackAreTaken() throws Exception {
        server.close();
        byte[] plan = "a plan".getBytes(StandardCharsets.UTF_8);
        CommandRun run = done(run("slack", zip(SLACK, Map.of("__uploads/F1/plan.pdf", plan))));
        assertThat(run.out()).contains("New: 6 people, 5 rooms, 9 messages, 1 file.");
        JsonNode general = exported("general");
        assertThat(texts(general)).contains("Bob Ray: look");
        assertThat(general.at("/messages/1/files/0/name").asString()).isEqualTo("plan.pdf");
    }

    /// In a process of its own with little memory.
    @Test
    void aHundredThousandMessagesNeedLittleMemory() throws Exception {
        server.close();
        Path file = exports.resolve("large.jsonl");
        int posts = 100_000;
        try (BufferedWriter out =
                new BufferedWriter(
                        new OutputStreamWriter(
                                Files.newOutputStream(file), StandardCharsets.UTF_8))) {
            MATTERMOST.lines().limit(6).forEach(line -> write(out, line));
            String padding = "x".repeat(400);
            for (int i = 0; i < posts; i++) {
                write(
                        out,
                        "{\"type\":\"post\",\"post\":{\"team\":\"crew\",\"channel\":\"town-square\",\"user\":\"ann\",\"message\":\"number %d %s\",\"create_at\":%d}}"
                                .formatted(i, padding, 1600000000000L + i));
            }
        }
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx96m",
                                "-XX:+UseSerialGC",
                                "-XX:+ExitOnOutOfMemoryError",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                System.getProperty("java.class.path"),
                                ChatMain.class.getName(),
                                "import",
                                "mattermost",
                                file.toString(),
                                "--data",
                                directory.toString())
                        .redirectErrorStream(true)
                        .start();
        try (var out = process.inputReader()) {
            List<String> said = out.lines().toList();
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as("%s", said).isZero();
            assertThat(said)
                    .contains(
                            "5,000 of 100,000 messages",
                            "100,000 of 100,000 messages",
                            "New: 2 people, 1 room, 100,000 messages.");
        } finally {
            process.destroyForcibly();
        }
        assertThat(CommandRun.of("room", "list", "--data", directory).out())
                .containsPattern("general +public +2 +100000 +general");
    }

    private static void write(BufferedWriter out, String line) {
        try {
            out.write(line);
            out.newLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
