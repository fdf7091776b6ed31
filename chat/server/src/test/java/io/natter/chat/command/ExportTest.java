package io.natter.chat.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.web.CommandRun;
import io.natter.chat.web.ServerTest;
import io.natter.chat.web.TestClient;
import io.natter.chat.wire.WireJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `export`, while the chat runs.
class ExportTest extends ServerTest {
    private static final String EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";

    @TempDir Path target;

    private CommandRun export(Object... words) {
        Object[] all = new Object[words.length + 3];
        all[0] = "export";
        System.arraycopy(words, 0, all, 1, words.length);
        all[words.length + 1] = "--data";
        all[words.length + 2] = directory;
        return CommandRun.of(all);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static String json(String... pairs) {
        Map<String, String> object = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            object.put(pairs[i], pairs[i + 1]);
        }
        return WireJson.JSON.writeValueAsString(object);
    }

    /// Two people, an edited, answered, liked and pinned message, and a direct one.
    private void talk() throws Exception {
        TestClient ann = greeted("Ann");
        TestClient bob = greeted("Bob");
        assertThat(
                        ann.ask("msg.send", json("room", "general", "cmid", "c1", "text", EVIL))
                                .has("ok"))
                .isTrue();
        assertThat(
                        ann.ask(
                                        "msg.edit",
                                        "{\"room\":\"general\",\"seq\":1,\"base_ver\":1,\"text\":\"https://example.com/?a=1&b='2' better\"}")
                                .has("ok"))
                .isTrue();
        assertThat(
                        bob.ask(
                                        "msg.send",
                                        "{\"room\":\"general\",\"cmid\":\"c2\",\"text\":\"yes\",\"reply_to\":1}")
                                .has("ok"))
                .isTrue();
        assertThat(
                        bob.ask(
                                        "react",
                                        "{\"room\":\"general\",\"seq\":1,\"emoji\":\"👍\",\"on\":true}")
                                .has("err"))
                .isFalse();
        assertThat(bob.say("c3", "to be deleted").has("ok")).isTrue();
        assertThat(bob.ask("msg.del", "{\"room\":\"general\",\"seq\":3}").has("err")).isFalse();
        assertThat(
                        ann.ask(
                                        "room.create",
                                        json("kind", "private", "name", "a<b>c", "topic", EVIL))
                                .has("err"))
                .isFalse();
    }

    @Test
    void writesEverythingAsJson() throws Exception {
        talk();
        CommandRun run = export(target.resolve("out"));
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("3 messages in 2 rooms");
        assertThat(files(target.resolve("out")).stream().map(f -> "" + f.getFileName()).toList())
                .containsExactly("people.json", "0001-general.json", "0002-a-b-c.json");
        JsonNode people = WireJson.JSON.readTree(target.resolve("out/people.json"));
        assertThat(people.at("/0/name").asString()).isEqualTo("Ann");
        JsonNode general = WireJson.JSON.readTree(target.resolve("out/rooms/0001-general.json"));
        assertThat(general.at("/room/members").toString()).isEqualTo("[\"Ann\",\"Bob\"]");
        JsonNode first = general.at("/messages/0");
        assertThat(first.at("/text").asString()).isEqualTo("https://example.com/?a=1&b='2' better");
        assertThat(first.at("/edits/0/text").asString()).isEqualTo(EVIL);
        assertThat(first.at("/edited_at").asLong()).isPositive();
        assertThat(first.at("/reactions/0/people/0").asString()).isEqualTo("Bob");
        assertThat(general.at("/messages/1/reply_to").asLong()).isEqualTo(1);
        assertThat(general.at("/messages/2/deleted_at").asLong()).isPositive();
        assertThat(general.at("/messages/2/text").asString()).isEmpty();
    }

    @Test
    void writesPagesInWhichNothingOfAMessageIsMarkup() throws Exception {
        talk();
        assertThat(export(target.resolve("out"), "--format", "html").code()).isZero();
        for (Path page : files(target.resolve("out"))) {
            String html = Files.readString(page);
            assertThat(html).contains("default-src 'none'").doesNotContain("<script", "<img");
            assertThat(Pattern.compile("\\son\\w+=\"").matcher(html).find()).isFalse();
        }
        String general = Files.readString(target.resolve("out/rooms/0001-general-1.html"));
        assertThat(general)
                .contains(
                        "href=\"https://example.com/?a=1&amp;b=\">",
                        "href=\"0001-general-1.html#m1\"",
                        "&lt;script&gt;alert(1)&lt;/script&gt;",
                        "title=\"Bob\">👍 1",
                        "deleted 20");
        assertThat(Files.readString(target.resolve("out/index.html")))
                .contains("<a href=\"rooms/0002-a-b-c-1.html\">a&lt;b&gt;c</a>");
    }

    @Test
    void longRoomsHaveSeveralPages() throws Exception {
        TestClient ann = greeted("Ann");
        for (int i = 1; i <= 3; i++) {
            assertThat(ann.say("c" + i, "message " + i).has("ok")).isTrue();
        }
        server.close();
        // As if it had been used for long.
        try (var connection =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + directory.resolve("natter.db"));
                var statement = connection.createStatement()) {
            statement.execute(
                    """
                    WITH RECURSIVE n (value) AS (SELECT 4 UNION ALL SELECT value + 1 FROM n WHERE value < 2500)
                    INSERT INTO message (room_id, seq, ver, sent_ver, text_ver, sender_id, cmid, body, ts, reply_to)
                    SELECT room_id, value, value, value, value, sender_id, 'x' || value, 'line ' || value, ts, value - 3
                    FROM message, n WHERE seq = 1
                    """);
        }
        assertThat(export(target.resolve("out"), "--format", "html").out())
                .contains("2,500 messages");
        String third = Files.readString(target.resolve("out/rooms/0001-general-3.html"));
        assertThat(third)
                .contains(
                        "id=\"m2001\"",
                        "id=\"m2500\"",
                        "href=\"0001-general-2.html#m1998\"",
                        "href=\"0001-general-2.html\">Earlier")
                .doesNotContain("Later");
    }

    @Test
    void writesWhatIsStoredOfOnePerson() throws Exception {
        talk();
        Path file = target.resolve("ann.json");
        CommandRun run = export(file, "--person", "ann");
        assertThat(run.err()).isEmpty();
        JsonNode ann = WireJson.JSON.readTree(file);
        assertThat(ann.at("/person/0/name").asString()).isEqualTo("Ann");
        assertThat(ann.at("/messages")).hasSize(1);
        assertThat(ann.at("/earlier_texts/0/body").asString()).isEqualTo(EVIL);
        assertThat(ann.at("/memberships")).hasSize(2);
        assertThat(export(target.resolve("x.json"), "--person", "Nobody").code()).isEqualTo(1);
    }

    @Test
    void neverWritesIntoAFolderThatIsInUse() throws Exception {
        Files.writeString(target.resolve("mine"), "x");
        CommandRun run = export(target);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("exists already");
        assertThat(files(target)).hasSize(1);
    }
}
