package io.natter.chat.command;

import io.natter.chat.config.ConfigException;
import io.natter.chat.config.Setting;
import io.natter.chat.config.Settings;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The settings as options of a command.
public final class SettingOptions {
    private SettingOptions() {}

    /// Adds an option for each setting.
    public static void add(CommandSpec command, Collection<Setting> settings) {
        for (Setting setting : settings) {
            OptionSpec.Builder option =
                    OptionSpec.builder(setting.flag())
                            .paramLabel(setting.label())
                            .description(description(setting));
            command.addOption(
                    setting.isList()
                            ? option.type(List.class)
                                    .auxiliaryTypes(String.class)
                                    .splitRegex(",")
                                    .build()
                            : option.type(String.class).build());
        }
    }

    private static String description(Setting setting) {
        return setting.help()
                + " Default: %s. $%s"
                        .formatted(
                                setting.defaultText().isEmpty() ? "none" : setting.defaultText(),
                                setting.variable());
    }

    /// The settings of a command that was parsed, those before its name included.
    ///
    /// @throws ConfigException if the file or the environment cannot be used
    public static Settings read(CommandSpec command, Map<String, String> environment)
            throws ConfigException {
        Map<Setting, String> flags = new EnumMap<>(Setting.class);
        for (@Nullable CommandSpec each = command; each != null; each = each.parent()) {
            for (Setting setting : Setting.values()) {
                String text = given(each, setting);
                if (text != null) {
                    flags.putIfAbsent(setting, text);
                }
            }
        }
        return Settings.of(flags, environment);
    }

    private static @Nullable String given(CommandSpec command, Setting setting) {
        var parsed = command.commandLine().getParseResult();
        if (!parsed.hasMatchedOption(setting.flag())) {
            return null;
        }
        Object value = parsed.matchedOptionValue(setting.flag(), "");
        return value instanceof List<?> list
                ? String.join(",", list.stream().map(String::valueOf).toList())
                : String.valueOf(value);
    }
}
