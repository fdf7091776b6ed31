package io.natter.chat.events;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.web.TestClient;
import io.natter.chat.wire.WireJson;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Does what a page does with `hello`, `history`, `ev` and `me.ev`, and nothing else. So its state
/// can be compared with a fresh snapshot.
final class ModelClient {
    private final TestClient client;
    private final String me;
    private final Map<String, ObjectNode> heads = new TreeMap<>();
    private final Map<String, Log> logs = new TreeMap<>();
    private final Map<String, JsonNode> saved = new TreeMap<>();
    private final Map<String, JsonNode> scheduled = new TreeMap<>();
    private long meVer;

    /// The saved and scheduled messages have every change up to this one.
    private long personalVer;

    /// The messages of a room up to `have`.
    record Log(NavigableMap<Long, ObjectNode> rows, long have) {
        Log copy() {
            return new Log(new TreeMap<>(rows), have);
        }
    }

    ModelClient(TestClient client) {
        this.client = client;
        JsonNode welcome = client.hello();
        me = welcome.at("/me/id").asString();
        meVer = welcome.at("/me_ver").asLong();
        welcome.at("/rooms").forEach(head -> enter((ObjectNode) head));
        JsonNode lists = client.ask("personal", "{}");
        personalVer = lists.at("/me_ver").asLong();
        lists.at("/saved").forEach(each -> saved.put(key(each), each));
        lists.at("/scheduled").forEach(each -> scheduled.put(each.at("/cmid").asString(), each));
    }

    String me() {
        return me;
    }

    TestClient client() {
        return client;
    }

    ObjectNode head(String room) {
        return requireNonNull(heads.get(room));
    }

    Log log(String room) {
        return requireNonNull(logs.get(room));
    }

    Map<String, ObjectNode> heads() {
        return heads;
    }

    Map<String, Log> logs() {
        return logs;
    }

    /// The ids of the messages that wait to be sent.
    Set<String> scheduled() {
        return scheduled.keySet();
    }

    /// Everything that the person keeps alone.
    String personalText() {
        return Stream.concat(saved.values().stream(), scheduled.values().stream())
                .map(ModelClient::text)
                .collect(Collectors.joining("\n"));
    }

    private static String key(JsonNode saved) {
        return saved.at("/room").asString() + "/" + saved.at("/seq").asLong();
    }

    private static void put(Map<String, JsonNode> list, String key, JsonNode now) {
        if (now.isMissingNode()) {
            list.remove(key);
        } else {
            list.put(key, now);
        }
    }

    long meVer() {
        return meVer;
    }

    private void enter(ObjectNode head) {
        String room = head.at("/id").asString();
        heads.put(room, head);
        JsonNode page = client.ask("history", "{\"room\":\"%s\",\"limit\":100}".formatted(room));
        assertThat(page.has("ok")).as("%s", page).isTrue();
        assertThat(page.at("/more").asBoolean()).isFalse();
        NavigableMap<Long, ObjectNode> rows = new TreeMap<>();
        page.at("/messages").forEach(m -> rows.put(m.at("/seq").asLong(), (ObjectNode) m));
        logs.put(room, new Log(rows, page.at("/ver").asLong()));
    }

    /// Takes in everything that came.
    void update() {
        client.settle();
        for (TestClient.Update update : client.updates()) {
            JsonNode node = update.node();
            if (update.event().equals("ev")) {
                message(node);
            } else {
                personal(node);
            }
        }
    }

    private void message(JsonNode ev) {
        String room = ev.at("/room").asString();
        assertThat(heads).as("an event of a room that is not mine").containsKey(room);
        count(ev, head(room));
        Log log = log(room);
        long ver = ev.at("/ver").asLong();
        if (ver > log.have()) {
            assertThat(ver).as("a gap in %s", room).isEqualTo(log.have() + 1);
            logs.put(room, apply(log.copy(), (ObjectNode) ev.at("/m"), ver));
        }
    }

    /// A row in its newest form, which also changes what other rows quote of it.
    static Log apply(Log log, ObjectNode row, long have) {
        long seq = row.at("/seq").asLong();
        log.rows().put(seq, row.deepCopy());
        boolean deleted = row.has("deleted");
        for (ObjectNode other : log.rows().values()) {
            if (other.at("/reply_to/seq").asLong(0) == seq) {
                ObjectNode quote = ((ObjectNode) other.at("/reply_to")).deepCopy();
                String text = words(row);
                quote.put("text", text.substring(0, Math.min(140, text.length())));
                if (deleted) {
                    quote.put("deleted", true);
                }
                ObjectNode changed = other.deepCopy();
                changed.set("reply_to", quote);
                log.rows().put(other.at("/seq").asLong(), changed);
            }
        }
        return new Log(log.rows(), have);
    }

