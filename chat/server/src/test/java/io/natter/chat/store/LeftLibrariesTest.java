package io.natter.chat.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// SQLite's native library is a file of a megabyte that a killed process leaves behind.
class LeftLibrariesTest {
    @Test
    void killsLeaveOneLibraryAtMost(@TempDir Path data, @TempDir Path temporary) throws Exception {
        for (int kill = 0; kill < 3; kill++) {
            runAndKill(data, temporary);
        }
        assertThat(libraries(temporary)).isEmpty();
        assertThat(libraries(data.resolve("native"))).hasSize(1);
    }

    private static List<Path> libraries(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().matches(".*sqlite.*(so|dylib|dll)"))
                    .toList();
        }
    }

    private static void runAndKill(Path data, Path temporary) throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Djava.io.tmpdir=" + temporary,
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                KillVictim.class.getName(),
                                data.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader out = process.inputReader()) {
            String line = out.readLine();
            while (line != null && !line.startsWith("answered ")) {
                line = out.readLine();
            }
            assertThat(line).as("it wrote").isNotNull();
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }
}
