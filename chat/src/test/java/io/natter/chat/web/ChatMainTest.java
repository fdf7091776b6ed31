package io.natter.chat.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Only what ends by itself; the whole command is run by the tests of the built jar.
class ChatMainTest {
    private final StringWriter err = new StringWriter();

    @TempDir Path directory;

    @Test
    void aPortInUseIsOneLineThatSaysWhatToDo() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            assertThat(run("--port", port, "--data", directory.toString())).isEqualTo(1);
            assertThat(err.toString().strip())
                    .isEqualTo(
                            "Port %s of 127.0.0.1 is in use. Stop the program that has it, or choose another with --port."
                                    .formatted(port));
        }
    }

    @Test
    void aDataDirectoryThatCannotBeIsOneLineThatSaysWhatToDo() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "x");
        assertThat(run("--port", "0", "--data", file.resolve("data").toString())).isEqualTo(1);
        assertThat(err.toString().strip().lines()).hasSize(1);
        assertThat(err.toString()).contains("data directory").contains("--data");
    }

    @ParameterizedTest
    @CsvSource({
        "--port, x, --port",
        "--port, 70000, 70000",
        "--port, -1, -1",
        "--nonsense, x, --nonsense",
        "--origin, chat.example.com, https://chat.example.com",
        "--origin, https://chat.example.com/, without a path",
    })
    void aWrongCommandLineIsOneLineAndCodeTwo(String option, String value, String said) {
        assertThat(run(option, value)).isEqualTo(2);
        assertThat(err.toString().strip().lines()).hasSize(1);
        assertThat(err.toString()).contains(said).contains("--help");
    }

    private int run(String... arguments) {
        return ChatMain.command().setErr(new PrintWriter(err, true)).execute(arguments);
    }
}
