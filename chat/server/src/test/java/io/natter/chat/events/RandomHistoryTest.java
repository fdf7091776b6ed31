package io.natter.chat.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.web.WireTest;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// The proof that clients see everything: after any history of actions, what a client made of its
/// first snapshot and of events is what a new snapshot gives; so is what `sync` adds to any state.
class RandomHistoryTest extends WireTest {
    private static final int ACTIONS = 250;

    /// All that a client can do to change something.
    private static final int KINDS = 21;

    private static final List<String> EMOJI = List.of("👍", "❤️", "🎉");
    private static final List<String> WORDS = List.of("one", "two words", "東京", "line\nbreak");

    private final List<ModelClient> people = new ArrayList<>();
    private final List<String> cookies = new ArrayList<>();
    private final Set<String> done = new HashSet<>();
    private Random random = new Random();

    static List<Long> seeds() {
        return List.of(1L, 2L, 3L, System.nanoTime());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void eventsGiveWhatAFreshSnapshotGives(long seed) throws Exception {
        random = new Random(seed);
        for (String name : List.of("Ann", "Bob", "Carl", "Dora")) {
            cookies.add(guest(name));
            people.add(new ModelClient(client(cookies.getLast())));
        }
        List<Map<String, ModelClient.Log>> earlier = new ArrayList<>();
        people.forEach(_ -> earlier.add(new HashMap<>()));
        for (int i = 0; i < ACTIONS || done.size() < KINDS; i++) {
            pause();
            act();
            if (random.nextInt(12) == 0) {
                int who = random.nextInt(people.size());
                people.get(who).update();
                compareHeads(people.get(who), seed);
                people.get(who)
                        .logs()
                        .forEach((room, log) -> earlier.get(who).put(room, log.copy()));
            }
        }
        for (int i = 0; i < people.size(); i++) {
            pause();
            ModelClient person = people.get(i);
            person.update();
            compare(person, new ModelClient(client(cookies.get(i))), seed);
            Map<String, ModelClient.Log> before = earlier.get(i);
            before.keySet().retainAll(person.logs().keySet());
            before.forEach((room, log) -> compareSynced(person, room, log, seed));
        }
    }

    /// Some time, in which limits recover. Messages and reminders of this time are sent in it.
    private void pause() {
        clock.advance(Duration.ofSeconds(5));
        server.runDue();
    }

    private void compareSynced(ModelClient person, String room, ModelClient.Log from, long seed) {
        pause();
        person.update();
        assertThat(ModelClient.text(person.synced(room, from)))
                .as("sync from %d, seed %d", from.have(), seed)
                .isEqualTo(ModelClient.text(person.log(room)));
    }

    /// The rooms that a client made of events, with those of a new `hello`.
    private static void compareHeads(ModelClient person, long seed) {
        Map<String, String> heads = new TreeMap<>();
        person.heads().forEach((room, head) -> heads.put(room, ModelClient.text(head)));
        Map<String, String> fresh = new TreeMap<>();
        person.client()
                .hello()
                .at("/rooms")
                .forEach(head -> fresh.put(head.at("/id").asString(), ModelClient.text(head)));
        assertThat(heads).as("seed %d", seed).isEqualTo(fresh);
    }

    private static void compare(ModelClient person, ModelClient fresh, long seed) {
        assertThat(person.meVer()).as("seed %d", seed).isEqualTo(fresh.meVer());
        compareHeads(person, seed);
        assertThat(person.personalText())
                .as("saved and scheduled, seed %d", seed)
                .isEqualTo(fresh.personalText());
        person.logs()
                .forEach(
                        (room, log) ->
                                assertThat(ModelClient.text(log))
                                        .as("log, seed %d", seed)
                                        .isEqualTo(ModelClient.text(fresh.log(room))));
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /// One action of somebody, in a room of anybody, so that some are refused.
    private void act() throws Exception {
        ModelClient person = any(people);
        TreeSet<String> known = new TreeSet<>();
        people.forEach(each -> known.addAll(each.heads().keySet()));
        String room = any(List.copyOf(random.nextInt(8) == 0 ? known : person.heads().keySet()));
        person.update();
        long seq = person.heads().containsKey(room) ? recent(person.head(room)) : 1;
        long own = own(person, room, seq);
        boolean on = random.nextInt(3) > 0;
        switch (random.nextInt(34)) {
            case 0 -> sendFile(person, room);
            case 1, 2, 3 ->
                    ask(person, "msg.send", "{R,'cmid':'%s','text':'%s'}", room, cmid(), text());
            case 4, 5 ->
                    ask(
                            person,
                            "msg.send",
                            "{R,'cmid':'%s','text':'%s','reply_to':%d}",
                            room,
                            cmid(),
                            text(),
                            seq);
            case 6, 7 ->
                    ask(
                            person,
                            "msg.edit",
                            "{R,'seq':%d,'base_ver':%d,'text':'%s'}",
                            room,
                            own,
                            on ? 1000 : 1,
                            text());
            case 8 -> ask(person, "msg.del", "{R,'seq':%d}", room, own);
            case 9, 10 ->
                    ask(
                            person,
                            "react",
                            "{R,'seq':%d,'emoji':'%s','on':%b}",
                            room,
                            seq,
                            any(EMOJI),
                            on);
            case 11 -> ask(person, "pin", "{R,'seq':%d,'on':%b}", room, seq, on);
            case 12 -> ask(person, "read", "{R,'seq':%d}", room, seq);
            case 13 -> ask(person, "unread", "{R,'seq':%d}", room, seq);
            case 14 ->
                    ask(
                            person,
                            "level",
                            "{R,'level':'%s'}",
                            room,
                            any(List.of("all", "mentions", "none")));
            case 15 -> create(person);
            case 16 -> ask(person, "room.set", "{R,'name':'room %d'}", room, random.nextInt(30));
            case 17 -> ask(person, "room.set", "{R,'topic':'%s'}", room, any(List.of("", "tea")));
            case 18 -> ask(person, "room.archive", "{R,'on':%b}", room, random.nextInt(3) == 0);
            case 19, 20 -> ask(person, "room.join", "{R}", room);
            case 21 -> ask(person, "room.leave", "{R}", room);
            case 22, 23, 24 -> ask(person, "save", "{R,'seq':%d,'on':%b}", room, seq, on);
            case 25 -> ask(person, "remind", "{R,'seq':%d,'at':%d}", room, seq, soon());
            case 26 -> ask(person, "remind", "{R,'seq':%d}", room, seq);
            case 27, 28 -> schedule(person, room, seq);
            case 29, 30, 31 -> changeScheduled(person, on);
            default -> ask(person, "room.invite", "{R,'people':['%s']}", room, any(people).me());
        }
    }

    /// A time that comes within this history.
    private long soon() {
        return clock.millis() + 1000 * (1 + random.nextLong(300));
    }

    private void schedule(ModelClient person, String room, long seq) {
        String reply = random.nextInt(3) == 0 ? ",'reply_to':" + seq : "";
        ask(
                person,
                "later.add",
                "{R,'cmid':'%s','text':'%s','send_at':%d" + reply + "}",
                room,
                cmid(),
                text(),
                soon());
    }

    private void changeScheduled(ModelClient person, boolean on) {
        List<String> waiting = List.copyOf(person.scheduled());
        String cmid = waiting.isEmpty() ? "none" : any(waiting);
        switch (random.nextInt(3)) {
            case 0 -> ask(person, "later.cancel", "{R,'cmid':'%s'}", "general", cmid);
            case 1 -> ask(person, "later.send", "{R,'cmid':'%s'}", "general", cmid);
            default ->
                    ask(
                            person,
                            "later.set",
                            on ? "{R,'cmid':'%s','send_at':%d}" : "{R,'cmid':'%s','text':'now %d'}",
                            "general",
                            cmid,
                            soon());
        }
    }

    private void sendFile(ModelClient person, String room) throws Exception {
        String cookie = cookies.get(people.indexOf(person));
        String token = cmid();
        HttpRequest.Builder begin =
                HttpRequest.newBuilder(uri("/api/files"))
                        .header("Cookie", cookie)
                        .header("X-Natter", "1")
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        json(
                                                "{'token':'%s','name':'%s.txt','size':1}",
                                                token, token)));
        String id = json(send(begin)).at("/id").asString();
        if (id.isEmpty()) {
            return; // 20 in 10 minutes
        }
        send(
                HttpRequest.newBuilder(uri("/api/files/" + id))
                        .header("Cookie", cookie)
                        .header("X-Natter", "1")
                        .header("Upload-Offset", "0")
                        .method("PATCH", HttpRequest.BodyPublishers.ofString("x")));
        ask(
                person,
                "msg.send",
                "{R,'cmid':'%s','text':'%s','files':[{'id':'%s'}]}",
                room,
                cmid(),
                random.nextBoolean() ? "" : "see",
                id);
        done.add("file");
    }

