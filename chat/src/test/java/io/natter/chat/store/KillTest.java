package io.natter.chat.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.domain.Message;
import io.natter.chat.domain.Person;
import io.natter.chat.domain.PersonName;
import io.natter.chat.domain.Room;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        Map<String, Long> answered = new HashMap<>();
        for (int kill = 0; kill < KILLS; kill++) {
            runAndKill(directory, 1 + random.nextInt(150), random.nextInt(3_000_000), answered);
        }
        assertThat(answered).as("seed %d", seed).hasSizeGreaterThan(KILLS);
        List<Message> stored = everything(directory);
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

    /// @param lines answers to read before the kill
    /// @param spinNanos and then a moment more, so that it falls anywhere in a commit
    private static void runAndKill(
            Path directory, int lines, int spinNanos, Map<String, Long> answered)
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
                if (!line.startsWith("answered ") || !line.endsWith(".")) {
                    continue; // a log line, or the last line cut in half by the kill
                }
                String[] fields = line.split(" ", -1);
                answered.put(fields[1], Long.parseLong(fields[2]));
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

    private static List<Message> everything(Path directory) throws StoreUnavailableException {
        List<Message> all = new ArrayList<>();
        try (SqliteStore store = SqliteStore.open(directory, InstantSource.system())) {
            Person reader = store.signIn(PersonName.of("Reader")).join().session().person();
            boolean more = true;
            while (more) {
                long since = all.isEmpty() ? 0 : all.getLast().ver();
                var part = store.changes(reader, Room.GENERAL, since, 200);
                all.addAll(part.changes());
                more = part.more();
            }
        }
        return all;
    }
}
