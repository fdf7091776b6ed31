package io.natter.chat.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.natter.chat.config.Setting;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

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
        "--port, abc, '--port is a number from 0 to 65535, not abc.'",
        "--port, 70000, '--port is a number from 0 to 65535, not 70000.'",
        "--port, -1, '--port is a number from 0 to 65535, not -1.'",
        "--trusted-proxies, proxy.example.com, '--trusted-proxies: a proxy is an address'",
        "--trusted-proxies, '127.0.0.1,10.0.0.0/99', not 10.0.0.0/99.",
        "--nonsense, x, There is no option --nonsense",
        "--prot, 3, 'There is no option --prot, did you mean --port'",
        "--tls-key, k.pem, --tls-key needs --tls-cert as well",
        "--tls-cert, c.pem, --tls-cert needs --tls-key as well",
        "--origin, chat.example.com, https://chat.example.com",
        "--origin, https://chat.example.com/, without a path",
        "--oidc-issuer, https://id.example, --oidc-issuer needs --oidc-client-id as well",
        "--oidc-issuer, http://id.example, --oidc-issuer looks like https://",
        "--oidc-only, yes, --oidc-only needs --oidc-issuer as well",
    })
    void aWrongCommandLineIsOneLineAndCodeTwo(String option, String value, String said) {
        assertThat(run(option, value)).isEqualTo(2);
        assertThat(err.toString().strip().lines()).hasSize(1);
        assertThat(err.toString()).contains(said).contains("--help");
    }

    @Test
    void aPortThatTheEnvironmentNamesIsNotBlamedOnTheOption() {
        CommandLine command =
                ChatMain.command(Map.of("PORT", "abc")).setErr(new PrintWriter(err, true));
        assertThat(command.execute("--data", directory.toString())).isEqualTo(2);
        assertThat(err.toString().strip())
                .isEqualTo(
                        "The environment variable PORT is a number from 0 to 65535, not abc. Try --help.");
    }

    @ParameterizedTest
    @CsvSource({
        "--oidc-create, maybe, '--oidc-create is yes or no, not maybe.'",
        "--oidc-only, 1, '--oidc-only is yes or no, not 1.'",
        "--oidc-scopes, email profile, --oidc-scopes contains openid.",
        "--oidc-require, groups, '--oidc-require looks like groups=chat, not groups.'",
        "--oidc-label, ' ', --oidc-label has 1 to 40 characters.",
        "--oidc-client-secret-file, none, --oidc-client-secret-file names a readable file",
    })
    void aWrongSettingOfTheProviderIsNamed(String option, String value, String said) {
        String[] words = {
            "--oidc-issuer", "https://id.example", "--oidc-client-id", "chat", option, value
        };
        assertThat(run(words)).isEqualTo(2);
        assertThat(err.toString()).contains(said);
    }

    @Test
    void aFileIsBlamedWithItsLine() throws Exception {
        Path file =
                Files.writeString(
                        directory.resolve("c"), "host = 127.0.0.1\norigin = chat.example.com\n");
        assertThat(run("--config", file.toString())).isEqualTo(2);
        assertThat(err.toString().strip())
                .isEqualTo(
                        file
                                + ", line 2: origin looks like https://chat.example.com, without a path;"
                                + " not chat.example.com. Try --help.");
    }

    @Test
    void pemFilesThatCannotBeUsedAreNamedBeforeAnythingStarts() {
        assertThat(run("--tls-cert", "no.pem", "--tls-key", "no.key")).isEqualTo(2);
        assertThat(err.toString().strip())
                .isEqualTo("--tls-cert: cannot read the PEM file no.pem. Try --help.");
    }

    @Test
    void helpNamesEachSettingAndItsVariable() {
        String help = ChatMain.command().getUsageMessage();
        for (Setting setting : Setting.values()) {
            assertThat(help).contains(setting.flag(), "$" + setting.variable());
        }
        assertThat(help).contains("backup", "restore", "export", "doctor", "user", "room");
    }

    @ParameterizedTest
    @CsvSource({
        "no.such.host.invalid, There is no host named no.such.host.invalid. Choose an address of this machine with --host.",
        "192.0.2.1, 192.0.2.1 is no address of this machine. Choose one that is with --host.",
    })
    void aHostThatCannotBeIsOneLineThatSaysWhatToDo(String host, String said) {
        assertThat(run("--port", "0", "--host", host, "--data", directory.toString())).isEqualTo(1);
        assertThat(err.toString().strip()).isEqualTo(said);
    }

    private int run(String... arguments) {
        return ChatMain.command().setErr(new PrintWriter(err, true)).execute(arguments);
    }
}
