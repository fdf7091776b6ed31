package io.natter.chat.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.browser.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// A command line that ran to its end in a process of its own.
public record ProcessRun(int code, String out, String err) {
    /// A line of the log; none is an error.
    private static final Pattern LOG = Pattern.compile("^[0-9-]{10} [0-9:.]+ (INFO|WARN) ");

    /// The words before the arguments.
    public static List<String> java(Class<?> main, String... flags) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dlogback.configurationFile=logback.xml"));
        command.addAll(List.of(flags));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        return command;
    }

    /// Takes from root the rights to read and write everywhere.
    public static List<String> withoutRights(List<String> command) {
        List<String> all = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            all.addAll(List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all", "--"));
        }
        all.addAll(command);
        return all;
    }

    public static ProcessRun of(Object... arguments) throws Exception {
        return of(Map.of(), command -> command, arguments);
    }

    public static ProcessRun on(SmallDisk disk, Object... arguments) throws Exception {
        return of(Map.of(), disk::command, arguments);
    }

    /// Runs the chat with these arguments.
    ///
    /// @param around what else the command needs
    public static ProcessRun of(
            Map<String, String> environment,
            UnaryOperator<List<String>> around,
            Object... arguments)
            throws Exception {
        List<String> command = java(ChatMain.class);
        for (Object argument : arguments) {
            command.add(String.valueOf(argument));
        }
        return of(environment, around.apply(command));
    }

    public static ProcessRun of(Map<String, String> environment, List<String> command)
            throws Exception {
        Path out = Files.createTempFile("natter", ".out");
        Path err = Files.createTempFile("natter", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().putAll(environment);
            Process process =
                    builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
            try {
                assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("%s ended", command).isTrue();
            } finally {
                process.destroyForcibly();
            }
            return new ProcessRun(
                    process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /// It failed with one sentence or two on one line, and with no other fault in the log.
    public ProcessRun saying(int code, String... words) throws IOException {
        assertThat(err).doesNotContain("\tat ").doesNotContain("Exception");
        assertThat(err.strip().lines().filter(line -> !LOG.matcher(line).find()))
                .as(err)
                .hasSize(1);
        assertThat(err).contains(words);
        assertThat(this.code).as(err).isEqualTo(code);
        assertThat(out).doesNotContain("Natter is at");
        return this;
    }
}
