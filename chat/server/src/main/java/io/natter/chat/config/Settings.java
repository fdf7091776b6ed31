package io.natter.chat.config;

import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// The values of all settings. A flag goes before the environment, the environment before the file,
/// the file before the default.
public final class Settings {
    private final Map<Setting, Value> values;

    private Settings(Map<Setting, Value> values) {
        this.values = values;
    }

    /// Gathers the settings.
    ///
    /// @param flags those on the command line
    /// @throws ConfigException if the file cannot be read or names something unknown, or a variable
    ///   looks like a setting's with a typing error
    public static Settings of(Map<Setting, String> flags, Map<String, String> environment)
            throws ConfigException {
        checkNames(environment);
        Map<Setting, Value> values = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            values.put(setting, new Value(setting.defaultText(), setting.flag()));
        }
        Map<Setting, Value> given = new EnumMap<>(Setting.class);
        String port = environment.get("PORT"); // as hosting services name it
        if (port != null) {
            given.put(Setting.PORT, new Value(port, "The environment variable PORT"));
        }
        for (Setting setting : Setting.values()) {
            String text = environment.get(setting.variable());
            if (text != null) {
                String source = "The environment variable " + setting.variable();
                given.put(setting, new Value(text.strip(), source));
            }
        }
        flags.forEach((setting, text) -> given.put(setting, new Value(text, setting.flag())));
        Value file = given.get(Setting.CONFIG);
        if (file != null && file.isSet()) {
            values.putAll(ConfigFile.read(Path.of(file.text())));
        }
        values.putAll(given);
        return new Settings(values);
    }

    /// Other programs may have variables that begin with `NATTER_`, as Kubernetes makes them for a
    /// service of that name. So only a typing error is refused.
    private static void checkNames(Map<String, String> environment) throws ConfigException {
        for (String name : environment.keySet()) {
            if (Setting.isVariable(name) && !Setting.variables().contains(name)) {
                String meant = meant(name, Setting.variables());
                if (!meant.isEmpty()) {
                    throw new ConfigException(
                            "There is no environment variable %s%s.".formatted(name, meant));
                }
            }
        }
    }

    /// `, did you mean NAME`, or nothing.
    static String meant(String typed, Collection<String> names) {
        return NearestName.of(typed, names).map(name -> ", did you mean " + name).orElse("");
    }

    /// The value of a setting; empty text where there is none.
    public Value get(Setting setting) {
        return Objects.requireNonNull(values.get(setting));
    }
}
