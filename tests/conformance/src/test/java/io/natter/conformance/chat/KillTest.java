package io.natter.conformance.chat;

import static io.natter.conformance.chat.Visitor.json;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The chat's promise: *sent* means on disk, everybody sees one order, each message once.
class KillTest {
    private static final int KILLS = 20;
    private static final int SENDERS = 6;

    private final Map<String, Integer> acknowledged = new ConcurrentHashMap<>();
    private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());
    private final AtomicBoolean done = new AtomicBoolean();

    @Test
    void whatWasAcknowledgedIsInTheHistoryOnceAndInOrderAfterTwentyKills(@TempDir Path data)
            throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        try (var chat = ChatProcess.start(data)) {
            var senders = new ArrayList<Thread>();
            for (int i = 0; i < SENDERS; i++) {
                var visitor = Visitor.signIn(chat.uri(), "sender " + i);
                senders.add(Thread.ofVirtual().start(() -> talk(visitor)));
            }
            for (int kill = 0; kill < KILLS; kill++) {
                awaitMoreThan(acknowledged.size() + random.nextInt(12));
                chat.kill();
                chat.startAgain();
            }
            awaitMoreThan(acknowledged.size() + 10);
            done.set(true);
            for (var sender : senders) {
                sender.join();
            }
            var stored = history(chat);
            assertThat(wrong).as("seed %d", seed).isEmpty();
            assertThat(stored)
                    .as("seed %d: stored but never answered, or the reverse", seed)
                    .containsAllEntriesOf(acknowledged);
            assertThat(stored.values()).as("seed %d", seed).doesNotHaveDuplicates();
            assertThat(stored.values().stream().sorted().toList())
                    .as("seed %d: numbers without gaps", seed)
                    .isEqualTo(
                            java.util.stream.IntStream.rangeClosed(1, stored.size())
                                    .boxed()
                                    .toList());
        }
    }

    /// Sends one message after the other, each again until it is acknowledged, as the page's outbox
    /// does.
    private void talk(Visitor visitor) {
        try (visitor) {
            int last = 0;
            while (!done.get()) {
                var cmid = UUID.randomUUID().toString();
                int seq = sendUntilAcknowledged(visitor, cmid);
                if (seq <= last) {
                    wrong.add(cmid + " got " + seq + " after " + last);
                }
                last = seq;
                acknowledged.put(cmid, seq);
            }
        } catch (Exception e) {
            wrong.add(e.toString());
        }
    }

    private int sendUntilAcknowledged(Visitor visitor, String cmid) throws Exception {
        while (true) {
            var message = json("room", "general", "cmid", cmid, "text", "hello " + cmid);
            var answer = visitor.ask("msg.send", message);
            if (answer != null && answer.optBoolean("ok")) {
                return answer.getInt("seq");
            }
            if (answer == null || code(answer).equals("hello_first")) {
                visitor.ask("hello", json("proto", 2, "device", "test", "rooms", new JSONObject()));
            } else if (answer.getJSONObject("err").optBoolean("permanent")) {
                throw new AssertionError("refused: " + answer);
            } else {
                Thread.sleep(answer.getJSONObject("err").optLong("retry_after_ms", 20));
            }
        }
    }

    private static String code(JSONObject answer) throws Exception {
        return answer.getJSONObject("err").getString("code");
    }

    private void awaitMoreThan(int count) {
        await().atMost(ofSeconds(30))
                .pollInterval(ofMillis(1))
                .until(() -> acknowledged.size() > count || !wrong.isEmpty());
        assertThat(wrong).isEmpty();
    }

    /// The whole room by cmid, read page by page from its end.
    private static Map<String, Integer> history(ChatProcess chat) throws Exception {
        var stored = new HashMap<String, Integer>();
        try (var reader = Visitor.signIn(chat.uri(), "reader")) {
            while (reader.ask("hello", json("proto", 2, "device", "r", "rooms", new JSONObject()))
                    == null) {
                assertThat(reader.socket().io()).isNotNull();
            }
            int before = Integer.MAX_VALUE;
            while (true) {
                var page =
                        reader.ask(
                                "history", json("room", "general", "before", before, "limit", 100));
                assertThat(page).isNotNull();
                var messages = page.getJSONArray("messages");
                for (int i = 0; i < messages.length(); i++) {
                    var message = messages.getJSONObject(i);
                    var twice = stored.put(message.getString("cmid"), message.getInt("seq"));
                    assertThat(twice).as("stored twice").isNull();
                }
                if (messages.length() == 0 || !page.getBoolean("more")) {
                    return stored;
                }
                before = messages.getJSONObject(0).getInt("seq");
            }
        }
    }
}