    /// The text of a quote: that of the message, or the name of the first file.
    private static String words(JsonNode row) {
        String text = row.at("/text").asString();
        return text.isEmpty() ? row.at("/files/0/name").asString("") : text;
    }

    private void count(JsonNode ev, ObjectNode head) {
        long ver = ev.at("/ver").asLong();
        if (ver <= head.at("/last_ver").asLong()) {
            return;
        }
        head.put("last_ver", ver);
        if (!ev.at("/kind").asString().equals("msg")) {
            return;
        }
        long seq = ev.at("/seq").asLong();
        head.put("last_seq", seq);
        JsonNode m = ev.at("/m");
        if (m.at("/sender/id").asString().equals(me)) {
            head.put("read_seq", seq).put("unread", 0).put("mentions", 0);
            return;
        }
        head.put("unread", head.at("/unread").asLong() + 1);
        String kind = head.at("/kind").asString();
        boolean mentioned =
                kind.equals("direct")
                        || kind.equals("group")
                        || m.at("/mentions").findValuesAsString("id").contains(me)
                        || m.at("/text").asString().contains("<@room>");
        head.put("mentions", head.at("/mentions").asLong() + (mentioned ? 1 : 0));
    }

    private void personal(JsonNode ev) {
        assertThat(ev.at("/ver").asLong()).as("%s", ev).isEqualTo(meVer + 1);
        meVer++;
        String room = ev.at("/room").asString();
        switch (ev.at("/kind").asString()) {
            case "room" -> {
                if (heads.containsKey(room)) {
                    heads.put(room, (ObjectNode) ev.at("/head"));
                } else {
                    enter((ObjectNode) ev.at("/head"));
                }
            }
            case "left" -> {
                heads.remove(room);
                logs.remove(room);
            }
            case "read" ->
                    head(room)
                            .put("read_seq", ev.at("/read_seq").asLong())
                            .put("unread", ev.at("/unread").asLong())
                            .put("mentions", ev.at("/mentions").asLong());
            case "level" -> head(room).put("level", ev.at("/level").asString());
            case "saved", "later" -> {
                if (meVer > personalVer) {
                    personalLists(ev);
                }
            }
            default -> throw new AssertionError(ev);
        }
    }

    private void personalLists(JsonNode ev) {
        if (ev.at("/kind").asString().equals("saved")) {
            put(saved, key(ev), ev.at("/saved"));
        } else {
            put(scheduled, ev.at("/cmid").asString(), ev.at("/scheduled"));
        }
    }

    /// All rows of a room by `sync`, put on those that are there.
    Log synced(String room, Log from) {
        Log log = from.copy();
        boolean more = true;
        while (more) {
            JsonNode part =
                    client.ask(
                            "sync",
                            "{\"room\":\"%s\",\"since_ver\":%d,\"limit\":7}"
                                    .formatted(room, log.have()));
            assertThat(part.has("ok")).as("%s", part).isTrue();
            for (JsonNode row : part.at("/changes")) {
                log = apply(log, (ObjectNode) row, row.at("/ver").asLong());
            }
            log = new Log(log.rows(), part.at("/to").asLong());
            more = part.at("/more").asBoolean();
        }
        return log;
    }

    /// Numbers of another width are the same.
    static String text(Log log) {
        return log.have()
                + log.rows().values().stream()
                        .map(ModelClient::text)
                        .collect(Collectors.joining("\n", "\n", ""));
    }

    /// Fields in alphabetical order.
    static String text(JsonNode node) {
        if (!node.isObject()) {
            return node.isArray()
                    ? node.valueStream()
                            .map(ModelClient::text)
                            .collect(Collectors.joining(",", "[", "]"))
                    : WireJson.JSON.writeValueAsString(node);
        }
        return new TreeMap<>(
                        node.propertyStream()
                                .collect(
                                        Collectors.toMap(
                                                Map.Entry::getKey, e -> text(e.getValue()))))
                .toString();
    }
}
