package io.natter.chat.config;

import java.util.Arrays;
import java.util.List;

/// The text of a setting.
///
/// @param text may be empty, for no value
/// @param source names the place where it was set, for errors: `--port`, `The environment variable
///   NATTER_PORT`, `natter.properties, line 3: port`
public record Value(String text, String source) {
    /// Whether a value was given.
    public boolean isSet() {
        return !text.isEmpty();
    }

    /// The values between the commas.
    public List<String> list() {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
    }

    /// An error about this value.
    ///
    /// @param what continues a sentence that begins with the place
    public ConfigException wrong(String what) {
        return new ConfigException(source + " " + what);
    }
}
