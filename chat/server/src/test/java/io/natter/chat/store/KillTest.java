package io.natter.chat.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.domain.message.Message;
import io.natter.chat.domain.message.Page;
import io.natter.chat.domain.message.Window;
import io.natter.chat.domain.person.Person;
import io.natter.chat.domain.person.PersonName;
import io.natter.chat.domain.room.RoomHead;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The promise itself: what was answered survives a kill, once, in order, without a gap.
class KillTest {
    private static final int KILLS = 20;

    @Test
    void everyAnswerSurvivesTwentyKills(@TempDir Path directory) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Answers answers = new Answers(new HashMap<>(), new ArrayList<>());
        for (int kill = 0; kill < KILLS; kill++) {
            runAndKill(directory, 1 + random.nextInt(150), random.nextInt(3_000_000), answers);
        }
        Map<String, Long> answered = answers.messages();
        assertThat(answered).as("seed %d", seed).hasSizeGreaterThan(KILLS);
        try (SqliteStore store = SqliteStore.open(directory, InstantSource.system())) {
            List<Message> stored = everything(store);
            checkMessages(stored, answered, seed);
            checkChanges(store, stored, answers.changes(), seed);
        }
    }

    /// The output of the processes before they died.
    ///
    /// @param messages numbers by cmid
    /// @param changes the words of each line that tells of another change
    private record Answers(Map<String, Long> messages, List<List<String>> changes) {}

    private static void checkMessages(List<Message> stored, Map<String, Long> answered, long seed) {
        Map<String, Long> found = new HashMap<>();
        for (int i = 0; i < stored.size(); i++) {
            Message message = stored.get(i);
            assertThat(message.seq()).as("no gap, seed %d", seed).isEqualTo(i + 1L);
            assertThat(found.put(message.cmid(), message.seq()))
                    .as("twice, seed %d", seed)
                    .isNull();
        }
        assertThat(found).as("seed %d", seed).containsAllEntriesOf(answered);
    }

    private static void checkChanges(
            SqliteStore store, List<Message> stored, List<List<String>> changes, long seed) {
        Map<String, Integer> topics = new HashMap<>();
        Map<String, Person> creators = new HashMap<>();
        for (List<String> change : changes) {
            String about = change.get(1);
            String what = change.get(2);
            switch (change.getFirst()) {
                case "edited" ->
                        assertThat(message(stored, about).text())
                                .as("seed %d", seed)
                                .isEqualTo(what);
                case "deleted" ->
                        assertThat(message(stored, about).deleted()).as("seed %d", seed).isTrue();
                case "reacted" ->
                        assertThat(message(stored, about).reactions().getFirst().people())
                                .as("seed %d", seed)
                                .extracting(Person::id)
                                .containsExactly(what);
                case "room" -> creators.put(about, new Person(change.get(3), what, 0));
                default -> topics.put(about, Integer.parseInt(what));
            }
        }
        assertThat(changes.stream().map(List::getFirst))
                .as("seed %d", seed)
                .contains("edited", "deleted", "reacted", "room", "topic");
        creators.forEach(
                (room, creator) -> {
                    RoomHead head =
                            store
                                    .rooms()
                                    .snapshot(creator, Optional.empty(), Map.of())
                                    .rooms()
                                    .stream()
                                    .filter(each -> each.id().equals(room))
                                    .findFirst()
                                    .orElseThrow();
                    assertThat(head.name()).as("seed %d", seed).isEqualTo(creator.name());
                    assertThat(head.mine()).isTrue();
                    int topic = head.topic().isEmpty() ? 0 : Integer.parseInt(head.topic());
                    int answered = topics.getOrDefault(room, 0);
                    assertThat(topic)
                            .as("the next one may be stored without an answer, seed %d", seed)
                            .isBetween(answered, answered + 1);
                });
    }

    private static Message message(List<Message> stored, String seq) {
        return stored.stream()
                .filter(message -> message.seq() == Long.parseLong(seq))
                .findFirst()
                .orElseThrow();
    }

    /// @param lines answers to read before the kill
    /// @param spinNanos and then a moment more, so that it falls anywhere in a commit
    private static void runAndKill(Path directory, int lines, int spinNanos, Answers answers)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                KillVictim.class.getName(),
                                directory.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader out = process.inputReader()) {
            int read = 0;
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (!line.endsWith(" .")) {
                    continue; // a log line, or the last line cut in half by the kill
                }
                List<String> words = List.of(line.split(" ", -1));
                if (!words.getFirst().equals("answered")) {
                    answers.changes().add(words);
                    continue;
                }
                answers.messages().put(words.get(1), Long.parseLong(words.get(2)));
                read++;
                if (read == lines) {
                    long start = System.nanoTime();
                    while (System.nanoTime() - start < spinNanos) {
                        Thread.onSpinWait();
                    }
                    // The handle's kill, unlike the process's, leaves what was printed readable.
                    process.toHandle().destroyForcibly();
                }
            }
            assertThat(read).as("answers of one life").isGreaterThanOrEqualTo(lines);
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    /// All messages by their numbers.
    private static List<Message> everything(SqliteStore store) {
        List<Message> all = new ArrayList<>();
        Person reader =
                store.sessions()
                        .signIn(PersonName.of("Reader"), Optional.empty())
                        .join()
                        .session()
                        .person();
        boolean more = true;
        while (more) {
            long after = all.isEmpty() ? 0 : all.getLast().seq();
            Page page =
                    store.messages()
                            .history(reader, RoomHead.GENERAL, new Window.After(after), 100);
            all.addAll(page.messages());
            more = page.more();
        }
        return all;
    }
}
