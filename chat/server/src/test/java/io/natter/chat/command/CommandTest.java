package io.natter.chat.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.web.ChatMain;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command as `bin/chat` runs it, in a process of its own.
class CommandTest {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    @TempDir Path directory;

    /// The flags that `bin/chat` always sets.
    private static List<String> flags() throws IOException {
        return Files.readAllLines(ROOT.resolve("chat/package/jvm-flags")).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    private Process start(Class<?> main, List<String> more) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags());
        command.addAll(more);
        command.add("-Dlogback.configurationFile=logback.xml");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(List.of("--port", "0", "--data", directory.resolve("data").toString()));
        return new ProcessBuilder(command)
                .redirectError(new File(directory.toFile(), "err"))
                .start();
    }

    private static void awaitStart(BufferedReader out) throws IOException {
        String line = out.readLine();
        while (line != null && !line.startsWith("Natter is at ")) {
            line = out.readLine();
        }
        assertThat(line).as("it runs").isNotNull();
    }

    private static int exit(Process process) throws InterruptedException {
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("it ended").isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aProcessWithoutMemoryEndsInsteadOfHanging() throws Exception {
        assertThat(flags()).contains("-XX:+ExitOnOutOfMemoryError");
        Process process = start(Exhausted.class, List.of("-Xms8m", "-Xmn2m", "-Xmx48m"));
        try (BufferedReader out = process.inputReader()) {
            awaitStart(out);
            process.getOutputStream().write('x');
            process.getOutputStream().flush();
            assertThat(exit(process)).isEqualTo(3);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void theServiceStartsItAgain() throws Exception {
        String service = Files.readString(ROOT.resolve("chat/package/natter.service"));
        assertThat(service.lines()).contains("Restart=on-failure");
    }

    @Test
    void sigtermStopsInGoodOrder() throws Exception {
        Process process = start(ChatMain.class, List.of());
        try (BufferedReader out = process.inputReader()) {
            awaitStart(out);
            process.destroy();
            assertThat(exit(process)).isEqualTo(143);
        } finally {
            process.destroyForcibly();
        }
        assertThat(Files.readString(directory.resolve("err"))).isEmpty();
    }

    /// The chat, and something in it that takes all memory once it is told to.
    static final class Exhausted {
        private static final List<byte[]> KEPT = new ArrayList<>();

        private Exhausted() {}

        public static void main(String[] arguments) {
            Thread.ofPlatform().daemon().start(Exhausted::takeAll);
            ChatMain.main(arguments);
        }

        private static void takeAll() {
            try {
                int told = System.in.read();
                while (told >= 0) {
                    KEPT.add(new byte[1 << 20]);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
