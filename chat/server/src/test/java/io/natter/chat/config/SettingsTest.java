package io.natter.chat.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SettingsTest {
    @TempDir Path directory;

    private Path file(String text) throws Exception {
        return Files.writeString(directory.resolve("natter.properties"), text);
    }

    private static String port(Map<Setting, String> flags, Map<String, String> environment)
            throws ConfigException {
        return Settings.of(flags, environment).get(Setting.PORT).text();
    }

    @Test
    void aFlagGoesBeforeTheEnvironmentAndThatBeforeTheFileAndThatBeforeTheDefault()
            throws Exception {
        String file = file("port = 4\n").toString();
        Map<String, String> all = Map.of("NATTER_PORT", "2", "PORT", "3", "NATTER_CONFIG", file);
        assertThat(port(Map.of(Setting.PORT, "1"), all)).isEqualTo("1");
        assertThat(port(Map.of(), all)).isEqualTo("2");
        assertThat(port(Map.of(), Map.of("PORT", "3", "NATTER_CONFIG", file))).isEqualTo("3");
        assertThat(port(Map.of(Setting.CONFIG, file), Map.of())).isEqualTo("4");
        assertThat(port(Map.of(), Map.of())).isEqualTo("3000");
    }

    @ParameterizedTest
    @EnumSource(value = Setting.class, names = "CONFIG", mode = EnumSource.Mode.EXCLUDE)
    void eachSettingHasItsThreeNames(Setting setting) throws Exception {
        Path file = file(setting.key() + " = of the file\n");
        assertThat(Settings.of(Map.of(Setting.CONFIG, file.toString()), Map.of()).get(setting))
                .isEqualTo(
                        new Value("of the file", "%s, line 1: %s".formatted(file, setting.key())));
        assertThat(Settings.of(Map.of(), Map.of(setting.variable(), "x")).get(setting))
                .isEqualTo(new Value("x", "The environment variable " + setting.variable()));
        assertThat(Settings.of(Map.of(setting, "y"), Map.of()).get(setting))
                .isEqualTo(new Value("y", setting.flag()));
    }

    @Test
    void aFileHasCommentsAndLongLinesAndKeepsTheNumbersOfItsLines() throws Exception {
        Path file =
                file(
                        """
                        # the place
                        origin = https://a.example,\\
                            https://b.example

                        ! and
                        port: 8080
                        """);
        Settings settings = Settings.of(Map.of(Setting.CONFIG, file.toString()), Map.of());
        assertThat(settings.get(Setting.ORIGIN).list())
                .containsExactly("https://a.example", "https://b.example");
        assertThat(settings.get(Setting.PORT).source()).isEqualTo(file + ", line 6: port");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "# one\\nprot = 3|line 2: there is no setting prot, did you mean port",
                "trusted_proxies = loopback|line 1: there is no setting trusted_proxies, did you"
                        + " mean trusted-proxies",
                "elephant = 3|line 1: there is no setting elephant.",
                "port = 3\\nhost = h\\nport = 4|line 3: the setting port is in the file twice",
                "config = x|line 1: there is no setting config",
                "port = \\\\u12|line 1: this is no KEY = VALUE",
            })
    void whatIsWrongInAFileIsNamedWithItsLine(String text, String said) throws Exception {
        Path file =
                file(text.replace("\\\\", "\u0000").replace("\\n", "\n").replace('\u0000', '\\'));
        assertThatThrownBy(() -> Settings.of(Map.of(Setting.CONFIG, file.toString()), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(file + ", " + said);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path file = directory.resolve("none");
        assertThatThrownBy(() -> Settings.of(Map.of(Setting.CONFIG, file.toString()), Map.of()))
                .hasMessage(
                        "There is no file %s, which --config or NATTER_CONFIG names."
                                .formatted(file));
    }

    @Test
    void aTypingErrorInAVariableIsRefusedAndVariablesOfOthersAreNot() throws Exception {
        assertThatThrownBy(() -> Settings.of(Map.of(), Map.of("NATTER_ORIGINS", "x")))
                .hasMessage(
                        "There is no environment variable NATTER_ORIGINS, did you mean"
                                + " NATTER_ORIGIN.");
        // As Kubernetes makes them for a service of this name.
        var _ = Settings.of(Map.of(), Map.of("NATTER_SERVICE_PORT_HTTP", "80", "HOST", "box"));
    }

    @Test
    void theManualHasTheTableOfThisProgram() throws Exception {
        assertThat(Files.readString(Path.of("../../docs/operating.md"))).contains(Setting.table());
    }
}