    /// One of the last messages, most often, for it is still unread.
    private long recent(JsonNode head) {
        long last = Math.max(1, head.at("/last_seq").asLong());
        return random.nextInt(4) == 0
                ? 1 + random.nextLong(last)
                : Math.max(1, last - random.nextInt(3));
    }

    /// Mostly the last message that the person has sent.
    private long own(ModelClient person, String room, long otherwise) {
        if (random.nextInt(4) == 0 || !person.logs().containsKey(room)) {
            return otherwise;
        }
        return person.log(room).rows().descendingMap().values().stream()
                .filter(row -> row.at("/sender/id").asString().equals(person.me()))
                .mapToLong(row -> row.at("/seq").asLong())
                .findFirst()
                .orElse(otherwise);
    }

    private void create(ModelClient person) {
        String kind = any(List.of("public", "private", "direct", "group"));
        ask(
                person,
                "room.create",
                "{'kind':'%2$s','name':'room %3$d','people':['%4$s']}",
                "",
                kind,
                random.nextInt(30),
                any(people).me());
    }

    private String cmid() {
        return "c" + Long.toHexString(random.nextLong());
    }

    private String text() {
        String mention =
                switch (random.nextInt(5)) {
                    case 0 -> " <@room>";
                    case 1, 2 -> " <@" + any(people).me() + ">";
                    default -> "";
                };
        return (any(WORDS) + " " + random.nextInt(100) + mention).replace("\n", "\\n");
    }

    private void ask(ModelClient person, String event, String json, Object... arguments) {
        String request =
                json.replace("{R", "{'room':'%1$s'")
                        .replace("%d", "%s")
                        .replace("%b", "%s")
                        .replace('\'', '"');
        for (int i = 1; i < arguments.length; i++) {
            request = request.replaceFirst("%s(?!\\$)", "%" + (i + 1) + "\\$s");
        }
        JsonNode answer = person.client().ask(event, request.formatted(arguments));
        if (answer.has("ok")) {
            done.add(event);
        } else {
            assertThat(answer.at("/err/code").asString()).isNotIn("internal", "rate", "storage");
        }
        if (event.startsWith("room.")) {
            person.update();
        }
    }
}
